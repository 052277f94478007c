"""Calendar years, and parts of them: `2016`, `early 2020`, `2019 to 2020`, `2020年初`.

A year is counted from the year of day 0, never from a date: its first day lies at least as many
days after day 0 as there are from the last day of day 0's year, its last day at most as many as
from the first. Early, mid and late are the three thirds of a year, four months each. A season is
its whole year, as the report may be from either hemisphere.
"""

from __future__ import annotations

from datetime import date

from patients.clinical_time import Precision
from patients.reported_time.asking import Asking
from patients.reported_time.model import Context
from patients.reported_time.numbers import HAN_DIGITS
from patients.reported_time.points import SAME_DAY, Point, bounds, spanning
from patients.reported_time.quantities import ABOUT
from patients.reported_time.tokens import Kind, Typed
from patients.reported_time.units import unit

Months = tuple[int, int]
"""The first and the last month."""

WHOLE_YEAR = (1, 12)
_PARTS: tuple[tuple[tuple[str, ...], Months], ...] = (
    (("first half of", "上半年"), (1, 6)),
    (("second half of", "latter half of", "下半年"), (7, 12)),
    (("early", "the beginning of", "beginning of", "the start of", "start of", "年初",
      "初"), (1, 4)),
    (("mid", "middle of", "the middle of", "年中", "中"), (5, 8)),
    (("late", "the end of", "end of", "年底", "年末", "底", "末"), (9, 12)),
    (("spring", "summer", "autumn", "fall", "winter", "春季", "夏季", "秋季", "冬季", "春", "夏",
      "秋", "冬"), WHOLE_YEAR),
)  # fmt: skip
_BEFORE = ("before", "prior to", "earlier than")
_AFTER = ("after", "later than")
_BY = ("by", "no later than", "not later than", "截至")
_NOT_BEFORE = ("not before", "no earlier than", "not earlier than")


def calendar_year(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """A year or what is said in years. Raises Asking where day 0's own year is not known."""
    at = typed.skip(place, "in", "during", "at", "the year", "in the year", "in the", "the", "于")
    _refuse_about(typed, place)
    for words, side in ((_BEFORE, "before"), (_AFTER, "after"), (_BY, "by"), (_NOT_BEFORE, "from")):
        behind = typed.after(place, *words)
        if behind is not None and (told := _part_of_year(typed, behind)) is not None:
            first, last, end = told
            return _beside(first, last, side, context), end
    told = _part_of_year(typed, at)
    if told is None:
        return None
    first, last, end = told
    behind = typed.after(end, "之前", "以前", "前")
    if behind is not None:
        return _beside(first, last, "before", context), behind
    behind = typed.after(end, "之后", "以后", "后")
    if behind is not None:
        return _beside(first, last, "after", context), behind
    second = _second_year(typed, end)
    if second is None:
        return _within(first, last, typed.words(at, end), context), end
    if second[1] < first:
        raise Asking("This begins after it ends.", typed.words(at, second[2]))
    return _within(first, second[1], typed.words(at, second[2]), context), second[2]


def _refuse_about(typed: Typed, place: int) -> None:
    """`about 2020`: nothing says whether the years beside it are meant too."""
    at = typed.skip(place, "in", "from")
    behind = typed.after(at, *ABOUT, "ca.", "c.", "approx.")
    found = year_at(typed, behind) if behind is not None else None
    if found is None:
        return
    year, end = found
    raise Asking(
        f"“{typed.words(place, end)}” may be that year alone or one beside it. Which years?",
        typed.words(place, end),
        (
            typed.replaced(place, end, f"{year}"),
            typed.replaced(place, end, f"{year - 1} to {year + 1}"),
        ),
    )


def year_of_day_zero(context: Context, words: str = "") -> int:
    """Raises Asking where it is not known, or where the date of day 0 lies in another year."""
    year, known = context.day_zero_year, context.day_zero_date
    if year is not None and known is not None and known.year != year:
        raise Asking(
            f"Day 0 lies in {year} in this case, but the date given for it in {known.year}."
        )
    if year is not None:
        return year
    if known is not None:
        return known.year
    raise Asking(
        "The year of day 0 is not known, so a calendar year cannot be counted from it. Give the "
        "year at the event that is day 0 first.",
        words,
    )


def year_at(typed: Typed, place: int) -> tuple[int, int] | None:
    """`2016`, `2016年`, `二〇一六年`: four figures, from 1800 to 2199, that count nothing."""
    token = typed.at(place)
    if token.kind is Kind.NUMBER and len(token.text) == 4 and token.text.isdigit():
        year, end = int(token.text), place + 1
        if not 1800 <= year < 2200:
            return None
        if typed.at(end).text == "年":
            return year, end + 1
        return None if _counts_something(typed, end) else (year, end)
    figures = [HAN_DIGITS.get(typed.at(place + step).text) for step in range(4)]
    if None not in figures and typed.at(place + 4).text == "年":
        year = int("".join(map(str, figures)))
        return (year, place + 5) if 1800 <= year < 2200 else None
    return None


def _counts_something(typed: Typed, end: int) -> bool:
    """True for `2016 days` and `2016 to 2020 days`, which are no years."""
    if unit(typed, end) is not None:
        return True
    behind = typed.after(end, "to", "-", "~", "or", "and", "至", "到")
    other = behind is not None and typed.at(behind).kind is Kind.NUMBER
    told = unit(typed, behind + 1) if other and behind is not None else None
    return told is not None and typed.at(told[1] - 1).text != "年"


def _part_of_year(typed: Typed, place: int) -> tuple[date, date, int] | None:
    """First day, last day, and the place behind: `late 2019`, `mid-2020`, `2020年底`, `1990s`."""
    months, at = _part(typed, place, han=False)
    at = typed.skip(at, "-", "of", "of the year", "in", "in the year", "the year")
    found = year_at(typed, at)
    if found is None:
        return None
    year, end = found
    if typed.at(end).text == "s" and typed.touches(end) and year % 10 == 0:
        return date(year, 1, 1), date(year + 9, 12, 31), end + 1
    if typed.at(end - 1).text == "年" and months == WHOLE_YEAR:
        months, end = _part(typed, end, han=True)
    return date(year, months[0], 1), _last_day(year, months[1]), end


def _part(typed: Typed, place: int, *, han: bool) -> tuple[Months, int]:
    for words, months in _PARTS:
        end = typed.after(place, *words)
        if end is not None and (typed.at(place).kind is Kind.HAN) is han:
            return months, end
    return WHOLE_YEAR, place


def _last_day(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _second_year(typed: Typed, place: int) -> tuple[date, date, int] | None:
    """The other end of `2019 to 2020`. Raises Asking for `2019–20`."""
    at = typed.after(place, "to", "-", "~", "or", "/", "至", "到", "或")
    if at is None:
        return None
    told = _part_of_year(typed, at)
    if told is not None:
        return told
    token = typed.at(at)
    short = token.kind is Kind.NUMBER and len(token.text) == 2 and unit(typed, at + 1) is None
    if short and typed.at(place).text in "-/":
        raise Asking(
            f"Put both years in full: “{typed.words(place - 1, at + 1)}” could be a month.",
            typed.words(place - 1, at + 1),
            (typed.replaced(place, at + 1, f" to {typed.at(place - 1).text[:2]}{token.text}"),),
        )
    return None


def _within(first: date, last: date, words: str, context: Context) -> Point:
    if context.is_index:
        return _of_day_zero(first, last, words, context)
    low, high = _counted(first, last, year_of_day_zero(context, words))
    return Point(spanning(low, high, Precision.YEAR))


def _of_day_zero(first: date, last: date, words: str, context: Context) -> Point:
    """The year of day 0, told of day 0 itself."""
    if first.year != last.year:
        raise Asking(
            "Day 0 has one calendar year. In which of these did it lie?", words,
            (str(first.year), str(last.year)),
        )  # fmt: skip
    year = first.year
    known = context.day_zero_date.year if context.day_zero_date else context.day_zero_year
    for other in (context.day_zero_year, known):
        if other is not None and other != year:
            raise Asking(
                f"Day 0 lies in {other} in this case, and other years are counted from there. "
                f"Change the case's year first if {year} is right.",
                words,
                (str(other), "day 0"),
            )
    return Point(SAME_DAY, year=year)


def _beside(first: date, last: date, side: str, context: Context) -> Point:
    """`before 2018` is at most its eve, `after 2018` at least the day behind it, `by` its end.

    `from`, which is "not before", is at least its first day.
    """
    low, high = _counted(first, last, year_of_day_zero(context))
    if side == "before":
        return Point(bounds(None, low + _width(context) - 1, Precision.BEFORE))
    if side == "after":
        return Point(bounds(high - _width(context) + 1, None, Precision.AFTER))
    if side == "from":
        return Point(bounds(low, None, Precision.AFTER))
    return Point(bounds(None, high, Precision.BEFORE))


def _width(context: Context) -> int:
    """Days from the first to the last day of day 0's year."""
    year = year_of_day_zero(context)
    return (date(year, 12, 31) - date(year, 1, 1)).days


def _counted(first: date, last: date, year: int) -> tuple[int, int]:
    """From the day in `year` that day 0 may be, whichever it is."""
    return (first - date(year, 12, 31)).days, (last - date(year, 1, 1)).days
