"""Every list: it can be searched and filtered with counts, and runs no query a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model

from literature.models import Reference, ReferenceListItem, SourceText, StudyFact
from patients.actions import cases
from patients.models import (
    Case,
    CaseVersion,
    Citation,
    DemoRecord,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    ListedItem,
    Listing,
    Measurement,
    Patient,
    Term,
)
from tests.admin.browsing import count_queries, list_url, signed_in
from tests.make import (
    make_case,
    make_event,
    make_finding,
    make_lesion,
    make_measurement,
    make_patient,
    make_published_case,
    make_reference,
    make_result,
    make_term,
    make_timeline,
)

pytestmark = pytest.mark.django_db
CURATED = (
    Case, CaseVersion, Citation, Event, ImagingFinding, LaboratoryResult, Lesion, Measurement,
    Patient, Term, Reference, ReferenceListItem, SourceText, StudyFact,
)  # fmt: skip


def make_rows() -> None:
    """More rows of everything, each with rows of its own to name."""
    case = make_published_case(diagnosis=make_term(), primary_site=make_term(), events=2)
    make_event(case, anchor=case.events.first(), term=make_term(), site=make_term())
    make_lesion(case, site=make_term())
    make_finding(case.events.first(), site=make_term())
    make_result(make_event(case, category="laboratory", label="Blood"), term=make_term())
    reference = make_reference()
    SourceText.objects.create(reference=reference, language="en", depth="abstract", text="T.")
    StudyFact.objects.create(reference=reference, label="Patients", count=1, of=2)
    ReferenceListItem.objects.create(work=reference, number=1, reference=make_reference())
    ReferenceListItem.objects.create(work=reference, number=2, raw="As printed")


def test_what_is_derived_or_bookkeeping_has_no_page() -> None:
    registered = set(admin.site._registry)
    assert set(CURATED) <= registered
    assert not registered & {Listing, ListedItem, DemoRecord}


@pytest.mark.parametrize("model", CURATED)
def test_a_list_runs_the_same_queries_however_many_rows_there_are(model: type[Model]) -> None:
    make_rows()
    client = signed_in()
    client.get(list_url(model))
    few = count_queries(client, list_url(model))
    for _ in range(10):
        make_rows()
    assert count_queries(client, list_url(model)) == few


@pytest.mark.parametrize("model", CURATED)
def test_a_list_can_be_searched_and_every_filter_has_counts(model: type[Model]) -> None:
    make_rows()
    client = signed_in()
    response = client.get(list_url(model), {"q": "nothing has this name"})
    changelist = response.context["cl"]
    assert changelist.result_count == 0
    assert changelist.add_facets
    assert changelist.filter_specs
    assert client.get(list_url(model), {"q": "a\x00b"}).status_code == 200


def finding(**changes: Any) -> Model:
    return make_finding(make_event(make_case(title="Hepatic mass"), **changes))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: make_case(title="Hepatic mass"), "hepatic"),
        (lambda: make_case(diagnosis=make_term(display="Gastrinoma")), "gastrinoma"),
        (lambda: make_event(label="Embolisation"), "embolisation"),
        (lambda: make_event(make_case(title="Hepatic mass")), "hepatic mass"),
        (lambda: finding(label="Second scan"), "second scan"),
        (lambda: make_lesion(label="Segment 4"), "segment"),
        (lambda: make_measurement(finding(label="Second scan")), "second"),
        (lambda: make_result(analyte="Gastrin"), "gastrin"),
        (lambda: make_event(label_zh="肝动脉栓塞"), "栓塞"),
        (lambda: make_patient(country="CN"), "CN"),
        (lambda: make_term(synonyms=["islet cell tumour"]), "islet"),
        (lambda: make_term(display_zh="胃泌素瘤"), "胃泌素"),
        (lambda: make_reference({"title": "On shunts"}), "shunts"),
        (lambda: make_reference({"DOI": "10.5555/abc"}), "10.5555/abc"),
    ],
)
def test_search_finds_one_among_others(make: Callable[[], Model], words: str) -> None:
    make_rows()
    row = make()
    response = signed_in().get(list_url(type(row)), {"q": words})
    assert [found.pk for found in response.context["cl"].result_list] == [row.pk]


@pytest.mark.parametrize(
    ("model", "query", "count"),
    [
        (Case, {"status__exact": "published"}, 1),
        (Case, {"status__exact": "draft"}, 0),
        (Event, {"category__exact": "imaging"}, 2),
        (Reference, {"cited": "yes"}, 5),
        (Reference, {"cited": "no"}, 2),
        (Reference, {"type": "book"}, 0),
        (ReferenceListItem, {"reference__isempty": "1"}, 1),
    ],
)
def test_filters_narrow(model: type[Model], query: dict[str, str], count: int) -> None:
    make_rows()
    response = signed_in().get(list_url(model), query)
    assert response.context["cl"].result_count == count


def test_a_list_of_cases_says_what_a_curator_asks_first() -> None:
    case = make_published_case(title="Hepatic mass", diagnosis=make_term(display="Gastrinoma"))
    make_timeline(make_case(), 1)
    make_event(case)
    cases.refresh(case=case)
    page = signed_in().get(list_url(Case), {"q": "hepatic"}).content.decode()
    for shown in (case.accession, "Hepatic mass", "Published", "Gastrinoma"):
        assert shown in page
    assert '<td class="field-event_count">4</td>' in page
    assert '<td class="field-version">1</td>' in page
