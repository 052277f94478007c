"""A case edited as a whole on its page in the admin."""

from __future__ import annotations

import pytest

from patients.actions import publishing
from patients.models import Case, Event, Listing
from tests.admin.browsing import (
    add_url,
    change_url,
    count_queries,
    messages_of,
    new_row,
    read_form,
    row_prefix,
    signed_in,
)
from tests.make import (
    make_case,
    make_event,
    make_patient,
    make_published_case,
    make_ready,
    make_reference,
    make_result,
    make_term,
    make_timeline,
    make_user,
)

pytestmark = pytest.mark.django_db


def listing(case: Case, audience: str) -> Listing:
    return case.listings.get(audience=audience)


def labels(case: Case, audience: str) -> set[str]:
    items = listing(case, audience).items.filter(kind="event")
    return set(items.values_list("label", flat=True))


def test_posting_a_page_as_it_is_changes_no_row() -> None:
    case = make_published_case(events=3, findings=2)
    before = list(case.events.order_by("pk").values())
    client = signed_in()
    response = client.post(change_url(case), read_form(client, change_url(case)))
    assert response.status_code == 302
    assert list(case.events.order_by("pk").values()) == before


def test_a_curator_makes_a_case_with_its_rows() -> None:
    client = signed_in()
    data = read_form(client, add_url(Case))
    data |= {"title": "A new case", "summary": "In short.", "patient": str(make_patient().pk)}
    new_row(
        data,
        "events",
        category="imaging",
        label="First scan",
        position=0,
        start_precision="day",
        start_low=0,
        start_high=0,
        is_index="on",
        markers="[]",
    )
    new_row(data, "lesions", label="A lesion", kind="primary", position=0)
    response = client.post(add_url(Case), data)
    assert response.status_code == 302
    case = Case.objects.get(title="A new case")
    assert case.status == "draft"
    assert case.lesions.get().label == "A lesion"
    assert labels(case, "working") == {"First scan"}


def test_a_curator_edits_every_kind_of_row_at_once() -> None:
    case = make_published_case(title="Before", results=1)
    first, second, _, laboratory = case.events.order_by("position")
    finding, lesion = first.findings.get(), case.lesions.first()
    drug, reference = make_term(kind="drug"), make_reference()
    client = signed_in()
    data = read_form(client, change_url(case))
    data |= {"title": "After", "diagnosis": str(make_term().pk)}
    data[row_prefix(data, "events", second) + "-label"] = "Another name"
    data[row_prefix(data, "lesions", lesion) + "-label"] = "The same lesion"
    data[row_prefix(data, "imagingfindings", finding) + "-change"] = "new"
    data[row_prefix(data, "measurements", finding.measurements.get()) + "-high_mm"] = "30"
    new_row(
        data,
        "events",
        category="drug",
        label="A drug",
        term=drug.pk,
        position=9,
        dose="30",
        dose_unit="mg",
        anchor=first.pk,
        start_precision="day",
        start_low=3,
        start_high=3,
    )
    data[row_prefix(data, "laboratoryresults", laboratory.results.get()) + "-unit"] = "U/L"
    new_row(
        data,
        "laboratoryresults",
        event=laboratory.pk,
        analyte="Gastrin",
        comparator=">",
        value="1000",
        unit="pg/mL",
        reference_high="115",
        position=9,
    )
    new_row(
        data,
        "citations",
        event=first.pk,
        reference=reference.pk,
        role="background",
        note="Why.",
        position=9,
    )
    response = client.post(change_url(case), data)
    assert response.status_code == 302, response.context["errors"]

    case.refresh_from_db()
    assert case.title == "After"
    assert case.events.get(label="A drug").anchor == first
    assert case.imagingfindings.get(pk=finding.pk).change == "new"
    assert case.lesions.get(pk=lesion.pk).label == "The same lesion"
    assert str(finding.measurements.get().high_mm) == "30.0"
    assert set(laboratory.results.values_list("analyte", "comparator", "unit")) == {
        ("Chromogranin A", "", "U/L"), ("Gastrin", ">", "pg/mL"),
    }  # fmt: skip
    assert case.citations.get(role="background").reference == reference
    assert {"Another name", "A drug"} < labels(case, "working")


def test_readers_see_an_edit_only_when_it_is_published() -> None:
    case = make_published_case(title="Before")
    client = signed_in()
    data = read_form(client, change_url(case))
    new_row(
        data, "events", category="diagnosis", label="New", start_precision="unknown", position=9
    )
    assert client.post(change_url(case), {**data, "title": "After"}).status_code == 302
    assert "New" in labels(case, "working")
    assert "New" not in labels(case, "public")
    assert listing(case, "public").title == "Before"

    make_ready(case)
    publishing.publish(case=case, by=make_user("curator"))
    assert "New" in labels(case, "public")
    assert listing(case, "public").title == "After"


def test_removing_rows_on_the_page_reaches_the_listing() -> None:
    case = make_published_case(events=2)
    last = case.events.order_by("position").last()
    client = signed_in()
    data = read_form(client, change_url(case))
    data[row_prefix(data, "events", last) + "-DELETE"] = "on"
    assert client.post(change_url(case), data).status_code == 302
    assert not Event.objects.filter(pk=last.pk).exists()
    assert labels(case, "working") == {case.events.get().label}


def test_a_new_row_goes_to_the_end_of_the_report() -> None:
    case = make_case()
    make_event(case, position=4)
    data = signed_in().get(change_url(case)).context["inline_admin_formsets"]
    events = next(inline.formset for inline in data if inline.formset.prefix == "events")
    assert events.empty_form["position"].value() == 5


def test_a_circle_of_anchors_is_shown_as_a_problem() -> None:
    case = make_case()
    first = make_event(case, label="First")
    second = make_event(case, label="Second", anchor=first)
    client = signed_in()
    data = read_form(client, change_url(case))
    prefix = row_prefix(data, "events", first)
    data[f"{prefix}-anchor"] = str(second.pk)
    response = client.post(change_url(case), {**data, "_continue": "1"}, follow=True)
    assert any("circle of anchors" in message for message in messages_of(response))
    assert "is timed by a circle of anchors" in response.content.decode()
    page = client.get(f"{case.get_absolute_url()}publish/").content.decode()
    assert "is timed by a circle of anchors" in page


def test_the_page_runs_the_same_queries_however_many_rows_there_are() -> None:
    case = make_published_case(events=2)
    client = signed_in()
    make_result(make_event(case, category="laboratory"), term=make_term())
    anchored = make_event(case, anchor=case.events.first(), term=make_term(), site=make_term())
    few = count_queries(client, change_url(case))
    for _ in range(10):
        make_event(case, anchor=anchored, term=make_term(), site=make_term())
    case.events.filter(is_index=True).update(is_index=False)
    make_timeline(case, 10, 2)
    for _ in range(10):
        make_result(make_event(case, category="laboratory"), term=make_term())
    assert count_queries(client, change_url(case)) == few
