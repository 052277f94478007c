"""Every kind of row in the editor: begun, changed, moved, removed, taken back."""

import pytest

from patients.models import Citation, Event, ImagingFinding, LaboratoryResult, Lesion
from tests import make
from tests.pages.editing import HTMX, begin, edit_url, fill, row_url, shown
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    user = make.make_user("curator", username="curator")
    client.force_login(user)
    return client


@pytest.fixture
def case():
    case = make.make_case(title="A liver mass")
    make.make_event(case, 0, is_index=True, category="imaging", label="MRI")
    make.make_event(case, 12, category="intervention", label="TACE", approach="transarterial")
    return case


def test_the_page_lists_rows_and_draws_the_figure(curator, case):
    page = curator.get(edit_url(case))
    text = text_of(page.content.decode())
    assert text.index("MRI") < text.index("TACE")
    assert "What is missing" in text
    assert "<svg" in page.content.decode()
    assert "Save" not in page.content.decode().split('id="rows-event"')[1].split("</ol>")[0]


def test_a_case_is_begun_and_then_edited(curator):
    answer = curator.post(
        "/cases/new/",
        {"title": "A new case", "summary": "In short.", "sex": "female", "age_low": "50",
         "age_high": "54", "country": "cn"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert answer.url.endswith("/edit/")
    case = Event._meta.get_field("case").related_model.objects.get(title="A new case")
    assert (case.status, case.patient.sex, case.patient.country) == ("draft", "female", "CN")
    assert (case.age_low, case.age_high) == (50, 54)
    assert curator.get(answer.url).status_code == 200


def test_a_new_case_that_is_refused_keeps_what_was_typed(curator):
    answer = curator.post("/cases/new/", {"title": "", "summary": "Kept", "country": "China"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Kept" in text
    assert "China" in text
    assert "Not saved yet" in text


def test_summary_and_patient_are_saved_together(curator, case):
    url = f"{edit_url(case)}summary/"
    data = shown(curator, url, "summary") | {"title": "Another title", "sex": "male"}
    assert curator.post(url, data).status_code == 302
    case.refresh_from_db()
    assert (case.title, case.patient.sex) == ("Another title", "male")


ADDED = {
    "event": ({"category": "drug"}, {"label": "Octreotide", "dose": "30", "dose_unit": "mg"}),
    "lesion": ({}, {"label": "Mass", "kind": "primary"}),
    "finding": ({"on": "event"}, {"description": "A mass", "longest": "21 to 23"}),
    "result": ({"on": "event"}, {"analyte": "Albumin", "value": "30", "unit": "g/L"}),
    "citation": ({"on": "event"}, {"role": "supports"}),
}
MODELS = {
    "event": Event,
    "lesion": Lesion,
    "finding": ImagingFinding,
    "result": LaboratoryResult,
    "citation": Citation,
}


def typed(case, kind):
    query, fields = ADDED[kind]
    category = "laboratory" if kind == "result" else "imaging"
    event = case.events.filter(category=category).first() or make.make_event(
        case, 3, category=category
    )
    if kind == "citation":
        fields = fields | {"reference": f"A study [{make.make_reference().public_id}]"}
    on = {"on": f"event-{event.public_id}"} if "on" in query else {}
    return {**query, **on}, fields


@pytest.mark.parametrize("kind", list(ADDED))
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["without script", "with htmx"])
def test_a_row_is_added(curator, case, kind, headers):
    query, fields = typed(case, kind)
    url, data = begin(curator, case, kind, **query)
    before = MODELS[kind].objects.count()
    answer = curator.post(url, data | fields, headers=headers)
    assert answer.status_code == (200 if headers else 302), answer.content.decode()
    assert MODELS[kind].objects.count() == before + 1
    row = MODELS[kind].objects.get(public_id=url.rstrip("/").rsplit("/", 1)[1])
    if kind == "finding":
        assert [(size.low_mm, size.high_mm) for size in row.measurements.all()] == [(21, 23)]


@pytest.mark.parametrize("kind", list(ADDED))
def test_adding_twice_with_one_form_makes_one_row(curator, case, kind):
    query, fields = typed(case, kind)
    url, data = begin(curator, case, kind, **query)
    curator.post(url, data | fields, headers=HTMX)
    before = MODELS[kind].objects.count()
    again = curator.post(url, data | fields, headers=HTMX)
    assert again.status_code == 200
    assert MODELS[kind].objects.count() == before


@pytest.mark.parametrize("kind", list(ADDED))
def test_removing_says_what_goes_with_it_and_can_be_taken_back(curator, case, kind):
    query, fields = typed(case, kind)
    url, data = begin(curator, case, kind, **query)
    curator.post(url, data | fields)
    if kind == "event":
        make.make_citation(case.events.get(label="Octreotide"))
    answer = curator.post(f"{url}remove/", follow=True)
    public_id = url.rstrip("/").rsplit("/", 1)[1]
    assert not MODELS[kind].objects.filter(public_id=public_id).exists()
    text = text_of(answer.content.decode())
    assert "Removed " in text
    if kind == "event":
        assert "Removed event “Octreotide” with 1 citation." in text
    curator.post(f"{edit_url(case)}undo/")
    assert MODELS[kind].objects.filter(public_id=public_id).exists()
    curator.post(f"{edit_url(case)}redo/")
    assert not MODELS[kind].objects.filter(public_id=public_id).exists()


def test_an_event_that_others_count_from_is_not_removed(curator, case):
    anchor = case.events.get(label="TACE")
    make.make_event(case, 3, label="Scan", anchor=anchor)
    answer = curator.post(f"{row_url(anchor, 'event')}remove/", follow=True)
    assert case.events.filter(label="TACE").exists()
    assert "Not removed." in text_of(answer.content.decode())


def test_a_row_moves_among_those_beside_it(curator, case):
    row = case.events.get(label="TACE")
    curator.post(f"{row_url(row, 'event')}move/", {"to": "up"})
    assert [event.label for event in case.events.order_by("position")] == ["TACE", "MRI"]
    answer = curator.post(f"{row_url(row, 'event')}move/", {"to": "up"}, follow=True)
    assert "It is first already." in text_of(answer.content.decode())
    curator.post(f"{row_url(row, 'event')}move/", {"to": "down"})
    assert [event.label for event in case.events.order_by("position")] == ["MRI", "TACE"]


def test_a_size_is_changed_and_taken_out(curator, case):
    finding = make.make_finding(case.events.get(label="MRI"), modality="mri")
    make.make_measurement(finding, low_mm="21", high_mm="21")
    make.make_measurement(finding, dimension="perpendicular", low_mm="17", high_mm="17")
    data = fill(curator, finding, "finding", longest="20", perpendicular="")
    assert (data["longest"], data["modality"]) == ("20", "mri")
    assert curator.post(row_url(finding, "finding"), data).status_code == 302
    assert [(row.dimension, row.low_mm) for row in finding.measurements.all()] == [("longest", 20)]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("big", "not a size"), ("30-20", "small end"), ("9000", "2000 mm"), ("-3", "not a size")],
)
def test_a_size_that_is_none_is_refused_with_its_reason(curator, case, typed, reason):
    finding = make.make_finding(case.events.get(label="MRI"))
    data = fill(curator, finding, "finding", longest=typed, description="Kept")
    answer = curator.post(row_url(finding, "finding"), data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert reason in text
    assert "Kept" in text
    assert not finding.measurements.exists()


def test_only_the_fields_of_the_category_are_shown(curator, case):
    drug = make.make_event(case, 3, category="drug")
    imaging = case.events.get(label="MRI")
    assert {"dose", "route"} <= set(fill(curator, drug, "event"))
    assert not {"dose", "device", "grade"} & set(fill(curator, imaging, "event"))
    assert {"device", "approach"} <= set(fill(curator, case.events.get(label="TACE"), "event"))


def test_changing_the_category_loses_nothing_unsaid(curator, case):
    row = case.events.get(label="TACE")
    data = fill(curator, row, "event", category="drug")
    answer = curator.post(row_url(row, "event"), data)
    assert answer.status_code == 422
    assert "Only surgery or an intervention" in text_of(answer.content.decode())
    row.refresh_from_db()
    assert (row.category, row.approach) == ("intervention", "transarterial")
    data = fill(curator, row, "event", category="drug", approach="")
    assert curator.post(row_url(row, "event"), data).status_code == 302


def test_markers_are_typed_one_a_line(curator, case):
    row = make.make_event(case, 3, category="pathology")
    data = fill(curator, row, "event", markers="Synaptophysin positive\nChromogranin A negative")
    curator.post(row_url(row, "event"), data)
    row.refresh_from_db()
    assert row.markers == [
        {"marker": "Synaptophysin", "result": "positive"},
        {"marker": "Chromogranin A", "result": "negative"},
    ]
    answer = curator.post(row_url(row, "event"), fill(curator, row, "event", markers="CD56"))
    assert answer.status_code == 422
    assert "write the marker and then its result" in answer.content.decode()
