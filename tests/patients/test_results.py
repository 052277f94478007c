"""Laboratory results: where they may stand, how they are worded, what follows them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from patients.actions import cases, records
from patients.document.model import ResultData
from patients.models import Event, LaboratoryResult, Listing
from patients.presenters.event_details import event_details
from patients.presenters.words import result_words
from patients.vocabulary import RESULT_CATEGORIES, Category
from tests.make import make_case, make_event, make_result, make_term
from tests.patients.rich_case import make_rich_case

RESULT = ResultData(
    id="R", case="C", event="E", analyte="Gastrin", term=None, comparator="", value="250",
    unit="pg/mL", reference_low="", reference_high="", note="",
)  # fmt: skip


def new_result(event: Event, **changes: Any) -> LaboratoryResult:
    fields = {"case": event.case, "event": event, "analyte": "Gastrin", "value": "250"}
    return LaboratoryResult(**{**fields, **changes})


@pytest.mark.django_db
@pytest.mark.parametrize("category", Category)
def test_results_go_with_observations_alone(category: Category) -> None:
    event = make_event(category=category, label="The event")
    if category in RESULT_CATEGORIES:
        cases.save(row=new_result(event), by=None)
        assert event.results.get().analyte == "Gastrin"
        return
    with pytest.raises(ValidationError, match="“The event” is .*: a laboratory result") as caught:
        cases.save(row=new_result(event), by=None)
    assert set(caught.value.message_dict) == {"event"}
    assert not event.results.exists()


@pytest.mark.django_db
def test_an_event_with_results_cannot_become_a_treatment() -> None:
    event = make_result().event
    event.category = "drug"
    with pytest.raises(ValidationError, match="move or remove them first") as caught:
        cases.save(row=event, by=None)
    assert set(caught.value.message_dict) == {"category"}
    event.category = "follow_up"
    cases.save(row=event, by=None)
    event.results.all().delete()
    event.category = "drug"
    cases.save(row=event, by=None)
    assert Event.objects.get(pk=event.pk).category == "drug"


@pytest.mark.django_db
def test_results_that_got_onto_a_treatment_all_the_same_are_a_contradiction() -> None:
    """Two rows saved at once, each fitting what was stored before."""
    result = make_result()
    Event.objects.filter(pk=result.event_id).update(category="drug", label="Octreotide")
    assert cases.refresh(case=result.case).problems == [
        "“Octreotide” has laboratory results, which go with an observation alone."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"analyte": ""}, "analyte"), ({"analyte": "x" * 101}, "analyte"),
        ({"value": None}, "value"), ({"value": "high"}, "value"), ({"value": "NaN"}, "value"),
        ({"value": "Infinity"}, "value"), ({"value": "12345678901"}, "value"),
        ({"value": "0.00001"}, "value"), ({"unit": "x" * 31}, "unit"),
        ({"comparator": "~"}, "comparator"), ({"note": "x" * 201}, "note"),
        ({"reference_low": "low"}, "reference_low"),
    ],
)  # fmt: skip
def test_what_is_no_result_is_refused_by_field(changes: dict[str, Any], field: str) -> None:
    event = make_event(category="laboratory")
    with pytest.raises(ValidationError) as caught:
        cases.save(row=new_result(event, **changes), by=None)
    assert set(caught.value.message_dict) == {field}


@pytest.mark.django_db
def test_the_event_of_another_case_is_named() -> None:
    result = new_result(make_event(category="laboratory"), case=make_case())
    with pytest.raises(ValidationError, match="Belongs to another case") as caught:
        result.full_clean()
    assert set(caught.value.message_dict) == {"event"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "250 pg/mL"),
        ({"unit": ""}, "250"),
        ({"comparator": "≥"}, "≥250 pg/mL"),
        ({"reference_low": "0", "reference_high": "100"}, "250 pg/mL (reference 0–100)"),
        ({"reference_low": "35"}, "250 pg/mL (reference from 35)"),
        ({"reference_high": "100"}, "250 pg/mL (reference up to 100)"),
        ({"reference_high": "100", "note": "fasting"}, "250 pg/mL (reference up to 100), fasting"),
    ],
)
def test_words(changes: dict[str, str], words: str) -> None:
    assert result_words(dataclasses.replace(RESULT, **changes)) == words


@pytest.mark.django_db
def test_details_of_an_event_show_its_results_with_their_terms() -> None:
    rich = make_rich_case()
    document = cases.refresh(case=rich.case)
    event = next(event for event in document.events if event.results)
    rows = {row.label: row.value for row in event_details(event)}
    assert rows["CgA (Granin)"] == ">250.5 ng/mL (reference 0–100), fasting"
    assert rows["Albumin"] == "30 g/L (reference from 35)"


@pytest.mark.django_db
def test_a_row_is_named_by_what_it_says() -> None:
    result = make_result(value="0.4000", comparator="<", unit="")
    result.refresh_from_db()
    assert str(result) == "Chromogranin A <0.4"
    assert str(LaboratoryResult(analyte="Gastrin", unit="pg/mL")) == "Gastrin pg/mL"


@pytest.mark.django_db
def test_a_renamed_term_is_found_in_the_case_that_uses_it() -> None:
    term = make_term(kind="finding")
    case = make_result(term=term).case
    cases.refresh(case=case)
    term.display = "Another name"
    records.save_term(term=term, by=None)
    item = Listing.objects.get(case=case).items.get(kind="result")
    assert item.data["term"]["display"] == "Another name"


@pytest.mark.django_db
def test_a_draft_is_removed_with_its_results() -> None:
    case = make_result(term=make_term()).case
    records.remove_draft(case=case, by=None)
    assert not LaboratoryResult.objects.exists()
