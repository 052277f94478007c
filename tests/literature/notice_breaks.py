"""Writes that break the constraints of notices and of what look-ups leave behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from literature.models import KeptAnswer, Notice
from tests.constraints import Break
from tests.make import make_reference


def notice(**changes: Any) -> Callable[[], None]:
    fields = {"kind": "erratum", "source": "person", **changes}
    return lambda: Notice.objects.bulk_create([Notice(reference=make_reference(), **fields)])


def same_notice_twice() -> None:
    reference = make_reference()
    for _ in range(2):
        Notice.objects.create(reference=reference, kind="erratum", source="person")


def same_answer_twice() -> None:
    fields = {"service": "crossref", "identifier": "doi:10.5555/1", "fetched_at": timezone.now()}
    for _ in range(2):
        KeptAnswer.objects.create(**fields)


BREAKS: list[Break] = [
    ("notice_unique", same_notice_twice),
    ("notice_kind_known", notice(kind="novel")),
    ("notice_source_known", notice(source="rumour")),
    ("notice_doi_pattern", notice(doi="hello")),
    ("notice_pmid_pattern", notice(pmid="x")),
    ("notice_year_plausible", notice(year=3000)),
    ("notice_withdrawn_for_a_reason", notice(withdrawn_at=timezone.now())),
    ("notice_withdrawn_for_a_reason", notice(withdrawn_because="Wrong.")),
    ("notice_public_id_pattern", notice(public_id="x")),
    ("kept_answer_unique", same_answer_twice),
]
