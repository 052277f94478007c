"""What only the database could see: two writers who did not know of each other."""

import pytest

from literature.actions import references
from literature.models import Reference
from patients.actions import cases
from patients.api.parts import CitationViewSet
from patients.models import Citation, Event, ImagingFinding, ListedItem, Measurement
from patients.serializers.fields import PartField
from tests import make
from tests.api.client import Api, Records, fields, problem


@pytest.fixture
def unchecked(monkeypatch):
    """Rows of these models are saved as if their checks had found nothing a moment ago."""
    for model in (Event, ImagingFinding, Measurement):
        monkeypatch.setattr(model, "full_clean", lambda self: None)


@pytest.mark.django_db
@pytest.mark.usefixtures("unchecked")
def test_constraints_name_their_fields(api, records):
    curator = api("curator")
    twice = records.body("measurements") | {"dimension": "longest"}
    assert fields(curator.post("measurements/", twice)) == {"finding", "dimension"}
    upside_down = records.body("measurements") | {"low_mm": "99"}
    assert fields(curator.post("measurements/", upside_down)) == {"low_mm", "high_mm"}
    assert len(curator.results("measurements/")) == 3


@pytest.mark.django_db
def test_event_that_goes_before_the_finding_is_saved(api, records, monkeypatch):
    find = PartField.find

    def find_and_lose(self, name, user):
        row = find(self, name, user)
        Event.objects.filter(pk=row.pk).delete()
        return row

    monkeypatch.setattr(PartField, "find", find_and_lose)
    assert fields(api("curator").post("imaging-findings/", records.body("imaging-findings"))) == {
        "event"
    }


@pytest.mark.usefixtures("committed")
def test_reference_that_goes_before_its_citation_is_saved(monkeypatch):
    """The foreign key that sees it waits for commit."""
    records, curator = Records(), Api("curator")
    lost = make.make_reference()
    monkeypatch.setattr(Citation, "full_clean", lambda self: None)
    refresh = cases.refresh

    def refresh_and_lose(*, case):
        document = refresh(case=case)
        ListedItem.objects.filter(reference=lost).delete()
        Reference.objects.filter(pk=lost.pk)._raw_delete("default")
        return document

    monkeypatch.setattr(cases, "refresh", refresh_and_lose)
    body = records.body("citations") | {"reference": lost.public_id}
    monkeypatch.setattr(CitationViewSet, "read_row", lambda self, row: {"reference_number": 1})
    problem(curator.post("citations/", body), 409)
    assert not Citation.objects.filter(case=records.case, role="background").exists()


@pytest.mark.django_db
def test_identifier_added_by_somebody_else_meanwhile(api, monkeypatch):
    look, looks = references._refuse_known_identifiers, []

    def look_too_early(reference):
        looks.append(reference)
        if len(looks) > 1:
            look(reference)

    known = make.make_reference({"PMID": "12345"})
    monkeypatch.setattr(references, "_refuse_known_identifiers", look_too_early)
    monkeypatch.setattr(Reference, "full_clean", lambda self: None)
    response = api("researcher").post("references/", {"csl": make.make_csl(PMID="12345")})
    (error,) = problem(response, 400)["errors"]
    assert error["field"] == "csl.PMID"
    assert known.public_id in error["detail"]
