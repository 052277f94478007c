"""One write for each way to violate a constraint of what is on record about publishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from patients.actions.writers import note
from patients.models import CaseReview, CaseWriter, StatusChange
from tests.constraints import Break, update
from tests.make import make_case, make_published_case, make_user


def of_a_review(**changes: Any) -> Callable[[], None]:
    return lambda: update(CaseReview.objects.create(case=make_case()), **changes)


def of_a_change(**changes: Any) -> Callable[[], None]:
    return lambda: update(StatusChange.objects.get(case=make_published_case()), **changes)


def submitted_without_a_time() -> None:
    update(CaseReview.objects.create(case=make_case()), submitted_by=make_user())


def same_writer_twice() -> None:
    note(case=make_case(), by=make_user())
    row = CaseWriter.objects.get()
    row.pk = None
    row.save(force_insert=True)


PUBLISHING_BREAKS: list[Break] = [
    ("review_consent_known", of_a_review(consent="certainly")),
    ("review_held_consent_says_where", of_a_review(consent="held")),
    ("review_submitted_has_time", submitted_without_a_time),
    ("status_change_act_known", of_a_change(act="elsewhere")),
    ("status_change_was_known", of_a_change(was="elsewhere")),
    ("status_change_now_known", of_a_change(now="elsewhere")),
    ("case_writer_unique", same_writer_twice),
]
