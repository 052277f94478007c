"""A case document → what of it is compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from patients.document import CaseDocument
from patients.document.model import TermData
from patients.likeness.model import Features, Finding, Named, Treatment, Vein
from patients.vocabulary import TREATMENTS, Category, LesionKind, Patency

RULES: Final = 1
"""One more whenever what is made of a document changes, or how two are compared: all is then made
and looked at anew."""
THROMBI: Final = (LesionKind.THROMBUS, LesionKind.TUMOUR_THROMBUS)
MOST_TREATMENTS: Final = 20
"""Different ones, in order of time; what comes after so many says little of likeness."""
MOST_REFERENCES: Final = 200


def features_of(document: CaseDocument) -> Features:
    patient = document.patient
    return Features(
        diagnosis=_named(document.diagnosis),
        also_diagnosed=_also_diagnosed(document),
        site=_named(document.primary_site),
        veins=_veins(document),
        findings=_findings(document),
        treatments=_treatments(document),
        references=[reference.id for reference in document.references[:MOST_REFERENCES]],
        sex=patient.sex,
        age_low=patient.age_low,
        age_high=patient.age_high,
        age_words=patient.age_words,
    )


def _named(term: TermData | None) -> Named | None:
    return None if term is None else Named(term.slug, term.display)


def _also_diagnosed(document: CaseDocument) -> list[Named]:
    terms = [event.term for event in document.events if event.category == Category.DIAGNOSIS]
    own = document.diagnosis.slug if document.diagnosis else ""
    return [named for named in _once(terms) if named.slug != own]


def _once(terms: Iterable[TermData | None]) -> list[Named]:
    return list({term.slug: Named(term.slug, term.display) for term in terms if term}.values())


def _veins(document: CaseDocument) -> list[Vein]:
    """Those of which a study says more than that they were open."""
    numbers = {event.id: event.number for event in document.events}
    sites: dict[str, Named] = {}
    states: dict[str, list[str]] = {}
    for finding in sorted(document.imaging_findings, key=lambda row: numbers.get(row.event, 0)):
        if finding.site is None or not finding.patency:
            continue
        sites[finding.site.slug] = Named(finding.site.slug, finding.site.display)
        course = states.setdefault(finding.site.slug, [])
        if course[-1:] != [finding.patency]:
            course.append(finding.patency)
    involved = {slug for slug, course in states.items() if set(course) != {Patency.PATENT}}
    for lesion in document.lesions:
        if lesion.kind in THROMBI and lesion.site is not None:
            sites.setdefault(lesion.site.slug, Named(lesion.site.slug, lesion.site.display))
            involved.add(lesion.site.slug)
    return [Vein(sites[slug], states.get(slug, [])) for slug in sorted(involved)]


def _findings(document: CaseDocument) -> list[Finding]:
    """Lesions but for thrombi, which are told with their vein."""
    found = {
        (lesion.kind, lesion.site.slug if lesion.site else ""): Finding(
            lesion.kind, _named(lesion.site)
        )
        for lesion in document.lesions
        if lesion.kind not in THROMBI
    }
    return [found[key] for key in sorted(found)]


def _treatments(document: CaseDocument) -> list[Treatment]:
    found: dict[tuple[str, str], Treatment] = {}
    for event in document.events:
        if event.category in TREATMENTS:
            key = (event.category, event.term.slug if event.term else "")
            found.setdefault(key, Treatment(event.category, _named(event.term)))
    return list(found.values())[:MOST_TREATMENTS]
