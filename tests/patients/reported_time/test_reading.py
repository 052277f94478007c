"""What is typed becomes exactly these days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from patients.clinical_time import Bounds, Precision
from patients.deidentification import names_calendar_date
from patients.reported_time import Entry, Frequency, Question, read, words
from patients.reported_time.model import UNKNOWN, Context
from patients.reported_time.wording import without_words
from tests.patients.reported_time import contexts, phrasings, span_phrasings

POINTS = [
    *phrasings.CALENDAR,
    *phrasings.AGES,
    *phrasings.NUMBERED,
    *phrasings.ANCHORED,
    *phrasings.FROM_WHAT_WAS_TOLD,
    *phrasings.NOT_REPORTED,
]


def entry(text: str, case: Context = contexts.CASE) -> Entry:
    understood = read(text, case)
    assert isinstance(understood, Entry), understood
    return understood


@pytest.mark.parametrize("row", POINTS, ids=[row[0] for row in POINTS])
def test_a_point_in_time(row: phrasings.Phrasing) -> None:
    text, low, high, precision, anchor = row
    understood = entry(text)
    assert replace(understood.start, reported_as="") == Bounds(low, high, precision)
    assert understood.anchor == (f"@{anchor}" if anchor else "")
    assert replace(understood, start=UNKNOWN, anchor="") == Entry()


@pytest.mark.parametrize("row", span_phrasings.SPANS, ids=[row[0] for row in span_phrasings.SPANS])
def test_a_span_and_how_often(row: span_phrasings.Span) -> None:
    text, told, often = row
    understood = entry(text, contexts.WITH_DEATH)
    frequency = understood.frequency or Frequency("")
    assert words(_as_days(understood), contexts.WITH_DEATH) == told
    assert often == (f"{frequency.times}/{frequency.days}" if frequency.times else "")


def _as_days(understood: Entry) -> Entry:
    """Without the words, where days say the same."""
    counted = understood.frequency is not None and understood.frequency.times is not None
    plain = without_words(understood)
    return plain if counted else replace(plain, frequency=understood.frequency)


@pytest.mark.parametrize("text", [row[0] for row in [*POINTS, *span_phrasings.SPANS]])
def test_words_that_were_typed_are_worded_back_and_read_again(text: str) -> None:
    understood = entry(text, contexts.WITH_DEATH)
    again = entry(words(understood, contexts.WITH_DEATH), contexts.WITH_DEATH)
    assert without_words(again) == without_words(understood)


def test_there_are_phrasings_enough() -> None:
    assert len({row[0] for row in [*POINTS, *span_phrasings.SPANS]}) >= 200


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("3 days after TACE", ""),
        ("3 Days after the “TACE”", ""),
        ("after right hepatectomy", ""),
        ("day 12", ""),
        ("not reported", ""),
        ("unknown", ""),
        ("2020", "2020"),
        ("  about 3   months after surgery ", "about 3 months after surgery"),
        ("4年后", "4年后"),
        ("３ days after surgery", "３ days after surgery"),
        ("2020, ongoing", "2020"),
        ("twice a day, after surgery, for 3 days", "after surgery"),
        ("after MRI, before surgery", "after MRI, before surgery"),
        ("since 2018", "since 2018"),
        ("until 2020", ""),
    ],
)
def test_the_words_of_the_start_are_kept_unless_the_days_say_them(text: str, kept: str) -> None:
    assert entry(text).start.reported_as == kept


def test_each_part_keeps_its_own_words() -> None:
    understood = entry("after surgery until 2020, twice a day")
    assert understood.start.reported_as == "after surgery"
    assert understood.end is not None
    assert understood.end.reported_as == "2020"
    assert understood.frequency == Frequency("twice a day", 2, 1)
    lasting = entry("at the same time, for a total of 3 days").duration
    assert lasting is not None
    assert lasting.reported_as == "for a total of 3 days"


def test_at_the_same_time_repeats_how_the_other_was_told() -> None:
    tace, octreotide = contexts.TACE, contexts.OCTREOTIDE
    told = Bounds(0, None, Precision.AFTER)
    later = replace(octreotide, start=Bounds(460, None, Precision.AFTER), anchor=tace.id, told=told)
    case = replace(contexts.CASE, events=(tace, later))
    understood = entry("at the same time", case)
    assert (understood.anchor, understood.start.low, understood.start.high) == (tace.id, 0, None)
    untold = replace(case, events=(tace, replace(later, told=None)))
    understood = entry("at the same time", untold)
    assert (understood.anchor, understood.start.low, understood.start.high) == ("", 460, None)


def test_one_operation_in_two_rows_is_one_operation() -> None:
    same_day = contexts.event("part", "surgery", "Splenectomy", 10)
    part = replace(same_day, anchor=contexts.SURGERY.id, told=Bounds(0, 0))
    case = replace(contexts.CASE, events=(contexts.SURGERY, part))
    assert entry("3 days after surgery", case).anchor == contexts.SURGERY.id


@pytest.mark.parametrize(
    ("text", "case", "expected"),
    [
        ("3 days after embolisation", contexts.ONE_EMBOLISATION, (3, 3, "@tae")),
        ("栓塞后3天", contexts.ONE_EMBOLISATION, (3, 3, "@tae")),
        ("4 years later", contexts.EMPTY, (1278, 1644, "")),
        ("14 years before", contexts.EMPTY, (-5296, -4931, "")),
        ("during octreotide", replace(contexts.CASE, events=(
            replace(contexts.OCTREOTIDE, end=Bounds(500, 510, Precision.MONTH)),)), (461, 510, "")),
        ("between day 0 and surgery", contexts.VAGUE, (0, None, "")),
        ("after abdominal pain, before surgery", contexts.VAGUE, (0, None, "@pain")),
    ],
)  # fmt: skip
def test_other_cases(text: str, case: Context, expected: tuple[int, int, str]) -> None:
    understood = entry(text, case)
    assert (understood.start.low, understood.start.high, understood.anchor) == expected


@pytest.mark.parametrize(
    "text",
    ["2016", "in 2016", "early 2016", "2016年", "day 0", "on admission", "at 50 years of age",
     "at diagnosis", "入院时", "not reported"],
)  # fmt: skip
def test_day_zero_itself_lies_on_day_zero(text: str) -> None:
    understood = entry(text, contexts.DAY_ZERO)
    assert replace(understood.start, reported_as="") == Bounds(0, 0)
    assert understood.day_zero_year == (2016 if "2016" in text else None)


def test_the_year_of_day_zero_keeps_its_words() -> None:
    understood = entry("2016", contexts.DAY_ZERO)
    assert understood == Entry(Bounds(0, 0, reported_as="2016"), day_zero_year=2016)


DATES = [
    ("12 June 2020", 1548, 1548),
    ("June 12, 2020", 1548, 1548),
    ("June 12th 2020", 1548, 1548),
    ("12th of June, 2020", 1548, 1548),
    ("on 12 Jun 2020", 1548, 1548),
    ("2020-06-12", 1548, 1548),
    ("2020/6/12", 1548, 1548),
    ("20200612", 1548, 1548),
    ("13.06.2020", 1549, 1549),
    ("06/13/2020", 1549, 1549),
    ("2020年6月12日", 1548, 1548),
    ("2020年六月十二日", 1548, 1548),
    ("June 2020", 1537, 1566),
    ("in June 2020", 1537, 1566),
    ("6/2020", 1537, 1566),
    ("2020-06", 1537, 1566),
    ("6.2020", 1537, 1566),
    ("2020年6月", 1537, 1566),
    ("May 2020", 1506, 1536),
]


@pytest.mark.parametrize(("text", "low", "high"), DATES)
def test_a_calendar_date_is_counted_and_its_words_are_not_kept(
    text: str, low: int, high: int
) -> None:
    assert (date(2020, 6, 12) - date(2016, 3, 17)).days == 1548
    understood = entry(f"{text}, for 3 days", contexts.DATED)
    assert (understood.start.low, understood.start.high) == (low, high)
    assert understood.start.precision is (Precision.DAY if low == high else Precision.MONTH)
    assert understood.start.reported_as == ""
    assert not names_calendar_date(words(understood, contexts.DATED))


def test_a_year_says_no_more_where_the_date_of_day_zero_is_known() -> None:
    assert entry("2020", contexts.DATED) == entry("2020", contexts.CASE)


@pytest.mark.parametrize(
    "text", ["from 12 June 2020 to 14 June 2020", "12 June 2020 until day 1550"]
)
def test_no_part_of_a_date_is_kept(text: str) -> None:
    understood = entry(text, contexts.DATED)
    assert understood.start == Bounds(1548, 1548)
    assert understood.end == Bounds(1550, 1550)


def test_words_that_no_longer_say_the_start_give_way_and_the_others_stay() -> None:
    told = entry("at the same time, twice a day for a total of 3 days")
    moved = replace(told, start=replace(told.start, low=9, high=9))
    assert words(moved, contexts.CASE) == "day 9, twice a day, for a total of 3 days"


def test_an_anchor_that_is_not_known_is_named_by_its_id() -> None:
    told = words(Entry(Bounds(3, 3), anchor="@gone"), contexts.CASE)
    assert told == "3 days after @gone"
    assert isinstance(read(told, contexts.CASE), Question)
