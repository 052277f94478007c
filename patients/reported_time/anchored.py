"""A number of units away from an event: `3 days after TACE`, `4 years later`, `the next day`.

What names no event counts from the event told before, or from day 0 where none was. "Within 2
weeks of" reaches to both sides, "within 2 weeks" forward. "The following month" is any day of the
next month of a calendar: 1 to 61 days later.
"""

from __future__ import annotations

from patients.clinical_time import Bounds, Precision
from patients.reported_time.asking import Asking
from patients.reported_time.model import Context
from patients.reported_time.operations import operation
from patients.reported_time.points import Point, after, before, previous, spanning
from patients.reported_time.quantities import Limit, Quantity, quantity
from patients.reported_time.references import reference
from patients.reported_time.tokens import Typed
from patients.reported_time.units import Days, Unit

AFTER = ("after", "following", "post", "from", "since", "past")
BEFORE = ("before", "prior to", "previous to", "preceding", "pre", "ahead of")
LATER = (
    "later", "later on", "afterwards", "afterward", "thereafter", "after that", "after this",
    "subsequently", "after",
)  # fmt: skip
EARLIER = ("earlier", "before", "before that", "before this", "previously", "prior", "beforehand")
POSTOPERATIVELY, PREOPERATIVELY = (
    tuple(f"{side}{gap}{ending}" for gap in ("", " ")
          for ending in ("operatively", "operative", "op", "surgically"))
    for side in ("post", "pre")
)  # fmt: skip
_NEXT = {
    Unit.DAY: Bounds(1, 1),
    Unit.WEEK: Bounds(1, 13, Precision.WEEK),
    Unit.MONTH: Bounds(1, 61, Precision.MONTH),
    Unit.YEAR: Bounds(1, 730, Precision.YEAR),
}
_ZERO = ("day 0", "day zero")
_STOPS = ("for", "until", "till", "every", "once", "twice", "ongoing", "and", "then", "up to")


def stops(typed: Typed, place: int) -> bool:
    """True where no name of an event can begin."""
    return (
        place >= len(typed)
        or typed.is_separator(place)
        or typed.after(place, *_STOPS) is not None
    )  # fmt: skip


def counted(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """`3 days after TACE`, `4 years later`, `after 3 months of treatment`, `within 2 weeks of`."""
    limited = typed.after(place, "at least", "at most") is not None
    at = place if limited else typed.skip(place, "on", "in", "at", "by")
    leading = typed.after(at, "after", "following")
    told = quantity(typed, typed.skip(at if leading is None else leading, "the first", "the"))
    if told is None:
        return None
    count, end = told
    end = typed.skip(end, "of time", "time", "s")
    if leading is not None:
        return _after_a_stretch(typed, end, count, context)
    within = typed.after(at, "within") is not None
    for words, read in ((("of",), _around if within else _into), (("into",), _into)):
        behind = typed.after(end, *words)
        if behind is not None:
            return read(typed, behind, count, context)
    sided = _sided(typed, end, count, context)
    if sided is None and within and stops(typed, end):
        return Point(after(count.distance), previous(context)), end
    if sided is None and typed.after(end, "ago") is not None:
        raise _asked_about_ago(typed, end, context)
    return sided


def _operative(
    typed: Typed, end: int, count: Quantity, context: Context
) -> tuple[Point, int] | None:
    """`3 weeks postoperatively`, `two months pre-op`."""
    for words, side, name in (
        (POSTOPERATIVELY, after, "after"), (PREOPERATIVELY, before, "before")
    ):  # fmt: skip
        behind = typed.after(end, *words)
        if behind is not None:
            surgery = operation(typed, end, behind, context, f"{name} {{}}")
            return Point(side(count.distance), surgery), behind
    return None


def _sided(typed: Typed, end: int, count: Quantity, context: Context) -> tuple[Point, int] | None:
    operative = _operative(typed, end, count, context)
    if operative is not None:
        return operative
    for words, alone, side in ((AFTER, LATER, after), (BEFORE, EARLIER, before)):
        behind = typed.after(end, *words)
        if behind is not None:
            zero = typed.after(behind, *_ZERO)
            if zero is not None:
                return Point(side(count.distance)), zero
            if not stops(typed, behind) and typed.after(behind, "that", "this") != behind + 1:
                found = reference(typed, behind, context)
                if found is not None:
                    return Point(side(count.distance), found[0].id), found[1]
        behind = typed.after(end, *alone)
        if behind is not None:
            return Point(side(count.distance), previous(context)), behind
    return None


def _asked_about_ago(typed: Typed, at: int, context: Context) -> Asking:
    names = ["day 0", *(f"“{e.label}”" for e in context.events if e.id == context.previous)]
    return Asking(
        "“Ago” is counted back from what?", typed.words(at, at + 1),
        tuple(typed.replaced(at, at + 1, f"before {name}") for name in names),
    )  # fmt: skip


def _after_a_stretch(
    typed: Typed, end: int, count: Quantity, context: Context
) -> tuple[Point, int]:
    """`after 26 years`, `after 3 months of treatment`."""
    behind = typed.after(end, "of", "on", "with", "from")
    found = reference(typed, behind, context) if behind is not None else None
    anchor, end = (found[0].id, found[1]) if found else (previous(context), end)
    return Point(after(count.distance), anchor), end


def _around(typed: Typed, at: int, count: Quantity, context: Context) -> tuple[Point, int] | None:
    """`within 2 weeks of TACE`: before it or after it."""
    found = reference(typed, at, context)
    most = count.length.high
    if found is None or most is None:
        return None
    return Point(spanning(-most, most, count.unit.precision), found[0].id), found[1]


def _into(typed: Typed, at: int, count: Quantity, context: Context) -> tuple[Point, int] | None:
    """`3 months into treatment`; no direction is given by `3 months of treatment` alone."""
    if typed.at(at - 1).text == "of" and count.limit is Limit.NONE:
        return None
    found = reference(typed, at, context)
    return (Point(after(count.distance), found[0].id), found[1]) if found else None


def bounded(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """`no earlier than 3 days before X`, `no later than …`, `on or before day 5`."""
    for words, later in (
        (("no earlier than", "not earlier than", "on or after", "at or after"), True),
        (("no later than", "not later than", "on or before", "at or before"), False),
    ):
        behind = typed.after(place, *words)
        inner = (counted(typed, behind, context) or day(typed, behind)) if behind else None
        if inner is not None:
            return _one_sided(inner[0], later=later), inner[1]
    for word, later in (("before", False), ("by", False), ("after", True)):
        told = day(typed, place + 1) if typed.at(place).text == word else None
        if told is not None:
            return _one_sided(told[0], later=later), told[1]
    return None


def _one_sided(point: Point, *, later: bool) -> Point:
    low, high = point.bounds.low, point.bounds.high
    told = spanning(low, None, Precision.DAY) if later else spanning(None, high, Precision.DAY)
    return Point(told, point.anchor)


def day(typed: Typed, place: int) -> tuple[Point, int] | None:
    """`day 5`, `day -5`, alone."""
    behind = typed.after(place, "day")
    if behind is None:
        return None
    minus = typed.is_mark(behind, "-")
    token = typed.at(behind + minus)
    if not (token.text.isdigit() and token.text.isascii() and len(token.text) <= 6):
        return None
    number = -int(token.text) if minus else int(token.text)
    return Point(spanning(number, number, Precision.DAY)), behind + minus + 1


def next_to(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """`the next day`, `the following month`, `the day after TACE`, `the previous day`."""
    at = typed.skip(place, "on the", "in the", "the", "on", "in")
    for unit, told in _NEXT.items():
        name, back = unit.name.lower(), _mirrored(told)
        for word, bounds in (("next", told), ("following", told), ("subsequent", told),
                             ("previous", back), ("preceding", back)):  # fmt: skip
            end = typed.after(at, f"{word} {name}")
            if end is not None:
                return Point(bounds, previous(context)), end
        for word, bounds in (("after", told), ("following", told), ("before", back)):
            end = typed.after(at, f"{name} {word}")
            if end is not None:
                found = None if stops(typed, end) else reference(typed, end, context)
                return (
                    (Point(bounds, found[0].id), found[1]) if found
                    else (Point(bounds, previous(context)), end)
                )  # fmt: skip
    return None


def _mirrored(told: Bounds) -> Bounds:
    return before(Days(told.low, told.high, told.precision))
