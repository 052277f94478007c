"""One write for each way to violate a constraint of clearings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from patients.actions import clearing
from patients.models import Case, Clearing
from patients.screening import uncleared
from tests.constraints import Break, update
from tests.make import make_case, make_user


def a_clearing() -> Clearing:
    case = Case.objects.with_timeline().get(pk=make_case(summary="Dr Adler came.").pk)
    [finding] = uncleared(case)
    [row] = clearing.clear(case=case, reasons={finding.fingerprint: "In print."}, by=None)
    return row


def changed(**changes: Any) -> Callable[[], None]:
    return lambda: update(a_clearing(), **changes)


def undone_without_a_time() -> None:
    update(a_clearing(), undone_by=make_user())


def standing_twice() -> None:
    row = a_clearing()
    row.pk, row.public_id = None, "0000000000"
    row.save(force_insert=True)


CLEARING_BREAKS: list[Break] = [
    ("clearing_stands_once", standing_twice),
    ("clearing_has_reason", changed(reason="")),
    ("clearing_fingerprint_sha256", changed(fingerprint="x")),
    ("clearing_undone_has_time", undone_without_a_time),
    ("clearing_row_kind_known", changed(row_kind="other")),
    ("clearing_kind_known", changed(kind="other")),
]
