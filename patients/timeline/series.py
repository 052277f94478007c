"""What is followed over time, as tracks: sizes, laboratory values, the course of a vessel."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum

from patients.document.model import (
    CaseDocument,
    EventData,
    FindingData,
    LesionData,
    MeasurementData,
)
from patients.timeline import text
from patients.timeline.marks import Mark, label_in
from patients.timeline.options import Language
from patients.timeline.wording import label_of, phrases
from patients.vocabulary import Dimension

MOST_TRACKS = 12


class TrackKind(StrEnum):
    VALUES = "values"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Point:
    """One value or state at one event. `low` and `high` are equal where the value is exact."""

    mark: int
    """The place of its event in time order."""
    words: str
    low: float | None = None
    high: float | None = None
    state: str = ""
    """A value of `Patency` or `Change`."""


@dataclass(frozen=True, slots=True)
class Track:
    kind: TrackKind
    title: str
    notes: tuple[str, ...]
    """Unit, baseline and reference range, one a line."""
    points: tuple[Point, ...]
    band: tuple[float, float] | None = None
    """The reference range that the report gives."""

    @property
    def shows_states(self) -> bool:
        return any(point.state for point in self.points)


def tracks_of(document: CaseDocument, marks: list[Mark], language: Language) -> list[Track]:
    """Lesions with sizes first, then courses told in words, then laboratory values."""
    places = {mark.event.id: mark.place for mark in marks}
    findings = {row.id: row for row in document.imaging_findings if row.event in places}
    series = [
        (lesion, [findings[key] for key in lesion.findings if key in findings])
        for lesion in document.lesions
    ]
    labels = {mark.event.id: mark.label for mark in marks}
    sizes = [_size_track(*row, places, labels, language) for row in series]
    courses = [
        _course_track(*row, places, language)
        for row, size in zip(series, sizes, strict=True)
        if size is None or any(finding.patency for finding in row[1])
    ]
    values = _value_tracks([mark.event for mark in marks], places, language)
    return [track for track in (*sizes, *courses, *values) if track is not None]


def _lesion_label(lesion: LesionData, language: Language) -> str:
    """Its own label; in Chinese its site where the label was not translated but the site was."""
    site = lesion.site.display_zh if lesion.site else ""
    return label_in(language, lesion.label, lesion.label_zh or site)


def _size_track(
    lesion: LesionData,
    findings: list[FindingData],
    places: dict[str, int],
    labels: dict[str, str],
    language: Language,
) -> Track | None:
    """One dimension through the series: the one that is reported most often, the longest first."""
    by_dimension: dict[str, list[MeasurementData]] = defaultdict(list)
    for finding in findings:
        for row in finding.measurements:
            by_dimension[row.dimension].append(row)
    if not by_dimension:
        return None
    order = list(Dimension.values)
    dimension = max(by_dimension, key=lambda name: (len(by_dimension[name]), -order.index(name)))
    rows = by_dimension[dimension]
    baseline = rows[0]
    notes = [f"{label_of(dimension, language)}, mm"]
    if len(rows) > 1 and _is_exact(baseline):
        notes.append(phrases(language).baseline.format(label=labels[baseline.event]))
    points = [
        Point(places[row.event], _size_words(row, baseline), float(row.low_mm), float(row.high_mm))
        for row in rows
    ]
    kind = TrackKind.VALUES if len(points) > 1 else TrackKind.COURSE
    if kind is TrackKind.COURSE:
        notes, points = [], [replace(points[0], words=f"{points[0].words} mm")]
    return Track(kind, _lesion_label(lesion, language), tuple(notes), tuple(points))


def _is_exact(row: MeasurementData) -> bool:
    return row.low_mm == row.high_mm and float(row.low_mm) > 0


def _size_words(row: MeasurementData, baseline: MeasurementData) -> str:
    """`48 (−23 %)`; without a percentage where either size is a range."""
    if row.low_mm != row.high_mm:
        return f"{row.low_mm}–{row.high_mm}"
    if row is baseline or not (_is_exact(baseline) and _is_exact(row)):
        return row.low_mm
    change = round(100 * (float(row.low_mm) / float(baseline.low_mm) - 1))
    return f"{row.low_mm} ({'±0' if change == 0 else f'{change:+d}'} %)".replace("-", "−")


def _course_track(
    lesion: LesionData, findings: list[FindingData], places: dict[str, int], language: Language
) -> Track | None:
    points = []
    for finding in findings:
        state = finding.patency or finding.change
        if state:
            points.append(Point(places[finding.event], label_of(state, language), state=state))
    if not points:
        return None
    return Track(TrackKind.COURSE, _lesion_label(lesion, language), (), tuple(points))


def _value_tracks(
    events: list[EventData], places: dict[str, int], language: Language
) -> list[Track]:
    """Laboratory values that are reported at least twice in one unit."""
    rows = defaultdict(list)
    for event in events:
        for result in event.results:
            rows[result.analyte.casefold(), result.unit].append((event, result))
    tracks = []
    for found in rows.values():
        if len(found) < 2:
            continue
        first = found[0][1]
        name = first.analyte
        if language is Language.CHINESE and first.term and first.term.display_zh:
            name = first.term.display_zh
        band = _band(first.reference_low, first.reference_high)
        notes = [first.unit] if first.unit else []
        if band:
            notes.append(
                phrases(language).reference_range.format(
                    low=first.reference_low or "0", high=first.reference_high
                )
            )
        points = tuple(
            Point(
                places[event.id],
                f"{result.comparator}{result.value}",
                float(result.value),
                float(result.value),
            )
            for event, result in found
        )
        tracks.append(Track(TrackKind.VALUES, text.clean(name), tuple(notes), points, band))
    return tracks


def _band(low: str, high: str) -> tuple[float, float] | None:
    return (float(low or 0), float(high)) if high else None
