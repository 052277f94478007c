"""Cases around the words under test. Every time in them is exact, so that sums are easy to check.

The event timed is told after octreotide: what names no event counts from there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from patients.clinical_time import Bounds, Precision
from patients.reported_time import Context, KnownEvent
from patients.reported_time.model import UNKNOWN


def event(id: str, category: str, label: str, day: int | Bounds, *names: str) -> KnownEvent:
    start = Bounds(day, day) if isinstance(day, int) else day
    return KnownEvent(f"@{id}", label, category, start, is_index=day == 0, told=start, names=names)


PAIN = event("pain", "presentation", "Abdominal pain", 0, "腹痛")
MRI = event("mri", "imaging", "Enhanced MRI", 2, "MRI", "磁共振")
SURGERY = event("surgery", "surgery", "Right hepatectomy", 10, "右半肝切除术")
DISCHARGE = event("discharge", "follow_up", "Discharge", 20, "出院")
TAE = event("tae", "intervention", "Hepatic artery embolisation", 400, "TAE", "肝动脉栓塞术")
TACE = event("tace", "intervention", "TACE", 460, "chemoembolisation")
OCTREOTIDE = event("octreotide", "drug", "Octreotide", 461, "Sandostatin", "奥曲肽")
DEATH = event("death", "outcome", "Died of liver failure", 2000, "死亡")

CASE = Context(
    events=(PAIN, MRI, SURGERY, DISCHARGE, TAE, TACE, OCTREOTIDE),
    previous="@octreotide",
    day_zero_year=2016,
    age_low=50,
    age_high=50,
    category="drug",
)
"""Day 0 in 2016 at 50, one operation, two embolisations, discharge."""
ONE_EMBOLISATION = replace(CASE, events=(PAIN, MRI, SURGERY, DISCHARGE, TAE, OCTREOTIDE))
WITH_DEATH = replace(CASE, events=(*CASE.events, DEATH))
DATED = replace(CASE, day_zero_date=date(2016, 3, 17))
DAY_ZERO = replace(CASE, events=CASE.events[1:], is_index=True, day_zero_year=None, previous="")
EMPTY = Context()
UNDATED = replace(CASE, day_zero_year=None, age_low=None, age_high=None)
TWO_OPERATIONS = replace(
    CASE, events=(*CASE.events, event("second", "surgery", "Splenectomy", 700))
)
VAGUE = replace(
    CASE,
    events=(
        PAIN,
        event("later", "surgery", "Right hepatectomy", Bounds(0, None, Precision.AFTER)),
        event("unknown", "intervention", "TACE", UNKNOWN),
    ),
    previous="@unknown",
)
"""The operation at any time after day 0, TACE at an unknown time and told last."""
