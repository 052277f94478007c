"""How many parts a document may have: far above any report, and no line takes up the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from patients.document.model import CaseDocument
from patients.loading.problems import Problem

MOST: Final = {
    "events": 2_000, "imaging_findings": 5_000, "lesions": 1_000, "citations": 2_000,
    "references": 5_000, "problems": 100,
}  # fmt: skip
MOST_OF_A_PART: Final = 500
"""Results or citations of one event, measurements or citations of one finding, and so on."""


def sizes(document: CaseDocument) -> Iterator[Problem]:
    for name, most in MOST.items():
        yield from _few(name, getattr(document, name), most)
    for index, event in enumerate(document.events):
        for name in ("results", "citations", "findings"):
            yield from _few(f"events[{index}].{name}", getattr(event, name), MOST_OF_A_PART)
    for index, finding in enumerate(document.imaging_findings):
        for name in ("measurements", "citations"):
            path = f"imaging_findings[{index}].{name}"
            yield from _few(path, getattr(finding, name), MOST_OF_A_PART)


def _few(path: str, parts: list[object], most: int) -> Iterator[Problem]:
    if len(parts) > most:
        yield Problem(path, f"has {len(parts)} entries; at most {most} are read")
