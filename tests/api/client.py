"""A client that speaks JSON in a role, and the bodies that it sends."""

from __future__ import annotations

import json
from functools import cached_property
from io import BytesIO
from typing import Any

from django.test import Client

from literature.actions import imports
from literature.models import Import
from patients.actions import cases, edits, revisions
from patients.models import Case, Event, FindingImage, ImagingFinding, Revision, SavedComparison
from patients.revisions.overlay import laid_over
from tests import make
from tests.pages.pictures import make_image
from tests.patients.comparison_breaks import make_comparison
from tests.patients.images.rows import with_files

V1 = "/api/v1/"


class Api:
    """Signed in by session in `role`; without one, a reader."""

    def __init__(self, role: str = "", **options: Any) -> None:
        self.client = Client(raise_request_exception=True, **options)
        self.user = None
        if role:
            self.user = make.make_user(role)
            self.client.force_login(self.user)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(address(path), headers=headers)

    def results(self, path: str) -> list[Any]:
        return self.get(path).json()["results"]

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        return self.client.generic(
            method,
            address(path),
            data if body is not None else b"",
            content_type="application/json",
            headers=headers,
        )

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def etag(self, path: str) -> str:
        return str(self.get(path)["ETag"])

    def change(self, method: str, path: str, body: Any = None) -> Any:
        """Sends the ETag that the record has now."""
        return self.send(method, path, body, **{"If-Match": self.etag(path)})

    def patch(self, path: str, **fields: Any) -> Any:
        return self.change("PATCH", path, fields)


def address(path: str) -> str:
    return path if path.startswith("/") else V1 + path


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem details of `response`, once they have the one shape."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert set(body) == {"type", "title", "status", "detail", "errors"}
    assert body["status"] == status
    assert all(set(error) == {"field", "detail"} for error in body["errors"])
    return body


def fields(response: Any, status: int = 400) -> set[str]:
    """The fields that a problem names."""
    return {error["field"] for error in problem(response, status)["errors"]}


class Records:
    """A published case with one of everything, and bodies for new records beside them."""

    def __init__(self) -> None:
        self.case: Case = make.make_published_case(results=1)
        self.event: Event = self.case.events.order_by("pk")[1]
        self.finding: ImagingFinding = self.event.findings.get()
        self.measurement = self.finding.measurements.get()
        self.result = self.case.laboratoryresults.get()
        self.lesion = self.finding.lesion
        self.citation = self.event.citations.get()
        self.reference = self.citation.reference
        self.patient = self.case.patient
        self.term = make.make_term()
        self.pair = make.make_duplicate_pair()
        self.draft: Case = make.make_case(title="A draft")

    @cached_property
    def imported(self) -> Import:
        """Read, with a new row and a broken one; nobody's until a test gives it to somebody."""
        record = "TY  - JOUR\nTI  - A course of its own kind\nER  - \n"
        source = BytesIO(f"{record}\nTY  - JOUR\nPY  - 2016\nER  - \n".encode())
        return imports.begin(source=source, name="list.ris", by=None)

    @cached_property
    def image(self) -> FindingImage:
        """On the finding, confirmed and published with it."""
        image = with_files(make_image(self.finding))
        cases.publish(case=self.case, by=None)
        return image

    @cached_property
    def comparison(self) -> SavedComparison:
        """Of somebody; a test that opens it gives it to its user."""
        return make_comparison()

    @cached_property
    def revision(self) -> Revision:
        """Handed in by a researcher: another label for the event."""
        by = make.make_user("researcher")
        revision = revisions.begin(case=self.case, by=by)
        with laid_over(revision, by) as overlaid:
            event = Event.objects.get(pk=self.event.pk)
            event.label = "As proposed"
            edits.save_rows(case=overlaid.case, rows=[event], words="Changed", by=by)
        revision = revisions.keep(revision=revision, log=overlaid.log, by=by)
        return revisions.submit(revision=revision, by=by, comment="The report says so.")

    def path(self, prefix: str) -> str:
        """The detail of a record that can be deleted where any can."""
        if prefix == "imports":
            return f"{prefix}/{self.imported.public_id}/"
        if prefix == "revisions":
            return f"{prefix}/{self.revision.public_id}/"
        if prefix == "comparisons":
            return f"{prefix}/{self.comparison.public_id}/"
        keys = {
            "patients": self.patient.public_id,
            "cases": self.case.accession,
            "events": self.event.public_id,
            "imaging-findings": self.finding.public_id,
            "measurements": self.measurement.public_id,
            "laboratory-results": self.result.public_id,
            "lesions": self.lesion.public_id,
            "terms": self.term.slug,
            "references": self.reference.public_id,
            "citations": self.citation.public_id,
            "images": self.image.public_id if prefix == "images" else "",
            "duplicates": f"{self.pair.first.public_id}-{self.pair.second.public_id}",
        }
        return f"{prefix}/{keys[prefix]}/"

    def body(self, prefix: str) -> dict[str, Any]:
        """What a POST of a new record says, with the fields that it needs and no more."""
        case = {"case": self.case.accession}
        bodies: dict[str, dict[str, Any]] = {
            "patients": {"sex": "male", "country": "CN"},
            "cases": {"patient": self.patient.public_id, "title": "New", "summary": "Short."},
            "events": {**case, "category": "imaging", "label": "MRI"},
            "imaging-findings": {**case, "event": self.event.public_id, "modality": "ct"},
            "measurements": {
                **case, "finding": self.finding.public_id, "dimension": "perpendicular",
                "low_mm": "17", "high_mm": "17",
            },
            "laboratory-results": {
                **case, "event": self.result.event.public_id, "analyte": "Gastrin",
                "value": "12.5",
            },
            "lesions": {**case, "label": "Segment 6", "kind": "metastasis"},
            "terms": {"slug": "new-term", "kind": "drug", "display": "A drug"},
            "references": {"csl": make.make_csl()},
            "revisions": {
                **case, "comment": "The report says so.",
                "steps": [
                    {"act": "change", "kind": "event", "id": self.event.public_id,
                     "fields": {"label": "As proposed"}},
                ],
            },
            "citations": {
                **case, "event": self.event.public_id, "role": "background",
                "reference": self.reference.public_id,
            },
        }  # fmt: skip
        return bodies[prefix]


CHANGES: dict[str, dict[str, Any]] = {
    "patients": {"country": "JP"},
    "cases": {"title": "Another title"},
    "events": {"label": "Another label"},
    "imaging-findings": {"change": "new"},
    "measurements": {"high_mm": "22.5"},
    "laboratory-results": {"unit": "U/mL"},
    "lesions": {"label": "Another lesion"},
    "terms": {"display": "Another name"},
    "references": {"patients_covered": 12},
    "citations": {"note": "Another reason."},
}
"""A PATCH for each kind of record."""
