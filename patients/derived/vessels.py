"""The course of a vessel, from what each study says of its flow. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from patients.derived.model import Derived, Input, Rule
from patients.document.model import CaseDocument, FindingData
from patients.vocabulary import LesionKind, Patency

RULE: Final = Rule(
    key="vessel_course",
    name="Course of the vessel",
    source="Casebase’s own: what each study says of flow and thrombus, in order of time",
    note="“Recanalised” is derived only where a study documents flow and no thrombus.",
)
CLOSED: Final = frozenset({Patency.THROMBOSED, Patency.TUMOUR_THROMBUS})
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
    numbers = {event.id: event.number for event in document.events}
    by_vessel: dict[str, list[FindingData]] = defaultdict(list)
    for finding in document.imaging_findings:
        if finding.patency and finding.site is not None:
            by_vessel[finding.site.slug].append(finding)
    thrombi = {row.id for row in document.lesions
               if row.kind in (LesionKind.THROMBUS, LesionKind.TUMOUR_THROMBUS)}  # fmt: skip
    for findings in by_vessel.values():
        findings.sort(key=lambda row: numbers[row.event])
        for at in range(1, len(findings)):
            if findings[at].event != findings[at - 1].event:
                yield _course(document, findings[: at + 1], thrombi)


def _course(document: CaseDocument, findings: list[FindingData], thrombi: set[str]) -> Derived:
    before, now = findings[-2], findings[-1]
    labels = {event.id: event.label for event in document.events}
    assert now.site is not None
    inputs = tuple(
        Input(f"{Patency(row.patency).label} ({labels[row.event]})", f"finding-{row.id}")
        for row in (before, now)
    )
    heading, target = now.site.display, f"finding-{now.id}"
    reported = now.patency if now.patency in ("recanalised", "partly_recanalised") else ""
    result, reason = _step(document, findings, thrombi)
    if reason:
        return Derived(RULE, target, heading, inputs, reason=reason, reported=reported)
    return Derived(RULE, target, heading, inputs, result, WORDS[result], reported=reported)


def _step(
    document: CaseDocument, findings: list[FindingData], thrombi: set[str]
) -> tuple[str, str]:
    """A result, or the reason for none."""
    states = [Patency(row.patency) for row in findings]
    before, now = states[-2], states[-1]
    was_closed = any(state not in (Patency.PATENT, Patency.RECANALISED) for state in states[:-1])
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
    if now == Patency.PATENT and _thrombus_remains(document, findings[-1], thrombi):
        return "", "Flow is documented, but so is a thrombus in the same study."
    if now == Patency.RECANALISED:
        return "", "The report calls it recanalised; no study here documents flow."
    return "recanalised", ""


def _thrombus_remains(document: CaseDocument, now: FindingData, thrombi: set[str]) -> bool:
    return any(
        row.lesion in thrombi and row.change != "resolved"
        for row in document.imaging_findings
        if row.event == now.event and (row.site is None or row.site == now.site)
    )
