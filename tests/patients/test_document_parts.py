"""The document taken apart: columns, search texts, and a list item for each part."""

from __future__ import annotations

import pytest

from patients.document import CaseDocument, build_document, to_builtins
from patients.document.parts import columns, items
from patients.searching.concepts import concept
from patients.searching.texts import search_texts
from patients.vocabulary import ItemKind
from tests.make import make_case, make_event, make_term
from tests.patients.rich_case import RichCase, make_rich_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich() -> RichCase:
    return make_rich_case()


@pytest.fixture
def document(rich: RichCase) -> CaseDocument:
    return build_document(rich.case)


def test_columns(document: CaseDocument) -> None:
    assert columns(document).as_dict() == {
        "title": "A liver mass",
        "summary": document.summary,
        "sex": "female",
        "age_low": 50,
        "age_words": "50 to 54 years",
        "diagnosis": "net",
        "site": "liver",
        "treatments": ["embolisation", "octreotide"],
        "outcome": "stable_disease",
        "source_year": 2016,
        "event_count": 5,
        "reference_count": 3,
    }


def test_columns_of_a_bare_case_are_empty() -> None:
    row = columns(build_document(make_case()))
    assert (row.diagnosis, row.site, row.treatments, row.outcome) == ("", "", [], "")
    assert (row.source_year, row.event_count, row.reference_count) == (None, 0, 0)


def test_a_treatment_counts_once_and_a_diagnosis_is_none() -> None:
    case, drug = make_case(), make_term(kind="drug")
    make_event(case, 1, category="drug", term=drug)
    make_event(case, 2, category="drug", term=drug)
    make_event(case, 3, category="diagnosis", term=make_term())
    assert columns(build_document(case)).treatments == [drug.slug]


def test_the_outcome_is_the_one_that_time_ends_with() -> None:
    case = make_case()
    make_event(case, 300, category="outcome", outcome="died", position=0)
    make_event(case, 20, category="outcome", outcome="improved", position=1)
    make_event(case, 400, category="follow_up", position=2)
    assert columns(build_document(case)).outcome == "died"


def test_items_are_all_parts_once(rich: RichCase, document: CaseDocument) -> None:
    found: dict[str, list[str]] = {}
    for item in items(document):
        found.setdefault(item.kind, []).append(item.public_id)
    rows = rich.case
    assert {kind: sorted(ids) for kind, ids in found.items()} == {
        kind: sorted(queryset.values_list("public_id", flat=True))
        for kind, queryset in (
            (ItemKind.PATIENT, type(rows.patient).objects.filter(pk=rows.patient_id)),
            (ItemKind.EVENT, rows.events),
            (ItemKind.IMAGING_FINDING, rows.imagingfindings),
            (ItemKind.IMAGE, rows.findingimages),
            (ItemKind.MEASUREMENT, rows.measurements),
            (ItemKind.RESULT, rows.laboratoryresults),
            (ItemKind.CITATION, rows.citations),
        )
    }


def test_an_item_s_data_is_its_part_of_the_document(document: CaseDocument) -> None:
    data = {item.public_id: item.data for item in items(document)}
    results = [result for event in document.events for result in event.results]
    for part in (*document.events, *document.imaging_findings, *document.citations, *results):
        assert data[part.id] == to_builtins(part)
    assert data[document.patient.id] == {
        **to_builtins(document.patient), "case": document.accession,
    }  # fmt: skip


def test_labels_say_what_a_part_stands_on(rich: RichCase, document: CaseDocument) -> None:
    labels = {item.public_id: item.label for item in items(document)}
    assert labels[rich.drug.public_id] == "Octreotide"
    assert labels[rich.finding.public_id] == "MRI: Liver"
    assert labels[rich.later_finding.public_id] == "Well"
    assert labels[rich.finding.measurements.all()[0].public_id] == "MRI: Liver"
    assert labels[rich.result.public_id] == "Pathology"
    assert labels[rich.drug.citations.get().public_id] == "Octreotide"
    assert labels[rich.finding.citations.get().public_id] == "MRI: Liver"
    own = rich.case.citations.filter(role="source").get()
    assert labels[own.public_id] == "The case as a whole"


def test_only_citations_name_a_reference(document: CaseDocument) -> None:
    for item in items(document):
        assert (item.reference is not None) == (item.kind == ItemKind.CITATION)


def test_search_texts(document: CaseDocument) -> None:
    texts = search_texts(document)
    assert "liver mass" in texts.a
    assert "neuroendocrine tumor" in texts.a
    assert all(word in texts.b for word in ("肝", "granin", "embolization", "mass", "肿块"))
    assert all(word in texts.c for word in ("cga", "fasting", "what happened"))
    assert "study" in texts.d
    assert concept("net") in texts.a
    assert concept("liver") in texts.b
