"""What is not clear is asked about, with the reason, the part it is about, and what would do."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest

from patients.clinical_time import Bounds
from patients.reported_time import Context, Entry, Question, read
from tests.patients.reported_time import contexts
from tests.patients.reported_time.contexts import (
    CASE,
    DATED,
    DAY_ZERO,
    EMPTY,
    ONE_EMBOLISATION,
    TWO_OPERATIONS,
    UNDATED,
    VAGUE,
)

ENOUGH_CALLS = 1_000_000

Asked = tuple[str, Context, str, str]
"""Words, case, a part of the reason, the fragment."""

QUESTIONS: list[Asked] = [
    # which event
    ("3 days after embolisation", CASE, "fits 2 events: “Hepatic artery embolisation”, “TACE”",
     "embolisation"),
    ("栓塞后3天", CASE, "fits 2 events", "栓塞"),
    ("3 days after Xyzzy", CASE, "No event of this case fits “Xyzzy”", "Xyzzy"),
    ("after chemotherapy", CASE, "No event of this case fits", "chemotherapy"),
    ("after the third embolisation", CASE, "only 2", "third embolisation"),
    ("after surgery", TWO_OPERATIONS, "fits 2 events", "surgery"),
    ("POD 7", TWO_OPERATIONS, "may be counted from 2 events", "POD 7"),
    ("术后第7天", TWO_OPERATIONS, "may be counted from 2 events", "术"),
    ("POD 7", EMPTY, "No event of this case is an operation", "POD 7"),
    ("after surgery", EMPTY, "no other event yet", "surgery"),
    ("after event 99", CASE, "No event of this case fits", "event 99"),
    ("after “Nothing”", CASE, "No event of this case fits", "“Nothing”"),
    ("until death", CASE, "No event of this case tells the death", "death"),
    ("直至死亡", CASE, "No event of this case tells the death", "死亡"),
    ("TACE", CASE, "is not understood as a time", "TACE"),
    # counted from what
    ("9 years", CASE, "counted from what, or how long", "9 years"),
    ("at 3 months", CASE, "counted from what, or how long", "at 3 months"),
    ("3 years ago", CASE, "counted back from what", "ago"),
    ("on the third day", CASE, "counted from what", "third day"),
    ("several weeks later", CASE, "gives no number", "several weeks"),
    ("a few days after TACE", CASE, "gives no number", "a few days"),
    ("months later", CASE, "gives no number", "months"),
    ("1,5 years later", CASE, "one number or two", "1,5"),
    ("1,000 days later", CASE, "one number or two", "1,000"),
    ("on days 1 and 8", CASE, "is not understood", "8"),
    ("共4周期", CASE, "is not understood", "共4周期"),
    ("数天后", CASE, "gives no number", "数天"),
    ("for more than 3 months", CASE, "needs a start", "for more than 3 months"),
    # the calendar
    ("2020", UNDATED, "year of day 0 is not known", "2020"),
    ("in early 2020", UNDATED, "year of day 0 is not known", "early 2020"),
    ("12 June 2020", CASE, "used for counting only and never kept", "12 June 2020"),
    ("June 2020", CASE, "only be counted from the date of day 0", "June 2020"),
    ("2020-06-12", CASE, "only be counted from the date of day 0", "2020-06-12"),
    ("6/2020", CASE, "only be counted from the date of day 0", "6/2020"),
    ("2020年6月12日", CASE, "only be counted from the date of day 0", "2020年6月12日"),
    ("06/07/2020", DATED, "may be 6 July 2020 or 7 June 2020", "06/07/2020"),
    ("31/02/2020", DATED, "no such day", "31/02/2020"),
    ("2020-13-01", DATED, "no such day", "2020-13-01"),
    ("12/06/20", DATED, "four figures", "12/06/20"),
    ("12 June", DATED, "In which year", "12 June"),
    ("6月12日", DATED, "In which year", "6月12日"),
    ("3月后", CASE, "a month of a calendar, or a number of months", "3月"),
    ("2019-20", CASE, "both years in full", "2019-20"),
    ("around 2020", CASE, "that year alone or one beside it", "around 2020"),
    ("in 2016 and 2020", CASE, "contradict each other", "in 2016, 2020"),
    ("June 2020", replace(DATED, day_zero_year=2015), "but the date given for it in 2016",
     "June 2020"),
    # ages
    ("at 57 years of age", UNDATED, "age at day 0 is not known", "at 57 years of age"),
    ("at 91 years of age", CASE, "Ages over 89 are one band", "at 91 years of age"),
    # contradictions
    ("2016, 3 days after TACE", CASE, "contradict each other", "2016, 3 days after TACE"),
    ("2020, at 30 years of age", CASE, "contradict each other", "2020, at 30 years of age"),
    ("2020 to 2016", CASE, "begins after it ends", "2020 to 2016"),
    ("from 2020 to 2016", CASE, "ends before it starts", "from 2020 to 2016"),
    ("after TACE until surgery", CASE, "ends before it starts", "after TACE until surgery"),
    ("day 9 until day 3", CASE, "ends before it starts", "day 9 until day 3"),
    ("between day 9 and day 3", CASE, "begins after it ends", "between day 9 and day 3"),
    ("ongoing until 2020", CASE, "ongoing and to have ended", "ongoing until 2020"),
    ("for 3 months until 2020", CASE, "both an end and a duration", "for 3 months until 2020"),
    ("for 3 days for 4 days", CASE, "two durations", "for 3 days for 4 days"),
    ("until 2018 until 2020", CASE, "two ends", "until 2018 until 2020"),
    ("daily, weekly", CASE, "two frequencies", "daily, weekly"),
    ("after TACE until 2020", replace(VAGUE, day_zero_year=2016), "is not known",
     "after TACE until 2020"),
    ("at the same time", VAGUE, "The time of “TACE” is not known", "at the same time"),
    # day 0 itself
    ("3 days after TACE", DAY_ZERO, "This event is day 0", "3 days after TACE"),
    ("day 3", DAY_ZERO, "This event is day 0", "day 3"),
    ("2015 to 2016", DAY_ZERO, "one calendar year", "2015 to 2016"),
    ("2016", replace(DAY_ZERO, day_zero_year=2015), "Day 0 lies in 2015", "2016"),
    ("June 2020", replace(DATED, is_index=True), "not the date given for day 0", "June 2020"),
    # too far, or no time
    ("200 years later", CASE, "more than 150 years", "200 years later"),
    ("day 60000", CASE, "more than 150 years", "day 60000"),
    ("for 500 years", CASE, "more than 150 years", "for 500 years"),
    ("999999999 days later", CASE, "too great", "999999999"),
    ("149 years after TACE", replace(CASE, events=(
        replace(contexts.TACE, start=Bounds(5000, 5000)),)), "more than 150 years",
     "149 years after TACE"),
    ("after the embolisation, 0.4 ml", ONE_EMBOLISATION, "looks like an amount", "0.4 ml"),
    ("purple", CASE, "is not understood as a time", "purple"),
    ("after", CASE, "is not understood as a time", "after"),
    ("biweekly", CASE, "means two things", "biweekly"),
    ("每隔2天", CASE, "means two things", "每隔2天"),
    ("D-7", CASE, "may be day 7 or 7 days before", "D-7"),
    ("", CASE, "Nothing is told", ""),
    (" . ", CASE, "Nothing is told", "."),
    ("day 3 " * 34, CASE, "at most 200", ("day 3 " * 34)[:60].strip()),
    ("day\x003", CASE, "no wording of time has", "day\x003"),
    ("day \u200f3", CASE, "right-to-left mark", "day \u200f3"),
    ("day 3 🙂", CASE, "slightly smiling face", "day 3 🙂"),
]  # fmt: skip


@pytest.mark.parametrize("asked", QUESTIONS, ids=[repr(row[0][:40]) for row in QUESTIONS])
def test_a_question_says_why_and_about_what(asked: Asked) -> None:
    text, case, reason, fragment = asked
    question = read(text, case)
    assert isinstance(question, Question), question
    assert reason in question.reason
    assert question.fragment == fragment
    assert all(isinstance(read(each, case), Entry) for each in question.suggestions)


@pytest.mark.parametrize(
    ("text", "case", "suggested"),
    [
        ("3 days after embolisation", CASE, "3 days after the second embolisation"),
        ("3 days after embolisation", CASE, "3 days after “TACE”"),
        ("栓塞后3天", CASE, "第二次栓塞后3天"),
        ("3 days after Xyzzy", CASE, "3 days after “Octreotide”"),
        ("3 days after octreotid", CASE, "3 days after “Octreotide”"),
        ("POD 7", TWO_OPERATIONS, "day 7 after “Splenectomy”"),
        ("术后第7天", TWO_OPERATIONS, "“Splenectomy”后第7天"),
        ("9 years", CASE, "9 years later"),
        ("9 years", CASE, "for 9 years"),
        ("TACE", CASE, "on the day of “TACE”"),
        ("12 June 2020", CASE, "2020"),
        ("06/07/2020", DATED, "7 June 2020"),
        ("2019-20", CASE, "2019 to 2020"),
        ("3月后", CASE, "3个月后"),
        ("biweekly", CASE, "every 2 weeks"),
    ("around 2020", CASE, "2019 to 2021"),
    ("1,5 years later", CASE, "1.5 years later"),
    ("1,000 days later", CASE, "1000 days later"),
    ("months later", CASE, "later"),
        ("2016, 3 days after TACE", CASE, "3 days after TACE"),
        ("for 3 months until 2020", CASE, "for 3 months"),
        ("ongoing until 2020", CASE, "ongoing"),
        ("for more than 3 months", CASE, "then for more than 3 months"),
        ("until death", CASE, "ongoing"),
        ("after the embolisation, 0.4 ml, twice a day", ONE_EMBOLISATION,
         "after the embolisation, twice a day"),
        ("day \u200f3", CASE, "day 3"),
    ],
)  # fmt: skip
def test_what_is_probably_meant_is_offered(text: str, case: Context, suggested: str) -> None:
    question = read(text, case)
    assert isinstance(question, Question)
    assert suggested in question.suggestions


@pytest.mark.parametrize(
    "text",
    ["术后" * 100, "“术后" * 66, "from - " * 28, "between the " * 16, "3 “- after to from " * 10,
     "since - " * 25, "and 3 days before " * 11, "1/2 e" * 40, "第二次" * 66, "(" * 200],
)  # fmt: skip
@pytest.mark.parametrize("size", [7, 200])
def test_the_longest_text_takes_a_bounded_number_of_steps(text: str, size: int) -> None:
    """Every rule looks ahead a bounded way: no pattern goes back over what it has read."""
    events = tuple(
        contexts.event(str(number), "surgery", f"Operation {number}, with a longer label", number)
        for number in range(size)
    )
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(text[:200], replace(CASE, events=events, previous="@3"))
    finally:
        sys.setprofile(before)
    assert calls < ENOUGH_CALLS
