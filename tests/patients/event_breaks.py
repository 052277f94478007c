"""One write for each way to violate a constraint of events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F

from patients.clinical_time import MAX_DAYS
from patients.models import Event
from tests.constraints import Break, update
from tests.make import make_event

BOUNDS_THAT_DO_NOT_FIT = [
    ("day", 1, 2), ("day", None, 1), ("day", 1, None), ("day", None, None),
    ("week", None, 7), ("week", 1, None), ("week", None, None),
    ("month", None, 30), ("month", 1, None), ("year", None, 365), ("year", 0, None),
    ("before", 0, 1), ("before", 1, None), ("before", None, None),
    ("after", 0, 1), ("after", None, 1), ("after", None, None),
    ("unknown", 0, None), ("unknown", None, 0), ("unknown", 0, 0),
    ("hour", 1, 1), ("", 1, 1), ("", 1, None), ("", None, 1),
]  # fmt: skip
TOO_FAR = [
    ("day", MAX_DAYS + 1, MAX_DAYS + 1), ("day", -MAX_DAYS - 1, -MAX_DAYS - 1),
    ("before", None, MAX_DAYS + 1), ("after", -MAX_DAYS - 1, None),
    ("year", 0, MAX_DAYS + 1), ("year", -MAX_DAYS - 1, 0),
]  # fmt: skip


def event(category: str = "imaging", **changes: Any) -> Callable[[], None]:
    """Changes an event that is fine until then."""
    return lambda: update(make_event(category=category), **changes)


def bounds(prefix: str, precision: str, low: int | None, high: int | None) -> Callable[[], None]:
    return event(**{f"{prefix}_precision": precision, f"{prefix}_low": low, f"{prefix}_high": high})


def event_of_unknown_category() -> None:
    update(make_event(), category="rumour")


def second_index() -> None:
    first = make_event(day=0, is_index=True)
    make_event(first.case, day=0, is_index=True)


def index_elsewhere(**changes: Any) -> Callable[[], None]:
    return lambda: update(make_event(day=0, is_index=True), **changes)


def anchored_index() -> None:
    anchor = make_event(day=0)
    update(make_event(anchor.case, day=0, is_index=True), anchor=anchor)


def from_day_ten(**changes: Any) -> Callable[[], None]:
    return lambda: update(make_event(day=10), **changes)


def both_ends() -> list[Break]:
    """Start and end obey the same rules, but for an event that need not have an end."""
    breaks: list[Break] = []
    for prefix in ("start", "end"):
        named = f"event_{prefix}"
        breaks += [
            (f"{named}_fits_precision", bounds(prefix, *row)) for row in BOUNDS_THAT_DO_NOT_FIT
        ]
        breaks += [(f"{named}_within_150_years", bounds(prefix, *row)) for row in TOO_FAR]
        breaks.append((f"{named}_low_to_high", bounds(prefix, "month", 5, 3)))
    breaks.append(("event_start_fits_precision", bounds("start", "", None, None)))
    return breaks


def calendar_dates() -> list[Break]:
    dated = {"frequency": "drug"}
    fields = ("start_reported_as", "end_reported_as", "duration_reported_as", "frequency")
    words = ("in June 2016", "2016-06-12", "2016年6月")
    return [
        (f"event_{field}_no_date", event(dated.get(field, "imaging"), **{field: text}))
        for field in fields
        for text in words
    ]


EVENT_BREAKS: list[Break] = [
    *both_ends(),
    *calendar_dates(),
    ("event_one_index_a_case", second_index),
    ("event_index_is_day_zero", index_elsewhere(start_low=1, start_high=1)),
    ("event_index_is_day_zero", index_elsewhere(start_precision="year")),
    ("event_index_is_day_zero", index_elsewhere(
        start_precision="unknown", start_low=None, start_high=None)),
    ("event_index_is_day_zero", index_elsewhere(start_precision="before", start_low=None)),
    ("event_index_is_day_zero", anchored_index),
    ("event_not_own_anchor", event(anchor=F("id"))),
    ("event_end_not_before_start", from_day_ten(end_low=9, end_high=9, end_precision="day")),
    ("event_end_not_before_start", from_day_ten(end_high=9, end_precision="before")),
    ("event_ongoing_has_no_end", event(ongoing=True, end_precision="unknown")),
    ("event_ongoing_has_no_end", event(ongoing=True, duration_low=1, duration_high=2)),
    ("event_duration_bounds", event(duration_low=1)),
    ("event_duration_bounds", event(duration_high=1)),
    ("event_duration_bounds", event(duration_low=2, duration_high=1)),
    ("event_duration_bounds", event(duration_low=2, duration_high=MAX_DAYS + 1)),
    ("event_duration_bounds", event(duration_low=1, duration_high=2, end_precision="unknown")),
    ("event_dose_has_unit", event("drug", dose=30)),
    ("event_dose_has_unit", event("drug", dose=0, dose_unit="mg")),
    ("event_frequency_complete", event("drug", frequency_times=2)),
    ("event_frequency_complete", event("drug", frequency_days=1)),
    ("event_frequency_complete", event("drug", frequency_times=0, frequency_days=1)),
    ("event_frequency_complete", event("drug", frequency_times=1, frequency_days=0)),
    ("event_dose_only_of_drug", event(dose=30, dose_unit="mg")),
    ("event_dose_only_of_drug", event(dose_unit="mg")),
    ("event_dose_only_of_drug", event(route="oral")),
    ("event_dose_only_of_drug", event(frequency="twice a day")),
    ("event_dose_only_of_drug", event(brand="Brand")),
    ("event_dose_only_of_drug", event(frequency_times=2, frequency_days=1)),
    ("event_device_only_of_procedure", event("drug", approach="laparoscopic")),
    ("event_device_only_of_procedure", event("drug", device="microspheres")),
    ("event_device_only_of_procedure", event("drug", agent="ethanol")),
    ("event_device_only_of_procedure", event(device_low_um=100, device_high_um=300)),
    ("event_device_size_bounds", event("intervention", device_low_um=100)),
    ("event_device_size_bounds", event("intervention", device_high_um=300)),
    ("event_device_size_bounds", event("surgery", device_low_um=300, device_high_um=100)),
    ("event_grade_only_of_pathology", event(markers=[{"marker": "CgA", "result": "positive"}])),
    ("event_grade_only_of_pathology", event(ki67_low=1, ki67_high=2)),
    ("event_grade_only_of_pathology", event(mitoses=1, mitoses_per="2 mm²")),
    ("event_grade_only_of_pathology", event(grade="G1")),
    ("event_ki67_bounds", event("pathology", ki67_low=1)),
    ("event_ki67_bounds", event("pathology", ki67_high=1)),
    ("event_ki67_bounds", event("pathology", ki67_low=2, ki67_high=1)),
    ("event_ki67_bounds", event("pathology", ki67_low=-1, ki67_high=1)),
    ("event_ki67_bounds", event("pathology", ki67_low=1, ki67_high=101)),
    ("event_mitoses_per_area", event("pathology", mitoses=1)),
    ("event_mitoses_per_area", event("pathology", mitoses_per="2 mm²")),
    ("event_mitoses_per_area", event("pathology", mitoses=-1, mitoses_per="2 mm²")),
    ("event_outcome_only_of_outcome", event(outcome="died")),
    ("event_category_known", event_of_unknown_category),
    ("event_grade_known", event("pathology", grade="G9")),
    ("event_outcome_known", event("outcome", outcome="cured")),
]  # fmt: skip


def allowed_events() -> list[Event]:
    """The nearest neighbours of what is refused above: each is a record that may be kept."""
    ends = {"start_low": 10, "start_high": 10, "start_precision": "day"}
    return [
        make_event(day=MAX_DAYS),
        make_event(start_precision="before", start_high=-MAX_DAYS),
        make_event(start_precision="year", start_low=0, start_high=365, end_precision="after",
                   end_low=3),
        make_event(**ends, end_precision="day", end_low=10, end_high=10),
        make_event(**ends, end_precision="before", end_high=10),
        make_event(**ends, end_precision="unknown"),
        make_event(**ends, ongoing=True),
        make_event(day=0, is_index=True, duration_low=1, duration_high=MAX_DAYS),
        make_event(category="drug", dose="0.4", dose_unit="ml", frequency_times=2,
                   frequency_days=1, frequency="twice a day", brand="Brand", route="subcutaneous"),
        make_event(category="intervention", device_low_um=100, device_high_um=300),
        make_event(category="pathology", ki67_low=0, ki67_high=100, mitoses=0, mitoses_per="HPF"),
        make_event(category="outcome", outcome="died"),
    ]  # fmt: skip
