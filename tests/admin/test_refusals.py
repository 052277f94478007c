"""What a form, an action or the database refuses comes back as an error at a field, never as a 500,
and nothing is saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError

from literature.models import Reference
from patients.actions import cases
from patients.models import Case, Citation, Event, Lesion, Patient, Term
from tests.admin.browsing import (
    add_url,
    change_url,
    errors_of,
    errors_of_new_row,
    new_row,
    read_form,
    row_prefix,
    signed_in,
)
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_finding,
    make_lesion,
    make_patient,
    make_published_case,
    make_reference,
    make_source,
    make_term,
)

pytestmark = pytest.mark.django_db
POINT = {"category": "diagnosis", "label": "New", "start_precision": "unknown", "position": 9}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"dose": "30", "dose_unit": "", "category": "drug"}, {"dose"}),
        ({"dose": "30", "dose_unit": "mg"}, {"dose", "dose_unit", "category"}),
        ({"start_precision": "day", "start_low": 3}, {"start_low", "start_precision"}),
        ({"start_precision": "year", "start_low": 9, "start_high": 3}, {"start_high"}),
        ({"start_reported_as": "May 2016"}, {"start_reported_as"}),
        ({"duration_low": 5}, {"duration_low"}),
        ({"ki67_low": 5, "ki67_high": 101}, {"ki67_high"}),
        ({"mitoses": 3}, {"mitoses"}),
        ({"outcome": "died"}, {"outcome"}),
        ({"is_index": "on"}, {"is_index"}),
        ({"label": ""}, {"label"}),
        ({"label": "x\x00"}, {"label"}),
        ({"start_low": 10**30}, {"start_low"}),
        ({"markers": "{"}, {"markers"}),
        ({"markers": "[" * 5000}, {"markers"}),
        ({"markers": "9" * 5000}, {"markers"}),
        ({"markers": '[{"marker": "x"}]'}, {"markers"}),
        ({"term": "x"}, {"term"}),
        ({"term": "999999999"}, {"term"}),
    ],
)
def test_a_wrong_event_is_refused_at_its_fields(fields: dict[str, Any], expected: set[str]) -> None:
    case = make_case()
    found = errors_of_new_row(case, "events", **{**POINT, **fields})
    assert expected <= set(found)
    assert not case.events.exists()


def test_rules_speak_in_words() -> None:
    case = make_case()
    make_event(case, 0, is_index=True)
    day_zero = {"start_precision": "day", "start_low": 0, "start_high": 0, "is_index": "on"}
    found = errors_of_new_row(case, "events", **{**POINT, **day_zero})
    assert found["is_index"] == [
        "Another event of this case is day 0: take that mark off and save first."
    ]


def test_rows_of_other_cases_are_refused_on_the_case_page() -> None:
    case, finding = make_case(), make_finding()
    other = {"anchor": finding.event_id}
    assert "another case" in errors_of_new_row(case, "events", **{**POINT, **other})["anchor"][0]
    new = {"event": finding.event_id, "lesion": make_lesion().pk}
    assert set(errors_of_new_row(case, "imagingfindings", **new)) == {"event", "lesion"}
    new = {"finding": finding.pk, "dimension": "longest", "low_mm": 1, "high_mm": 1}
    assert set(errors_of_new_row(case, "measurements", **new)) == {"finding"}
    new = {"event": finding.event_id, "reference": make_reference().pk, "role": "supports"}
    assert set(errors_of_new_row(case, "citations", **new)) == {"event"}


def test_rows_of_other_cases_are_refused_on_a_page_of_its_own() -> None:
    client, case, other = signed_in(), make_case(), make_event()
    new = {**read_form(client, add_url(Event)), **POINT, "case": case.pk, "anchor": other.pk}
    assert errors_of(client.post(add_url(Event), new))["anchor"] == ["Belongs to another case."]
    event = make_event(case)
    data = {**read_form(client, change_url(event)), "anchor": str(other.pk)}
    assert set(errors_of(client.post(change_url(event), data))) == {"anchor"}


def test_an_event_is_not_its_own_anchor() -> None:
    case = make_case()
    event = make_event(case)
    client = signed_in()
    data = read_form(client, change_url(case))
    prefix = row_prefix(data, "events", event)
    data[f"{prefix}-anchor"] = str(event.pk)
    assert set(errors_of(client.post(change_url(case), data))) == {f"{prefix}-anchor"}
    data = {**read_form(client, change_url(event)), "anchor": str(event.pk)}
    assert set(errors_of(client.post(change_url(event), data))) == {"anchor"}


def test_an_event_that_others_are_timed_from_stays() -> None:
    case = make_case()
    event = make_event(case, label="First")
    make_event(case, label="Second", anchor=event)
    client = signed_in()
    data = read_form(client, change_url(case))
    data[row_prefix(data, "events", event) + "-DELETE"] = "on"
    found = errors_of(client.post(change_url(case), data))
    assert "event Second" in found["events"][0]
    assert case.events.count() == 2


def test_a_citation_twice_in_one_submission_is_refused() -> None:
    case, reference = make_case(), make_reference()
    event = make_event(case)
    client = signed_in()
    data = read_form(client, change_url(case))
    for role in ("supports", "supports", "background"):
        new_row(data, "citations", reference=reference.pk, role=role, event=event.pk, position=0)
    found = errors_of(client.post(change_url(case), data))
    assert found == {
        "citations-1-reference": ["This reference is cited here in this role already."]
    }
    assert not case.citations.exists()


def test_a_citation_that_is_there_already_is_refused() -> None:
    case = make_case()
    citation = make_citation(make_event(case))
    new = {"reference": citation.reference_id, "role": "supports", "event": citation.event_id}
    found = errors_of_new_row(case, "citations", **new)
    assert "already" in found["reference"][0]
    client = signed_in()
    data = {**read_form(client, add_url(Citation)), **new, "case": case.pk, "position": "0"}
    assert "already" in errors_of(client.post(add_url(Citation), data))["reference"][0]


def test_a_second_source_and_a_second_target_are_refused() -> None:
    case = make_case()
    make_source(case)
    new = {"reference": make_reference().pk, "role": "source"}
    assert "one report" in errors_of_new_row(case, "citations", **new)["role"][0]
    finding = make_finding(make_event(case, category="imaging"))
    new = {**new, "role": "supports", "event": finding.event_id, "finding": finding.pk}
    assert set(errors_of_new_row(case, "citations", **new)) == {"event", "finding"}


def test_two_sources_or_two_days_zero_in_one_submission_are_refused() -> None:
    client = signed_in()
    data = read_form(client, add_url(Case))
    data |= {"title": "A", "summary": "B", "patient": str(make_patient().pk)}
    day_zero = {**POINT, "start_precision": "day", "start_low": 0, "start_high": 0}
    for _ in range(2):
        new_row(data, "citations", reference=make_reference().pk, role="source", position=0)
        new_row(data, "events", **day_zero, is_index="on")
    found = errors_of(client.post(add_url(Case), data))
    assert set(found) == {"citations-1-role", "events-1-is_index"}
    assert not Case.objects.exists()


def test_the_same_dimension_measured_twice_is_refused() -> None:
    case = make_case()
    finding = make_finding(make_event(case, category="imaging"))
    client = signed_in()
    data = read_form(client, change_url(case))
    size = {"finding": finding.pk, "dimension": "longest", "low_mm": 5, "high_mm": 5}
    for _ in range(2):
        new_row(data, "measurements", **size, position=0)
    found = errors_of(client.post(change_url(case), data))
    assert any("dimension" in error for error in found["measurements"])
    found = errors_of_new_row(case, "measurements", **{**size, "low_mm": 6})
    assert {"low_mm", "high_mm"} & set(found)


def test_a_row_changed_and_its_event_removed_at_once_is_refused() -> None:
    case = make_case()
    finding = make_finding(make_event(case, category="imaging"))
    client = signed_in()
    data = read_form(client, change_url(case))
    data[row_prefix(data, "events", finding.event) + "-DELETE"] = "on"
    data[row_prefix(data, "imagingfindings", finding) + "-change"] = "new"
    assert errors_of(client.post(change_url(case), data))
    finding.refresh_from_db()
    assert finding.change == ""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"age_low": "85", "age_high": "95"}, {"age_low", "age_high"}),
        ({"day_zero_year": "17"}, {"day_zero_year"}),
        ({"title": ""}, {"title"}),
        ({"patient": ""}, {"patient"}),
    ],
)
def test_a_wrong_case_is_refused_at_its_fields(fields: dict[str, str], expected: set[str]) -> None:
    case, client = make_case(), signed_in()
    data = {**read_form(client, change_url(case)), **fields}
    assert set(errors_of(client.post(change_url(case), data))) == expected


def test_what_the_database_alone_refuses_comes_back_with_the_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As when somebody else saves the same in the moment between check and write."""
    case, client = make_case(), signed_in()
    make_event(case, 0, is_index=True)

    def save_past_all_checks(*, row: Case, by: Any) -> None:
        Case.objects.filter(pk=row.pk).update(title="Half done")
        make_event(row, 0, is_index=True)

    monkeypatch.setattr(cases, "save", save_past_all_checks)
    data = {**read_form(client, change_url(case)), "title": "As typed"}
    response = client.post(change_url(case), data)
    assert "Another event of this case is day 0" in errors_of(response)["__all__"][0]
    assert "As typed" in response.content.decode()
    assert Case.objects.get().title != "Half done"


@pytest.mark.parametrize("error", [IntegrityError("x"), DatabaseError("x")])
def test_only_refusals_are_caught(monkeypatch: pytest.MonkeyPatch, error: DatabaseError) -> None:
    case, client = make_case(), signed_in()
    data = read_form(client, change_url(case))

    def fail(**_: Any) -> None:
        raise error

    monkeypatch.setattr(cases, "save", fail)
    if isinstance(error, IntegrityError):
        assert "Nothing was saved" in errors_of(client.post(change_url(case), data))["__all__"][0]
    else:
        with pytest.raises(DatabaseError):
            client.post(change_url(case), data)


def test_wrong_terms_patients_and_lesions_are_refused_at_their_fields() -> None:
    client, term = signed_in(), make_term(system="ATC", code="X01")
    new = {"slug": term.slug, "kind": term.kind, "display": term.display, "code": "X01"}
    found = errors_of(client.post(add_url(Term), new))
    assert {"slug", "display", "kind", "code"} <= set(found)
    new = {"slug": "s", "kind": "drug", "display": "D", "code": "X01", "system": "ATC"}
    assert set(errors_of(client.post(add_url(Term), new))) == {"system", "code"}
    new = {"slug": "s", "kind": "drug", "display": "D", "synonyms": "a\n" + "b" * 201}
    assert set(errors_of(client.post(add_url(Term), new))) == {"synonyms"}
    assert set(errors_of(client.post(add_url(Patient), {"country": "cn"}))) == {"country"}
    new = {"case": make_case().pk, "position": "-1", "kind": "x", "label": "L"}
    assert set(errors_of(client.post(add_url(Lesion), new))) == {"position", "kind"}


def test_a_reference_that_an_older_version_names_is_not_deleted() -> None:
    case = make_published_case()
    citation = case.citations.filter(event__isnull=False).first()
    reference = citation.reference
    cases.remove(row=citation, by=None)
    cases.publish(case=case, by=None)
    client = signed_in()
    for url, data in (
        (f"/admin/literature/reference/{reference.pk}/delete/", {"post": "yes"}),
        (
            "/admin/literature/reference/",
            {"action": "delete_selected", "_selected_action": reference.pk, "post": "yes"},
        ),
    ):
        response = client.post(url, data, follow=True)
        assert "versions stay citable" in response.content.decode()
        assert Reference.objects.filter(pk=reference.pk).exists()
