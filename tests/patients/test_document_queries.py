"""Building takes a constant number of queries, however many rows a case has."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patients.document import build_document
from patients.models import Case
from tests.make import make_citation, make_event, make_result, make_term, make_timeline
from tests.patients.rich_case import make_rich_case

pytestmark = pytest.mark.django_db


def queries_to_build(case: Case) -> int:
    with CaptureQueriesContext(connection) as captured:
        build_document(Case.objects.with_timeline().get(pk=case.pk))
    return len(captured)


def add_ten_of_each(case: Case) -> None:
    anchor = case.events.get(is_index=True)
    for event in make_timeline(case, events=10):
        event.term, event.site, event.anchor = make_term(), make_term(kind="body_site"), anchor
        event.save()
        make_citation(case)
        make_result(make_event(case, category="laboratory"), term=make_term())


def test_ten_more_of_each_take_not_one_query_more() -> None:
    case = make_rich_case().case
    before = queries_to_build(case)
    add_ten_of_each(case)
    add_ten_of_each(case)
    # the case with patient and terms; events, findings, lesions, measurements, results, citations,
    # the notices about what is cited, images with their files, and derived results set aside
    assert before == queries_to_build(case) == 10


def test_a_case_that_was_fetched_whole_is_built_without_a_query() -> None:
    case = Case.objects.with_timeline().get(pk=make_rich_case().case.pk)
    with CaptureQueriesContext(connection) as captured:
        build_document(case)
    assert len(captured) == 0


def test_a_case_that_was_not_fetched_whole_gives_the_same_document() -> None:
    case = make_rich_case().case
    plain = Case.objects.get(pk=case.pk)
    whole = Case.objects.with_timeline().get(pk=case.pk)
    assert build_document(plain) == build_document(whole)
