"""Running the command, and emptying the base."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

EMPTIED = (
    "patients_case", "patients_patient", "patients_term", "literature_reference", "patients_load",
)  # fmt: skip


def load(path: Path, **options: Any) -> tuple[str, str]:
    """What the command says on its two channels; raises CommandError as it does.

    Indexes stay unless it is told else: in a test's transaction they cannot be made again."""
    options = {"keep_indexes": True, **options}
    out, err = StringIO(), StringIO()
    call_command("load_cases", str(path), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def file_of(folder: Path, *lines: bytes, name: str = "cases.jsonl") -> Path:
    path = folder / name
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def empty_base() -> None:
    """As a new base is: no case, no term, no reference. Within the test's own transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(EMPTIED)} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
