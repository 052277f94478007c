"""Cases made up for derivations, without a database: lesions with sizes, vessels, pathology."""

from __future__ import annotations

from dataclasses import replace

from patients.document.model import (
    FindingData,
    LesionData,
    MeasurementData,
    PathologyData,
    TermData,
)
from tests.patients.timeline.documents import document, event


def site(slug):
    return TermData(slug, slug.replace("-", " ").capitalize(), "", "", "")


def finding(lesion, place, size=None, *, change="", dimension="longest", **told):
    """Of a lesion (its id) at the event of this place; `size` is text in mm, or a pair of them."""
    id = f"FI{lesion}{place}{dimension}"
    low, high = size if isinstance(size, tuple) else (size, size)
    measurements = [
        MeasurementData(f"ME{id}", "CB-TESTTES", id, f"EV{place}", lesion, dimension, low, high)
    ] if size is not None else []  # fmt: skip
    return FindingData(
        id=id, case="CB-TESTTES", event=f"EV{place}", modality=told.get("modality", "ct"),
        site=told.get("site"), lesion=lesion, description="", enhancement="", change=change,
        patency=told.get("patency", ""), measurements=measurements, citations=[],
    )  # fmt: skip


def lesion(id, findings, *, kind="tumour", slug="liver"):
    own = [row.id for row in findings if row.lesion == id]
    return LesionData(id, f"Lesion {id}", kind, site(slug) if slug else None, "", own)


def case_of(findings, *, events=None, kinds=None, slugs=None):
    """A case with every lesion that the findings name, and events up to the last one used."""
    kinds, slugs = kinds or {}, slugs or {}
    last = max((int(row.event[2:]) for row in findings), default=0)
    events = events or [event(place, place * 30, place * 30) for place in range(last + 1)]
    ids = dict.fromkeys(row.lesion for row in findings if row.lesion)
    lesions = [
        lesion(id, findings, kind=kinds.get(id, "tumour"), slug=slugs.get(id, "liver"))
        for id in ids
    ]
    return document(events, lesions=lesions, findings=findings)


def sizes(*values, lesion="A", **told):
    """One finding an event, from the first on; None leaves an event out."""
    return [
        finding(lesion, place, value, **told)
        for place, value in enumerate(values)
        if value is not None
    ]


def with_pathology(low="", high="", mitoses="", per="", grade=""):
    found = PathologyData([], low, high, mitoses, per, grade)
    return document([replace(event(0), pathology=found)])
