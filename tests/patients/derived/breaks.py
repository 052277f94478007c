"""One write for each way to violate a constraint of what is set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from patients.models import DerivedSetAside
from tests.constraints import Break, update
from tests.make import make_case, make_user


def a_set_aside() -> DerivedSetAside:
    return DerivedSetAside.objects.create(
        case=make_case(), rule="who_grade", subject="event-0123456789", reason="By another area."
    )


def changed(**changes: Any) -> Callable[[], None]:
    return lambda: update(a_set_aside(), **changes)


def undone_without_a_time() -> None:
    update(a_set_aside(), undone_by=make_user())


def standing_twice() -> None:
    row = a_set_aside()
    row.pk, row.public_id = None, "0000000000"
    row.save(force_insert=True)


SET_ASIDE_BREAKS: list[Break] = [
    ("set_aside_stands_once", standing_twice),
    ("set_aside_has_reason", changed(reason="")),
    ("set_aside_rule_pattern", changed(rule="WHO grade")),
    ("set_aside_subject_pattern", changed(subject="event-1")),
    ("set_aside_undone_has_time", undone_without_a_time),
]
