"""A number of units: `3 days`, `about two weeks`, `3–5 months`, `more than 3 years`, `半年余`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from patients.reported_time.asking import Asking
from patients.reported_time.numbers import HALF, Number, number
from patients.reported_time.tokens import Kind, Typed
from patients.reported_time.units import Days, Unit, distance, longest, shortest, unit

ABOUT = (
    "about", "around", "approximately", "approx", "roughly", "some", "nearly", "almost", "circa",
    "ca", "only", "just", "~", "约", "大约", "大概", "将近", "近", "接近",
)  # fmt: skip
AT_LEAST = (
    "more than", "over", "at least", "no less than", "not less than", "longer than", "beyond",
    "just over", "a little over", "well over", "greater than", ">", "≥", "> =", ">=",
    "超过", "至少", "大于", "不少于",
)  # fmt: skip
AT_MOST = (
    "less than", "at most", "no more than", "not more than", "up to", "under", "fewer than",
    "just under", "a little less than", "within", "within about",
    "within the first", "<", "≤", "< =", "<=",
    "不到", "不足", "少于", "至多", "最多",
)  # fmt: skip
_MORE = ("or more", "or longer", "and more", "余", "多", "个多", "多个")
_LESS = ("or less", "or fewer", "or shorter", "以内", "之内", "内")
_BEFORE_UNIT = (
    "-", "full", "whole", "more", "complete", "consecutive", "successive", "further", "additional",
)  # fmt: skip
_PLURALS = ("days", "weeks", "months", "years")
_SIDES = ("later", "after", "afterwards", "before", "earlier", "previously")
_VAGUE = ("several", "a few", "few", "a couple of", "a couple", "many", "some", "数", "几", "若干")


class Limit(Enum):
    NONE = "as counted"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Quantity:
    low: Number
    high: Number
    unit: Unit
    limit: Limit = Limit.NONE

    @property
    def distance(self) -> Days:
        """In days from what it is counted from, away from it."""
        if self.limit is Limit.AT_LEAST:
            return Days(shortest(self.low.value, self.unit), None, self.unit.precision)
        if self.limit is Limit.AT_MOST:
            return Days(0, longest(self.high.value, self.unit), self.unit.precision)
        step = min(self.low.step, self.high.step)
        return distance(self.low.value, self.high.value, step, self.unit)

    @property
    def length(self) -> Days:
        """How long it lasts, in days."""
        low: int | None = shortest(self.low.value, self.unit)
        high: int | None = longest(self.high.value, self.unit)
        if self.limit is Limit.AT_LEAST:
            high = None
        elif self.limit is Limit.AT_MOST:
            low = 0
        return Days(low, high, self.unit.precision)


def quantity(typed: Typed, place: int) -> tuple[Quantity, int] | None:
    """A number of units at `place`, and the place behind it.

    A range may be told backwards, as before an event it often is. Raises Asking for a number that
    is none ("several weeks").
    """
    limit, at = _limit(typed, place)
    at = typed.skip(at, *ABOUT)
    joined = ("and",) if typed.after(at, "between") is not None else ()
    at = typed.skip(at, "between")
    _refuse_vague(typed, at)
    first = _counted(typed, at)
    if first is None:
        return None
    low, at, of = first
    second = _second(typed, at, joined)
    high = low
    if second is not None:
        high, at, of_second = second
        of = of_second or of
    at, limit = _suffix(typed, at, limit)
    if of is None:
        found = unit(typed, typed.skip(at, *_BEFORE_UNIT))
        if found is None:
            return None
        of, at = found
    high, low, at = _and_a_half(typed, at, high, low)
    at, limit = _suffix(typed, at, limit)
    _refuse_calendar_month(typed, place, at, of)
    if low.value > high.value:
        low, high = high, low
    return Quantity(low, high, of, limit), typed.skip(at, "or so", "左右", "上下")


def _limit(typed: Typed, place: int) -> tuple[Limit, int]:
    for limit, words in ((Limit.AT_LEAST, AT_LEAST), (Limit.AT_MOST, AT_MOST)):
        end = typed.after(place, *words)
        if end is not None:
            return limit, end
    return Limit.NONE, place


def _suffix(typed: Typed, at: int, limit: Limit) -> tuple[int, Limit]:
    for found, words in ((Limit.AT_LEAST, (*_MORE, "+")), (Limit.AT_MOST, _LESS)):
        end = typed.after(at, *words)
        if end is not None:
            return end, found
    return at, limit


def _counted(typed: Typed, at: int) -> tuple[Number, int, Unit | None] | None:
    """`3`, or `半` and what it is half of: `半年`, `半个月`, `一个半月`."""
    found = number(typed, at)
    if found is None:
        return None
    counted, end = found
    half = typed.after(end, "个半")
    if half is not None:
        return Number(counted.value + HALF, HALF), half, None
    return counted, end, None


def _second(
    typed: Typed, at: int, joined: tuple[str, ...]
) -> tuple[Number, int, Unit | None] | None:
    """The other end of a range: `–5`, `to 5`, `或5`; a range of two units is none of ours."""
    end = typed.after(at, "-", "~", "to", "or", "至", "到", "或", *joined)
    if end is None:
        return None
    return _counted(typed, end)


def _and_a_half(typed: Typed, at: int, high: Number, low: Number) -> tuple[Number, Number, int]:
    """The half that stands behind the unit: `a year and a half`, `三年半`."""
    end = typed.after(at, "and a half", "半")
    if end is None or high is not low or high.step != 1:
        return high, low, at
    more = Number(high.value + HALF, HALF)
    return more, more, end


def _refuse_vague(typed: Typed, at: int) -> None:
    end = typed.after(at, *_VAGUE)
    if end is None and typed.after(at, *_PLURALS) is not None:
        end = at if typed.after(at + 1, *_SIDES) is not None else None
    if end is not None and (found := unit(typed, end)) is not None:
        fragment = typed.words(at, found[1])
        without = typed.replaced(at, found[1], "")
        raise Asking(
            f"“{fragment}” gives no number. How many, or between what and what?",
            fragment,
            (without, "then", "not reported"),
        )


def _refuse_calendar_month(typed: Typed, begin: int, end: int, of: Unit) -> None:
    """`3月` is March, `3个月` are months; `2020年` is a year, `3年` are years."""
    if of is not Unit.MONTH or typed.at(end - 1).text != "月":
        return
    if typed.at(end - 2).text in ("个", "半", "多") or typed.at(end - 2).kind is Kind.WORD:
        return
    fragment = typed.words(begin, end)
    months = fragment.replace("月", "个月")
    raise Asking(
        f"Is “{fragment}” a month of a calendar, or a number of months?",
        fragment,
        (typed.replaced(begin, end, months),),
    )


def exactly(count: int, of: Unit) -> Quantity:
    told = Number(Fraction(count), Fraction(1))
    return Quantity(told, told, of)
