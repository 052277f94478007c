"""Calendar dates finer than a year: counted from the date of day 0, and never kept.

Only days and months are read here. Their words are private: a record holds the days between, and
no day or month of a calendar (45 CFR 164.514(b)(2)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from patients.clinical_time import Precision
from patients.reported_time.asking import Asking
from patients.reported_time.calendar_years import year_at, year_of_day_zero
from patients.reported_time.model import Context
from patients.reported_time.numbers import whole_number
from patients.reported_time.points import SAME_DAY, Point, spanning
from patients.reported_time.tokens import Kind, Typed
from patients.reported_time.units import unit

_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}


@dataclass(frozen=True, slots=True)
class _Date:
    year: int | None
    month: int
    day: int | None
    end: int
    other: tuple[int, int] | None = None
    """Day and month the other way round, where both ways make a date."""


def calendar_date(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """A day or month of a calendar. Raises Asking where it cannot be counted."""
    at = typed.skip(
        place, "on", "in", "at", "by", "early in", "late in", "early", "mid", "late", "the"
    )
    found = (
        _named_month(typed, at) or _figures(typed, at) or _eight_figures(typed, at)
        or _chinese(typed, at)
    )  # fmt: skip
    if found is None:
        return None
    words = typed.words(at, found.end)
    if found.year is None:
        raise Asking(f"In which year is “{words}”?", words, ("not reported",))
    return _counted(found, found.year, words, typed, (at, found.end), context), found.end


def _counted(
    found: _Date, year: int, words: str, typed: Typed, span: tuple[int, int], context: Context
) -> Point:
    first, last = _days(found, year, words)
    zero = context.day_zero_date
    if zero is None:
        raise Asking(
            f"“{words}” can only be counted from the date of day 0. Give that date beside the "
            "figure: it is used for counting only and never kept. Or give the year alone.",
            words,
            (typed.replaced(*span, str(year)), str(year)),
        )
    year_of_day_zero(context)
    if found.other is not None:
        day, month = found.other
        orders = (f"{found.day} {_name(found.month)} {year}", f"{day} {_name(month)} {year}")
        raise Asking(
            f"“{words}” may be {orders[0]} or {orders[1]}. Which?", words,
            tuple(typed.replaced(*span, order) for order in orders),
        )  # fmt: skip
    low, high = (first - zero).days, (last - zero).days
    if context.is_index:
        if low <= 0 <= high:
            return Point(SAME_DAY, private=True)
        raise Asking(f"This event is day 0, but “{words}” is not the date given for day 0.", words,
                     ("day 0",))  # fmt: skip
    return Point(spanning(low, high, Precision.DAY if low == high else Precision.MONTH),
                 private=True)  # fmt: skip


def _name(month: int) -> str:
    return _NAMES[month - 1].capitalize()


def _days(found: _Date, year: int, words: str) -> tuple[date, date]:
    """The first and the last day it can be. Raises Asking for a day that no calendar has."""
    try:
        if found.day is not None:
            only = date(year, found.month, found.day)
            return only, only
        first = date(year, found.month, 1)
        following = date(year + found.month // 12, found.month % 12 + 1, 1)
        return first, date.fromordinal(following.toordinal() - 1)
    except ValueError as error:
        raise Asking(f"There is no such day as “{words}”.", words) from error


def _named_month(typed: Typed, at: int) -> _Date | None:
    """`12 June 2020`, `June 12th, 2020`, `June 2020`, `12 June`."""
    day, after_day = _day_number(typed, at)
    after_day = typed.skip(after_day, "of") if day is not None else at
    if day is not None:
        after_day = typed.skip(after_day, "-")
    month = _MONTHS.get(typed.at(after_day).text)
    if month is None:
        return None
    end = after_day + 1
    if typed.is_mark(end, ".,-") and typed.at(end + 1).kind is Kind.NUMBER:
        end += 1
    if day is not None:
        return _with_year(typed, month, day, end, after_day + 1)
    day, behind = _day_number(typed, end)
    if day is not None:
        dated = behind + 1 if typed.is_mark(behind, ",") else behind
        return _with_year(typed, month, day, dated, behind)
    found = year_at(typed, typed.skip(end, "of", "in"))
    if found is None:
        return None if typed.at(after_day).text in ("may", "mar", "dec", "march") else _Date(
            None, month, None, after_day + 1
        )  # fmt: skip
    return _Date(found[0], month, None, found[1])


def _with_year(typed: Typed, month: int, day: int, at: int, bare: int) -> _Date:
    found = year_at(typed, typed.skip(at, "of", "in"))
    return _Date(found[0], month, day, found[1]) if found else _Date(None, month, day, bare)


def _day_number(typed: Typed, at: int) -> tuple[int | None, int]:
    token = typed.at(at)
    if token.kind is not Kind.NUMBER or not token.text.isdigit() or len(token.text) > 2:
        return None, at
    return int(token.text), typed.skip(at + 1, "st", "nd", "rd", "th")


def _figures(typed: Typed, at: int) -> _Date | None:
    """`2020-06-12`, `12.6.2020`, `6/2020`, `2020-06`: parts with the same mark between."""
    parts, end, mark = [typed.at(at).text], at + 1, typed.at(at + 1).text
    if typed.at(at).kind is not Kind.NUMBER or mark not in ("-", "/", "."):
        return None
    while len(parts) < 3 and typed.at(end).text == mark:
        if typed.at(end + 1).kind is not Kind.NUMBER or not typed.touches(end + 1):
            break
        parts.append(typed.at(end + 1).text)
        end += 2
    if not all(part.isdigit() for part in parts) or len(parts) == 1:
        return None
    lengths = tuple(map(len, parts))
    numbers = list(map(int, parts))
    if lengths[0] == 4 and all(size <= 2 for size in lengths[1:]):
        return _year_first(numbers, end)
    if lengths[-1] == 4 and all(size <= 2 for size in lengths[:-1]):
        return _year_last(numbers, end)
    if len(parts) == 3 and max(lengths) <= 2:
        raise Asking("Put the year of this date in four figures.", typed.words(at, end))
    return None


def _year_first(numbers: list[int], end: int) -> _Date | None:
    if len(numbers) == 2:
        return _Date(numbers[0], numbers[1], None, end) if 1 <= numbers[1] <= 12 else None
    return _Date(numbers[0], numbers[1], numbers[2], end)


def _year_last(numbers: list[int], end: int) -> _Date | None:
    year = numbers[-1]
    if len(numbers) == 2:
        return _Date(year, numbers[0], None, end)
    first, second = numbers[:2]
    if first <= 12 and second <= 12 and first != second:
        return _Date(year, second, first, end, other=(second, first))
    return _Date(year, first, second, end) if second > 12 else _Date(year, second, first, end)


def _eight_figures(typed: Typed, at: int) -> _Date | None:
    text = typed.at(at).text
    if typed.at(at).kind is not Kind.NUMBER or len(text) != 8 or not text.isdigit():
        return None
    if not 1800 <= int(text[:4]) < 2200 or unit(typed, at + 1) is not None:
        return None
    return _Date(int(text[:4]), int(text[4:6]), int(text[6:]), at + 1)


def _chinese(typed: Typed, at: int) -> _Date | None:
    """`2020年6月12日`, `2020年六月`, `6月12日`; `6月` alone may be months, so is not read here."""
    found = year_at(typed, at)
    year, after_year = found if found and typed.at(found[1] - 1).text == "年" else (None, at)
    month = whole_number(typed, after_year)
    if month is None or typed.at(month[1]).text != "月":
        return None
    end = month[1] + 1
    day = whole_number(typed, end)
    if day is not None and typed.at(day[1]).text in ("日", "号"):
        return _Date(year, month[0], day[0], day[1] + 1)
    return _Date(year, month[0], None, end) if year is not None else None
