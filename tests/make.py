"""Test data from plain functions: each makes one saved record, valid unless `changes` says else.

Rows are written as they are, without actions: a working listing comes with `cases.refresh`, a
public one with `make_published_case`.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from django.contrib.auth.models import AbstractUser, Group, User

from literature.models import DuplicatePair, Reference, SourceText
from patients.actions import cases, publishing
from patients.care import ITEMS
from patients.document import build_document
from patients.models import (
    Case,
    Citation,
    DerivedSetAside,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    Measurement,
    Patient,
    SamePatientPair,
    Term,
)
from patients.publishing import like_cases
from patients.roles import ADMIN, CURATOR
from patients.vocabulary import Category, Dimension, LesionKind, Role, TermKind

_numbers = count(1)
PASSWORD = "a password for tests alone"


def make_user(role: str = "", **changes: Any) -> AbstractUser:
    """A user in the group `role`; without one, a user who may do what a reader may."""
    username = changes.pop("username", f"{role or 'user'}-{next(_numbers)}")
    fields = {"password": PASSWORD, "is_staff": role in (CURATOR, ADMIN), **changes}
    user = User.objects.create_user(username, **fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_csl(**changes: Any) -> dict[str, Any]:
    """A CSL record with a title of its own. A field that is changed to None is left out."""
    record = {
        "type": "article-journal",
        "title": f"Study {next(_numbers)}",
        "author": [{"family": "Doe", "given": "J"}],
        "container-title": "Journal of Tests",
        "issued": {"date-parts": [[2016]]},
        "volume": "12",
        "page": "34-56",
        **changes,
    }
    return {field: value for field, value in record.items() if value is not None}


def make_reference(csl: dict[str, Any] | None = None, **changes: Any) -> Reference:
    """`csl` holds changes to the usual record: `make_reference({"DOI": "10.5555/1"})`."""
    reference = Reference.objects.create(csl=make_csl(**(csl or {})), **changes)
    reference.refresh_from_db()
    return reference


def make_duplicate_pair(
    first: Reference | None = None, second: Reference | None = None, **changes: Any
) -> DuplicatePair:
    """An open pair of two references, of its own where none are given."""
    rows = sorted((first or make_reference(), second or make_reference()), key=lambda row: row.pk)
    fields = {"likeness": "probable", "reason": "Titles alike.", **changes}
    return DuplicatePair.objects.create(first=rows[0], second=rows[1], **fields)


def make_same_patient_pair(
    first: Case | None = None, second: Case | None = None, **changes: Any
) -> SamePatientPair:
    """An open pair of two cases, of its own where none are given."""
    rows = sorted((first or make_case(), second or make_case()), key=lambda row: row.pk)
    fields = {"weight": 7, "reasons": ["Sources share 1 author: Li W."], **changes}
    return SamePatientPair.objects.create(first=rows[0], second=rows[1], **fields)


def make_term(**changes: Any) -> Term:
    number = next(_numbers)
    fields = {"slug": f"term-{number}", "kind": TermKind.DIAGNOSIS, "display": f"Term {number}"}
    return Term.objects.create(**{**fields, **changes})


def make_patient(**changes: Any) -> Patient:
    return Patient.objects.create(**changes)


def make_case(**changes: Any) -> Case:
    """A draft on a patient of its own, without events or source."""
    if "patient" not in changes:
        changes["patient"] = make_patient()
    fields = {"title": f"Case {next(_numbers)}", "summary": "What happened, in short."}
    return Case.objects.create(**{**fields, **changes})


def make_event(case: Case | None = None, day: int | None = None, **changes: Any) -> Event:
    """On exactly day `day`; without one, at an unknown time unless `changes` gives the bounds."""
    case = case or make_case()
    fields: dict[str, Any] = {"category": Category.DIAGNOSIS, "label": f"Event {next(_numbers)}"}
    if day is not None:
        fields |= {"start_low": day, "start_high": day, "start_precision": "day"}
    fields["position"] = case.events.count()
    return Event.objects.create(case=case, **{**fields, **changes})


def make_lesion(case: Case | None = None, **changes: Any) -> Lesion:
    fields = {"label": f"Lesion {next(_numbers)}", "kind": LesionKind.METASTASIS}
    return Lesion.objects.create(case=case or make_case(), **{**fields, **changes})


def make_finding(event: Event | None = None, **changes: Any) -> ImagingFinding:
    event = event or make_event(category=Category.IMAGING)
    fields = {"case": event.case, "event": event, "position": event.findings.count()}
    return ImagingFinding.objects.create(**{**fields, **changes})


def make_measurement(finding: ImagingFinding | None = None, **changes: Any) -> Measurement:
    finding = finding or make_finding()
    fields = {"case": finding.case, "finding": finding, "dimension": Dimension.LONGEST}
    return Measurement.objects.create(**{**fields, "low_mm": "21", "high_mm": "21", **changes})


def make_result(event: Event | None = None, **changes: Any) -> LaboratoryResult:
    event = event or make_event(category=Category.LABORATORY)
    fields = {"case": event.case, "event": event, "position": event.results.count()}
    fields |= {"analyte": "Chromogranin A", "value": "250", "unit": "ng/mL"}
    return LaboratoryResult.objects.create(**{**fields, **changes})


def make_citation(
    target: Case | Event | ImagingFinding | None = None,
    reference: Reference | None = None,
    **changes: Any,
) -> Citation:
    """A citation on `target`, which is a case, an event or a finding."""
    target = target or make_case()
    case = target if isinstance(target, Case) else target.case
    fields: dict[str, Any] = {
        "case": case,
        "event": target if isinstance(target, Event) else None,
        "finding": target if isinstance(target, ImagingFinding) else None,
        "reference": reference or make_reference(),
        "role": Role.SUPPORTS,
        "position": case.citations.count(),
    }
    return Citation.objects.create(**{**fields, **changes})


def make_source(case: Case, reference: Reference | None = None) -> Citation:
    """What makes a case publishable beside its events: the report that it is told in."""
    return make_citation(case, reference, role=Role.SOURCE)


def make_timeline(case: Case, events: int = 3, findings: int = 1) -> list[Event]:
    """`events` imaging studies ten days apart, each with a cited study and `findings` findings.

    The first is day 0 where the case has none yet. Every finding has a lesion of its own, a
    size and a cited study.
    """
    made = []
    for number in range(events):
        is_index = number == 0 and not case.events.filter(is_index=True).exists()
        event = make_event(case, 10 * number, category=Category.IMAGING, is_index=is_index)
        make_citation(event)
        for _ in range(findings):
            finding = make_finding(event, lesion=make_lesion(case), modality="mri")
            make_measurement(finding)
            make_citation(finding)
        made.append(event)
    return made


def make_set_aside(event: Event, **changes: Any) -> DerivedSetAside:
    """The WHO grade that follows from `event`, or would, set aside."""
    fields = {"rule": "who_grade", "subject": f"event-{event.public_id}", "reason": "Counted anew."}
    return DerivedSetAside.objects.create(case=event.case, **{**fields, **changes})


def make_published_case(
    *,
    events: int = 3,
    findings: int = 1,
    results: int = 0,
    by: AbstractUser | None = None,
    **changes: Any,
) -> Case:
    """A case with its source and `make_timeline`'s rows, published as version 1.

    Where there are `results`, they stand in one more event.
    """
    case = make_case(**changes)
    make_source(case)
    make_timeline(case, events, findings)
    if results:
        laboratory = make_event(case, 10 * events, category=Category.LABORATORY)
        for _ in range(results):
            make_result(laboratory)
    cases.publish(case=case, by=by)
    case.refresh_from_db()
    return case


def make_ready(case: Case, by: AbstractUser | None = None, **checks: Any) -> Case:
    """Does what must be done before `case` can be published by any curator but those who do it
    here: every check is recorded, and it is handed in by `by`, a curator of its own by default."""
    curator = by or make_user(CURATOR)
    document = build_document(Case.objects.with_timeline().get(pk=case.pk))
    fields: dict[str, Any] = {
        "care": dict.fromkeys(ITEMS, "present"),
        "consent": "as_reported",
        "consent_note": "",
        "class_seen": like_cases(case, document)[0],
        **checks,
    }
    publishing.record_checks(case=case, by=curator, **fields)
    publishing.submit(case=case, by=curator)
    case.refresh_from_db()
    return case


def make_text(reference: Reference | None = None, text: str = "", **changes: Any) -> SourceText:
    """An abstract in English that may be shown."""
    fields = {"language": "en", "depth": "abstract", "licence": "CC BY 4.0", "shown_as": "full"}
    return SourceText.objects.create(
        reference=reference or make_reference(),
        text=text or "A text to quote from.",
        **{**fields, **changes},
    )
