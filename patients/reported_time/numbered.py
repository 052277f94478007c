"""Days, weeks, months and years that carry a number: `day 12`, `D12`, `POD 7`, `week 6`, `第7天`.

Day n is n days after day 0, or after what it is counted from; "day 3 of treatment" is the second
or the third day after the start, as reports count the first day as 0 or as 1. "Week 6" may be the
sixth week (days 35 to 41) or the point at six weeks (39 to 45): both are kept, 35 to 45. "The sixth
week" and `第6周` are the first alone.
"""

from __future__ import annotations

from fractions import Fraction

from patients.reported_time.asking import Asking
from patients.reported_time.model import Context
from patients.reported_time.numbers import ordinal, whole_number
from patients.reported_time.operations import operation
from patients.reported_time.points import Point, after, before
from patients.reported_time.references import reference
from patients.reported_time.tokens import Kind, Typed
from patients.reported_time.units import Days, Unit, between, distance, longest, shortest, unit

_SURGICAL = (
    "pod", "postoperative day", "post operative day", "postop day", "post op day",
    "postsurgical day", "post surgical day", "postoperative", "post operative", "postop", "post op",
)  # fmt: skip
_FROM = ("after", "post", "following", "from", "since")
_BEFORE = ("before", "prior to", "pre", "preceding")
_OF = ("of", "into", "in")


def numbered(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    at = typed.skip(place, "on the", "on", "at the", "at", "in the", "in", "the")
    return (
        _surgical_day(typed, at, context)
        or _plain_day(typed, at, context)
        or _ordinal_day(typed, at, context)
    )


def _surgical_day(typed: Typed, at: int, context: Context) -> tuple[Point, int] | None:
    """`POD 7`, `postoperative day 7`, `postoperative week 2`, `7th postoperative day`."""
    which = ordinal(typed, at)
    behind = typed.after(which[1], *_SURGICAL) if which is not None and which[0] > 0 else None
    if which is not None and behind is not None:
        told = (Unit.DAY, behind) if typed.at(behind - 1).text in ("day", "pod") else None
        told = told or unit(typed, behind)
        if told is None:
            return None
        of, end = told
        words = typed.words(at, which[1])
        surgery = operation(typed, at, end, context, f"{words} {of.name.lower()} after {{}}")
        return Point(after(nth(which[0], of)), surgery), end
    behind = typed.after(at, *_SURGICAL)
    if behind is None:
        return None
    told = unit(typed, behind)
    begin = told[1] if told else behind
    of = told[0] if told else Unit.DAY
    named_day = typed.at(behind - 1).text in ("day", "pod")
    found = _range(typed, typed.skip(begin, "#", "-"))
    if found is None or not (told or named_day):
        return None
    low, high, end = found
    numbers = f"{low}" if low == high else f"{low} to {high}"
    surgery = operation(typed, at, end, context, f"{of.name.lower()} {numbers} after {{}}")
    return Point(after(_days(low, high, of)), surgery), end


def _plain_day(typed: Typed, at: int, context: Context) -> tuple[Point, int] | None:
    """`day 12`, `day -3`, `D12`, `days 3 to 5`, `week 6`, and from what."""
    told = unit(typed, at)
    if told is None or typed.at(at).kind is Kind.HAN:
        return None
    of, begin = told
    if len(typed.at(at).text) == 1 and of is not Unit.DAY:
        return None
    begin = typed.skip(begin, "number", "#", "+")
    negative = typed.is_mark(begin, "-")
    if negative and typed.touches(begin) and typed.touches(begin + 1):
        raise _asked_about_dash(typed, at, begin)
    found = _range(typed, begin + 1 if negative else begin)
    if found is None:
        return None
    low, high, end = found
    if negative:
        return Point(before(_days(low, high, of))), end
    return _counted_from(typed, end, low, high, of, context)


def _asked_about_dash(typed: Typed, at: int, dash: int) -> Asking:
    end = dash + 2
    days = typed.at(dash + 1).text
    return Asking(
        f"“{typed.words(at, end)}” may be day {days} or {days} days before day 0.",
        typed.words(at, end),
        (
            typed.replaced(at, end, f"day {days}"),
            typed.replaced(at, end, f"{days} days before day 0"),
        ),
    )


def _range(typed: Typed, at: int) -> tuple[int, int, int] | None:
    first = whole_number(typed, at)
    if first is None:
        return None
    low, end = first
    behind = typed.after(end, "to", "-", "~", "or")
    if behind is None:
        return low, low, end
    second = whole_number(typed, typed.skip(behind, "day", "days", "week", "d"))
    if second is None:
        return low, low, end
    high, last = second
    if unit(typed, last) is not None and typed.at(end).text == "or":
        return low, low, end
    if high < low:
        raise Asking("This begins after it ends.", typed.words(at, last))
    return low, high, last


def _days(low: int, high: int, of: Unit) -> Days:
    """Both ways of counting a numbered week, month or year; a day is that day."""
    if of is Unit.DAY:
        return between(low, high)
    last = distance(Fraction(high), Fraction(high), Fraction(1), of).high
    return Days(shortest(Fraction(max(low - 1, 0)), of), last, of.precision)


def _counted_from(
    typed: Typed, end: int, low: int, high: int, of: Unit, context: Context
) -> tuple[Point, int]:
    days = _days(low, high, of)
    behind = typed.after(end, *_BEFORE)
    if behind is not None and (found := reference(typed, behind, context)) is not None:
        return Point(before(days), found[0].id), found[1]
    behind = typed.after(end, *_FROM)
    if behind is not None and (zero := typed.after(behind, "day 0", "day zero")) is not None:
        return Point(after(days)), zero
    if behind is not None and (found := reference(typed, behind, context)) is not None:
        return Point(after(days), found[0].id), found[1]
    behind = typed.after(end, *_OF)
    if behind is not None and typed.at(behind).kind is not Kind.NUMBER:
        found = reference(typed, behind, context)
        if found is not None:
            return Point(after(_of(low, high, of)), found[0].id), found[1]
    return Point(after(days)), end


def _of(low: int, high: int, of: Unit) -> Days:
    """Day, week or month n *of* a treatment: the first is number 1, though a day may be 0."""
    if of is Unit.DAY:
        return between(max(low - 1, 0), high)
    return _nth(low, high, of)


def _nth(low: int, high: int, of: Unit) -> Days:
    first = shortest(Fraction(max(low - 1, 0)), of)
    return Days(first, longest(Fraction(high), of) - 1, of.precision)


def _ordinal_day(typed: Typed, at: int, context: Context) -> tuple[Point, int] | None:
    """`the third day after surgery`, `the sixth week of treatment`, `第7天`, `第6周`."""
    which = ordinal(typed, at)
    if which is None or which[0] < 1:
        return None
    told = unit(typed, which[1])
    if told is None:
        return None
    of, end = told
    if typed.at(at).kind is Kind.HAN:
        return Point(after(nth(which[0], of))), end
    for words, side in ((_FROM, after), (_BEFORE, before), (_OF, after)):
        behind = typed.after(end, *words)
        found = reference(typed, behind, context) if behind is not None else None
        if found is not None:
            first_is_zero = words is _OF and of is Unit.DAY
            days = nth(which[0] - 1 if first_is_zero else which[0], of)
            return Point(side(days), found[0].id), found[1]
    raise Asking(
        f"“{typed.words(at, end)}” is counted from what?", typed.words(at, end),
        tuple(f"{typed.words(at, end)} after “{e.label}”" for e in context.events[:3]),
    )  # fmt: skip


def nth(which: int, of: Unit) -> Days:
    """The nth day, week, month or year after something; day n is n days after."""
    return between(which, which) if of is Unit.DAY else _nth(which, which, of)
