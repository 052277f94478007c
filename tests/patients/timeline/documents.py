"""Case documents made up for the figure, without a database."""

from __future__ import annotations

from patients.clinical_time import Bounds, chronological
from patients.document.model import (
    CaseDocument,
    CitationData,
    DrugData,
    DurationData,
    EventData,
    EventTime,
    FindingData,
    LesionData,
    MeasurementData,
    PatientData,
    TimeData,
)

UNKNOWN = (None, None)


def time_data(low, high, words="") -> TimeData:
    return TimeData(low, high, "", words, words or "then", "")


def event(place, low=0, high=0, **told) -> EventData:
    """An event exact to day `low`, or within its bounds; `end`, `lasting`, `ongoing`, `label`."""
    end, lasting = told.get("end"), told.get("lasting")
    if end is None and lasting is not None:
        end = (None if low is None else low + lasting, None if high is None else high + lasting)
    return EventData(
        id=f"EV{place}",
        case="CB-TESTTES",
        number=place + 1,
        category=told.get("category", "imaging"),
        label=told.get("label", f"Event {place}"),
        term=None,
        site=None,
        detail="",
        is_index=(low, high) == (0, 0) and place == 0,
        time=EventTime(
            start=time_data(low, high, told.get("words", "")),
            end=time_data(*end) if end is not None else None,
            ongoing=told.get("ongoing", False),
            duration=DurationData(lasting, lasting, "", f"{lasting} days") if lasting else None,
            anchor=None,
            words="then",
        ),
        drug=told.get("drug"),
        procedure=None,
        pathology=None,
        outcome="",
        findings=[],
        citations=[citation(number) for number in told.get("cites", ())],
    )


def every_four_weeks() -> DrugData:
    return DrugData("30", "mg", "", "every 4 weeks", 1, 28, "")


def citation(number: int) -> CitationData:
    return CitationData(
        f"CI{number}", "CB-TESTTES", None, None, f"RF{number}", number, "source", None, "", "", "",
        "",
    )  # fmt: skip


def document(events, *, lesions=(), findings=(), title="A case", year=None) -> CaseDocument:
    """Events are put in time order as the case document does."""
    times = [Bounds(*_bounds(row), _precision(row)) for row in events]
    ordered = [events[place] for place in chronological(times)]
    return CaseDocument(
        schema_version=1, accession="CB-TESTTES", title=title, summary="",
        patient=PatientData("P", "", "", None, None, ""), diagnosis=None, primary_site=None,
        day_zero_year=year, source=None, events=ordered, imaging_findings=list(findings),
        lesions=list(lesions), citations=[], references=[], problems=[],
    )  # fmt: skip


def _bounds(row):
    return row.time.start.low, row.time.start.high


def _precision(row):
    low, high = _bounds(row)
    if low is None or high is None:
        return "unknown" if low is high else ("before" if low is None else "after")
    return "day" if low == high else "year"


def sized_lesion(sizes) -> tuple[LesionData, list[FindingData]]:
    """A lesion with a longest diameter in mm at each event, by the event's place."""
    findings = [
        FindingData(
            id=f"FI{place}", case="CB-TESTTES", event=f"EV{place}", modality="", site=None,
            lesion="LE", description="", enhancement="", change="", patency="", citations=[],
            measurements=[
                MeasurementData(
                    f"ME{place}", "CB-TESTTES", f"FI{place}", f"EV{place}", "LE", "longest",
                    low, high,
                )
            ],
        )
        for place, (low, high) in sizes.items()
    ]  # fmt: skip
    lesion = LesionData("LE", "Liver mass", "tumour", None, "", [row.id for row in findings])
    return lesion, findings
