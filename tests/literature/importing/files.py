"""RIS files made up for tests. Their DOIs have the prefix that is reserved for tests."""

from __future__ import annotations

from io import BytesIO


def ris(number: int, **changes: str) -> str:
    """One record; `changes` by tag, an empty text leaves the tag out."""
    tags = {
        "TY": "JOUR",
        "AU": f"Author{number}, A.",
        "TI": f"Course number {number} of a rare tumour of the liver",
        "T2": "Journal of Rare Courses",
        "PY": str(1990 + number % 30),
        "VL": str(1 + number % 80),
        "SP": str(100 + number),
        "EP": str(109 + number),
        "DO": f"10.5555/course.{number}",
        **changes,
    }
    lines = [f"{tag}  - {value}" for tag, value in tags.items() if value]
    return "\n".join([*lines, "ER  - ", ""])


def ris_file(*numbers: int) -> BytesIO:
    return BytesIO("\n".join(ris(number) for number in numbers).encode())


def file_of(*records: str) -> BytesIO:
    return BytesIO("\n".join(records).encode())
