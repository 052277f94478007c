"""One write for each way to violate a constraint of what was brought in in bulk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from patients.models import Load, LoadBatch
from tests.constraints import Break, update


def of_a_load(**changes: Any) -> Callable[[], None]:
    return lambda: update(Load.objects.create(name="cases.jsonl", lines=9), **changes)


def make_batch(**changes: Any) -> LoadBatch:
    load, _ = Load.objects.get_or_create(name="cases.jsonl")
    fields = {"first_line": 1, "last_line": 2, "cases": 2, "digest": "0" * 64, **changes}
    return LoadBatch.objects.create(load=load, at=timezone.now(), **fields)


def of_a_batch(**changes: Any) -> Callable[[], None]:
    return lambda: update(make_batch(), **changes)


def same_line_twice() -> None:
    make_batch()
    make_batch(last_line=1)


LOAD_BREAKS: list[Break] = [
    ("load_says_what_it_is", of_a_load(cases=1)),
    ("load_counts_its_lines", of_a_load(cases=5, skipped=5, is_synthetic=True)),
    ("load_ends_with_indexes", of_a_load(finished_at=timezone.now(), without_indexes=True)),
    ("load_batch_line_unique", same_line_twice),
    ("load_batch_lines_in_order", of_a_batch(last_line=0)),
    ("load_batch_lines_in_order", of_a_batch(first_line=0)),
    ("load_batch_has_cases", of_a_batch(cases=0)),
]
