"""A write for each constraint on imports and their rows that it refuses."""

from __future__ import annotations

from typing import Any

from literature.models import Import, ImportChunk, ImportRow
from tests.constraints import Break, update
from tests.make import make_reference


def imported(**changes: Any) -> Import:
    fields = {"name": "list.ris", "format": "ris", "size": 1, "sha256": "0" * 64, **changes}
    return Import.objects.create(**fields)


def row(**changes: Any) -> ImportRow:
    fields = {"position": 1, "verdict": "new", "decision": "add", **changes}
    return ImportRow.objects.create(imported=fields.pop("imported", None) or imported(), **fields)


def same_chunk_twice() -> None:
    whole = imported()
    for _ in range(2):
        ImportChunk.objects.create(imported=whole, position=0, data=b"x")


def same_position_twice() -> None:
    row(imported=row().imported)


BREAKS: list[Break] = [
    ("import_state_known", lambda: imported(state="lost")),
    ("import_public_id_pattern", lambda: update(imported(), public_id="ABCDEFGHIJ")),
    ("import_done_has_time", lambda: imported(state="done")),
    ("import_chunk_unique", same_chunk_twice),
    ("import_row_position_unique", same_position_twice),
    ("import_row_verdict_known", lambda: row(verdict="rumour")),
    ("import_row_decision_known", lambda: row(decision="rumour")),
    ("import_row_outcome_known", lambda: row(outcome="rumour")),
    ("import_row_broken_is_left_out", lambda: row(verdict="broken", decision="add")),
    ("import_row_one_match", lambda: row(match=make_reference(), match_row=1)),
]
