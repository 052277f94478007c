"""The course of a vessel, from what each study says of its flow. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from patients.derived.model import Derived, Input, Rule
from patients.document.model import CaseDocument, FindingData
from patients.vocabulary import Change, LesionKind, Patency

RULE: Final = Rule(
    key="vessel_course",
    name="Course of the vessel",
    source="Casebase’s own: what each study says of flow and thrombus, in order of time",
    note="“Recanalised” is derived only where a study documents flow and no thrombus.",
)
OPEN: Final = frozenset({Patency.PATENT, Patency.RECANALISED})
CLOSED: Final = frozenset({Patency.THROMBOSED, Patency.TUMOUR_THROMBUS})
THROMBUS_THERE: Final = "Flow is documented, but so is a thrombus in the same study."
WORDS: Final = {
    "developed": "A thrombus developed between the two studies.",
    "recurred": "The vessel was open in between, and is thrombosed again.",
    "progressed": "A vessel that was partly open is closed.",
    "stable": "As in the study before.",
    "partly_recanalised": "Partly open again.",
    "recanalised": "Flow is documented where the vessel was closed before, and no thrombus.",
    "patent": "Open, as before.",
}


def courses(document: CaseDocument) -> Iterator[Derived]:
    """For each vessel, one for every study after the first that says something of its flow."""
    labels = {event.id: event.label for event in document.events}
    thrombi = _thrombi_by_event(document)
    for findings in findings_of_vessels(document).values():
        states = [Patency(row.patency) for row in findings]
        was_closed = False
        for at in range(1, len(findings)):
            before, now = findings[at - 1], findings[at]
            was_closed = was_closed or states[at - 1] not in OPEN
            if now.event != before.event:
                result, reason = _step(states[at - 1], states[at], was_closed)
                if result == "recanalised" and _thrombus_remains(thrombi[now.event], now):
                    result, reason = "", THROMBUS_THERE
                yield _course(before, now, labels, result, reason)


def findings_of_vessels(document: CaseDocument) -> dict[str, list[FindingData]]:
    """Those that say something of the flow, in order of time, by the slug of the vessel."""
    numbers = {event.id: event.number for event in document.events}
    by_vessel: dict[str, list[FindingData]] = defaultdict(list)
    for finding in document.imaging_findings:
        if finding.patency and finding.site is not None:
            by_vessel[finding.site.slug].append(finding)
    for findings in by_vessel.values():
        findings.sort(key=lambda row: numbers[row.event])
    return by_vessel


def _course(
    before: FindingData, now: FindingData, labels: Mapping[str, str], result: str, reason: str
) -> Derived:
    assert now.site is not None
    inputs = tuple(
        Input(f"{Patency(row.patency).label} ({labels[row.event]})", f"finding-{row.id}")
        for row in (before, now)
    )
    reported = now.patency if now.patency in ("recanalised", "partly_recanalised") else ""
    return Derived(
        RULE, f"finding-{now.id}", now.site.display, inputs, result,
        WORDS[result] if result else "", reason,
        reported, str(Patency(reported).label) if reported else "",
    )  # fmt: skip


def _step(before: Patency, now: Patency, was_closed: bool) -> tuple[str, str]:
    """A result, or the reason for none. `was_closed` is whether any study before says so."""
    if Patency.OBSTRUCTED in (before, now) and before != now:
        return "", "“Obstructed” does not say whether by a thrombus or from outside."
    if now in CLOSED:
        if before in CLOSED:
            return "stable", ""
        if before == Patency.PARTLY_RECANALISED:
            return "progressed", ""
        return ("recurred" if was_closed else "developed"), ""
    if now == Patency.PARTLY_RECANALISED:
        return ("stable" if before == now else "partly_recanalised"), ""
    if now == before:
        return ("patent" if now == Patency.PATENT else "stable"), ""
    if not was_closed:
        return "patent", ""
    if now == Patency.RECANALISED:
        return "", "The report calls it recanalised; no study here documents flow."
    return "recanalised", ""


def _thrombi_by_event(document: CaseDocument) -> dict[str, list[FindingData]]:
    """Findings of thrombi that are not said to be gone."""
    thrombi = {row.id for row in document.lesions
               if row.kind in (LesionKind.THROMBUS, LesionKind.TUMOUR_THROMBUS)}  # fmt: skip
    found: dict[str, list[FindingData]] = defaultdict(list)
    for row in document.imaging_findings:
        if row.lesion in thrombi and row.change != Change.RESOLVED:
            found[row.event].append(row)
    return found


def _thrombus_remains(thrombi: Sequence[FindingData], now: FindingData) -> bool:
    return any(row.site is None or row.site == now.site for row in thrombi)
