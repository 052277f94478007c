"""Cases that may be of one patient: found by the worker, decided by people, taken back by them."""

from __future__ import annotations

from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from literature.duplicates.work import work_of
from literature.models import Reference
from patients.actions import cases, writers
from patients.document import CaseDocument, build_document, from_builtins
from patients.likeness.trace import RULES, YEARS_APART, Trace, keys_of, suspicion, trace_of
from patients.models import Case, Listing, Patient, PatientTrace, SamePatientPair
from patients.vocabulary import Audience, SamePatientState, Sex, Status

BATCH = 20
LATEST = 50
MOST_COMPARED = 200
"""Cases that share an author, sex and age with one. More of them are a common name."""
UNDECIDED = (SamePatientState.OPEN, SamePatientState.LATER)
DECISIONS = (SamePatientState.SAME, SamePatientState.DISTINCT, SamePatientState.LATER)


# -- finding ------------------------------------------------------------------------------------


def look_at_latest() -> int:
    """Looks at cases that were changed lately and not looked at since; how many."""
    latest = Listing.objects.filter(audience=Audience.WORKING).order_by("-listed_at", "-pk")
    seen = dict(
        PatientTrace.objects.filter(case__in=latest.values("case")[:LATEST]).values_list(
            "case", "listed_at"
        )
    )
    rows = latest.values_list("case", "listed_at")[:LATEST]
    waiting = [case for case, at in rows if seen.get(case) != at][:BATCH]
    for case in waiting:
        look_at(key=case)
    return len(waiting)


def look_after(last: int) -> int | None:
    """Looks at the next cases after the one with key `last` that were not looked at since their
    last change; gives the key to go on after, None where there are no more."""
    seen = PatientTrace.objects.filter(
        case=OuterRef("case"), listed_at=OuterRef("listed_at"), rules=RULES
    )
    rows = Listing.objects.filter(~Exists(seen), audience=Audience.WORKING, case__gt=last)
    waiting = list(rows.order_by("case").values_list("case", flat=True)[:BATCH])
    for case in waiting:
        look_at(key=case)
    return waiting[-1] if waiting else None


@transaction.atomic
def look_at(*, key: int) -> list[SamePatientPair]:
    """Takes down what tells the patient of a case from others, and keeps the pairs that follow.

    Pairs that nobody has decided on and that do not follow any more go; decisions stay.
    """
    case = Case.objects.with_timeline().filter(pk=key).first()
    if case is None:
        return []
    told = dict(Listing.objects.filter(case=key).values_list("audience", "listed_at"))
    trace = trace_of(*_document_and_authors(case, told))
    PatientTrace.objects.update_or_create(
        case_id=key,
        defaults={
            "listed_at": told.get(Audience.WORKING) or timezone.now(),
            "rules": RULES,
            "trace": msgspec.to_builtins(trace),
            "keys": keys_of(trace),
        },
    )
    found = [] if case.status == Status.WITHDRAWN else _suspicions(case, trace)
    _pairs_of(case).filter(state=SamePatientState.OPEN).exclude(
        pk__in=[pair.pk for pair in found]
    ).delete()
    return found


def _document_and_authors(case: Case, listed: dict[str, Any]) -> tuple[CaseDocument, list[str]]:
    """The document as curators have it; that of the version where nothing was changed since."""
    version = None
    if case.status == Status.PUBLISHED and listed.get(Audience.PUBLIC) == listed.get(
        Audience.WORKING
    ):
        version = case.versions.filter(is_current=True).first()
    document = from_builtins(version.document) if version else build_document(case)
    source = Reference.objects.filter(public_id=document.source or "").values_list("csl", flat=True)
    authors = [author for csl in source for author in work_of(csl).authors]
    return document, [f"{author.name} {author.initial}".strip() for author in authors]


def _suspicions(case: Case, trace: Trace) -> list[SamePatientPair]:
    asked = keys_of(trace, beside=YEARS_APART)
    if not asked:
        return []
    others = (
        PatientTrace.objects.filter(keys__overlap=asked)
        .exclude(case=case.pk)
        .exclude(case__patient=case.patient_id)
        .exclude(case__status=Status.WITHDRAWN)
    )
    found = []
    for row in others[:MOST_COMPARED]:
        told = suspicion(trace, msgspec.convert(row.trace, Trace))
        if told is not None:
            found.append(_keep(case.pk, row.pk, told.weight, told.reasons))
    return found


def _keep(one: int, other: int, weight: int, reasons: list[str]) -> SamePatientPair:
    """The pair, with what speaks for it now; one that was decided stays as it was."""
    first, second = sorted((one, other))
    pair, made = SamePatientPair.objects.get_or_create(
        first_id=first, second_id=second, defaults={"weight": weight, "reasons": reasons}
    )
    if not made and pair.state in UNDECIDED and (pair.weight, pair.reasons) != (weight, reasons):
        pair.weight, pair.reasons = weight, reasons
        pair.save(update_fields=["weight", "reasons"])
    return pair


def _pairs_of(case: Case) -> Any:
    return SamePatientPair.objects.filter(Q(first=case.pk) | Q(second=case.pk))


# -- deciding -----------------------------------------------------------------------------------


@transaction.atomic
def decide(*, pair: SamePatientPair, decision: str, by: Any) -> SamePatientPair:
    """Records what a person says to a pair; the same patient gives all cases of both one.

    Raises ValidationError where it was decided meanwhile, or the two patients contradict each
    other.
    """
    if decision not in DECISIONS:
        raise ValidationError("Choose one of the answers.")
    locked = _locked(pair)
    if locked.state not in UNDECIDED:
        raise ValidationError(f"This is decided already: {locked.get_state_display().lower()}.")
    if decision == SamePatientState.SAME:
        _give_one_patient(locked, by)
    locked.state = SamePatientState(decision)
    locked.decided_by = by if getattr(by, "pk", None) else None
    locked.decided_at = timezone.now()
    locked.save()
    return locked


@transaction.atomic
def take_back(*, pair: SamePatientPair, by: Any) -> SamePatientPair:
    """The pair waits for a decision again; cases that were given another patient by it get theirs
    back. Raises ValidationError where that is not possible any more."""
    locked = _locked(pair)
    if locked.state == SamePatientState.OPEN:
        raise ValidationError("There is nothing to take back: it is not decided.")
    moved = {int(case): patient for case, patient in locked.moved.items()}
    for case in _locked_cases(Q(pk__in=moved)):
        if case.patient_id != locked.patient_id:
            raise ValidationError(
                f"{case.accession} has been given another patient since: mend it there."
            )
        if not Patient.objects.filter(pk=moved[case.pk]).exists():
            raise ValidationError(f"The patient that {case.accession} had is not there any more.")
        _give(case, moved[case.pk], by)
    locked.state, locked.patient, locked.moved = SamePatientState.OPEN, None, {}
    locked.decided_by = locked.decided_at = None
    locked.save()
    return locked


def _locked(pair: SamePatientPair) -> SamePatientPair:
    found = SamePatientPair.objects.select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if found is None:
        raise ValidationError("This pair is not there any more: one of the cases was changed.")
    return found


def _locked_cases(wanted: Q) -> list[Case]:
    """Always in one order, so that two writers cannot wait for each other."""
    return list(Case.objects.filter(wanted).order_by("pk").select_for_update())


def _give_one_patient(pair: SamePatientPair, by: Any) -> None:
    patients = Patient.objects.filter(cases__in=[pair.first_id, pair.second_id]).distinct()
    both = {patient.pk: patient for patient in patients}
    touched = _locked_cases(Q(patient__in=both))
    first = next(case.patient_id for case in touched if case.pk == pair.first_id)
    second = next(case.patient_id for case in touched if case.pk == pair.second_id)
    if first == second:
        raise ValidationError("The two cases have one patient already.")
    kept, gone = both[first], both[second]
    _refuse_contradictions(kept, gone)
    if len(_reported(gone)) > len(_reported(kept)):
        kept, gone = gone, kept
    moved = [case for case in touched if case.patient_id == gone.pk]
    for case in moved:
        _give(case, kept.pk, by)
    pair.patient, pair.moved = kept, {str(case.pk): gone.pk for case in moved}


def _reported(patient: Patient) -> list[str]:
    return [value for value in (patient.sex, patient.country) if value]


def _refuse_contradictions(one: Patient, other: Patient) -> None:
    for words, a, b in (
        ("sex", *(Sex(each.sex).label if each.sex else "" for each in (one, other))),
        ("country", one.country, other.country),
    ):
        if a and b and a != b:
            raise ValidationError(
                f"The two patients have another {words} each, {a} and {b}: mend one of them first."
            )


def _give(case: Case, patient: int, by: Any) -> None:
    """The working record alone; readers see it with the next version."""
    Case.objects.filter(pk=case.pk).update(patient=patient, updated_at=timezone.now())
    cases.refresh(case=case)
    writers.note(case=case, by=by)
