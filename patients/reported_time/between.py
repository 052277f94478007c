"""Two ends of an uncertain time: `between day 3 and day 9`, `between the MRI and surgery`."""

from __future__ import annotations

from collections.abc import Callable

from patients.clinical_time import Bounds, Precision, lasting
from patients.reported_time.anchored import counted, day
from patients.reported_time.asking import Asking
from patients.reported_time.model import Context
from patients.reported_time.points import SAME_DAY, Point, after, before, shifted, spanning
from patients.reported_time.quantities import quantity
from patients.reported_time.references import reference
from patients.reported_time.tokens import Typed

Rule = Callable[[Typed, int, Context], tuple[Point, int] | None]


def between(typed: Typed, place: int, context: Context, point: Rule) -> tuple[Point, int] | None:
    """`point` reads any other point in time."""
    begin = typed.after(place, "between")
    if begin is None:
        return None
    counting = quantity(typed, place)
    if counting is not None and counting[0].low.value != counting[0].high.value:
        return counted(typed, place, context)
    straddling = _straddling(typed, begin, context)
    if straddling is not None:
        return straddling
    first = _end(typed, begin, context, point)
    if first is None:
        return None
    joint = typed.after(first[1], "and", "to")
    if joint is None:
        low, high = first[0].bounds.low, first[0].bounds.high
        return first if low is not None and low != high else None
    second = _end(typed, joint, context, point)
    if second is None:
        return None
    words = typed.words(place, second[1])
    return joined(first[0], second[0], words, context), second[1]


def _end(typed: Typed, at: int, context: Context, point: Rule) -> tuple[Point, int] | None:
    told = day(typed, at) or counted(typed, at, context) or point(typed, at, context)
    if told is not None:
        return told
    found = reference(typed, at, context)
    return (Point(SAME_DAY, found[0].id), found[1]) if found else None


def _straddling(typed: Typed, begin: int, context: Context) -> tuple[Point, int] | None:
    """`3 days before and 5 days after “X”`: both count from the event named last."""
    first = quantity(typed, begin)
    if first is None:
        return None
    for word, side in (("before", before), ("after", after)):
        joint = typed.after(first[1], f"{word} and")
        second = counted(typed, joint, context) if joint is not None else None
        if second is not None:
            point = Point(side(first[0].distance), second[0].anchor)
            return joined(point, second[0], typed.words(begin, second[1]), context), second[1]
    return None


def joined(first: Point, second: Point, words: str, context: Context) -> Point:
    """From the one to the other: counted from what both count from, else from day 0.

    Where nothing is known of how late the other can be, the first and what it counts from say all.
    """
    private = first.private or second.private
    if first.anchor == second.anchor:
        return Point(_from_to(first.bounds, second.bounds, words), first.anchor, private)
    low, high = shifted(first, context), shifted(second, context)
    if high.high is None:
        return Point(spanning(first.bounds.low, None, Precision.DAY), first.anchor, private)
    return Point(_from_to(low, high, words), private=private)


def _from_to(first: Bounds, second: Bounds, words: str) -> Bounds:
    low, high = first.low, second.high
    if low is None or high is None:
        return spanning(low, high, Precision.DAY)
    if low > high:
        raise Asking("This begins after it ends.", words)
    return spanning(low, high, lasting(low, high).precision)
