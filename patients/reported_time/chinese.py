"""Points in time as Chinese reports word them: `术后第7天`, `第二次栓塞前两周`, `4年后`, `同日`.

The event is named before the word for after, before or at. Of several such words the last one ends
a name that is known whole; otherwise the first does.
"""

from __future__ import annotations

from patients.clinical_time import Bounds, Precision
from patients.reported_time.asking import Asking
from patients.reported_time.matching import names_of
from patients.reported_time.model import Context
from patients.reported_time.numbered import nth
from patients.reported_time.numbers import whole_number
from patients.reported_time.operations import operation
from patients.reported_time.points import (
    ANY_TIME_AFTER,
    ANY_TIME_BEFORE,
    SAME_DAY,
    Point,
    after,
    before,
    previous,
    spanning,
)
from patients.reported_time.quantities import quantity
from patients.reported_time.references import named
from patients.reported_time.relative import same_time
from patients.reported_time.tokens import Kind, Typed, key_of
from patients.reported_time.units import unit

_AFTER = ("后", "之后", "以后", "後", "以来", "起")
_BEFORE = ("前", "之前", "以前")
_SAME_DAY = ("当日", "当天", "同日", "同天", "时", "的时候", "当时", "之时")
_THEN = (
    "随后",
    "其后",
    "之后",
    "此后",
    "然后",
    "后来",
    "而后",
    "以后",
    "嗣后",
    "目前",
    "现在",
    "现",
)
_EARLIER = ("此前", "之前", "以前", "既往")
_SAME_TIME = ("同时", "与此同时", "此时", "当时")
_NEXT = {
    ("次日", "翌日", "第二天", "隔天后"): Bounds(1, 1),
    ("前一天", "前一日"): Bounds(-1, -1),
    ("次周", "下周", "第二周"): Bounds(1, 13, Precision.WEEK),
    ("次月", "下月", "下个月", "第二个月"): Bounds(1, 61, Precision.MONTH),
    ("次年", "翌年", "下一年", "第二年"): Bounds(1, 730, Precision.YEAR),
}
_OPERATION = ("术", "手术")


def chinese(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    return (
        _alone(typed, place, context)
        or _quantity_first(typed, place, context)
        or _event_first(typed, place, context)
        or _numbered(typed, place)
    )


def _alone(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    for words, told in _NEXT.items():
        end = typed.after(place, *words)
        if end is not None:
            return Point(told, previous(context)), end
    end = typed.after(place, "同日", "同天", "当日", "当天", "同一天")
    if end is not None:
        return Point(SAME_DAY, previous(context)), end
    end = typed.after(place, *_SAME_TIME)
    if end is not None:
        return same_time(previous(context), typed.words(place, end), context), end
    for phrases, bounds in ((_THEN, ANY_TIME_AFTER), (_EARLIER, ANY_TIME_BEFORE)):
        end = typed.after(place, *phrases)
        if end is not None:
            return Point(bounds, previous(context)), end
    return None


def _quantity_first(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """`4年后`, `约3个月前`, `2周内`: counted from what was told before."""
    told = quantity(typed, place)
    if told is None:
        return None
    count, end = told
    for words, side in ((_AFTER[:4], after), (_BEFORE, before)):
        behind = typed.after(end, *words)
        if behind is not None:
            return Point(side(count.distance), previous(context)), behind
    if typed.at(end - 1).text == "内":
        return Point(after(count.distance), previous(context)), end
    return None


def _numbered(typed: Typed, place: int) -> tuple[Point, int] | None:
    """`第12天`: counted from day 0."""
    found = _which(typed, place)
    return (Point(found[0]), found[1]) if found else None


def _which(typed: Typed, place: int) -> tuple[Bounds, int] | None:
    """`第7天`, `第3周`, `第5至7天`, as bounds from what it counts from."""
    if typed.at(place).text != "第":
        return None
    first = whole_number(typed, place + 1)
    if first is None:
        return None
    low, end = first
    high = low
    behind = typed.after(end, "至", "到", "-", "~")
    second = whole_number(typed, typed.skip(behind, "第")) if behind is not None else None
    if second is not None:
        high, end = second
    told = unit(typed, end)
    if told is None:
        return None
    if high < low:
        raise Asking("This begins after it ends.", typed.words(place, told[1]))
    earliest, latest = nth(low, told[0]), nth(high, told[0])
    return spanning(earliest.low, latest.high, earliest.precision), told[1]


def _event_first(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """`栓塞后3天`, `术前2周`, `入院时`, `第二次栓塞当日`."""
    marks = _marks(typed, place)
    whole = [mark for mark in reversed(marks) if _is_name(typed, place, mark[0], context)]
    for begin, end, side in (*whole[:1], *marks[:1]):
        anchor = _anchor(typed, place, begin, context)
        if side == "at":
            return Point(SAME_DAY, anchor), end
        if side == "of":
            return _day_of(typed, begin, anchor)
        return _counted(typed, end, side, anchor)
    return None


def _marks(typed: Typed, place: int) -> list[tuple[int, int, str]]:
    """Where a name that begins at `place` may end, where the word behind it ends, and its side."""
    found = []
    at = place + 1
    while at < len(typed) and not typed.is_separator(at):
        for side, words in (("after", _AFTER[:4]), ("before", _BEFORE), ("at", _SAME_DAY)):
            end = typed.after(at, *words) if typed.at(at).kind is Kind.HAN else None
            if end is not None:
                found.append((at, end, side))
                at = end - 1
                break
        if typed.at(at).text == "第" and _which(typed, at) is not None:
            found.append((at, at, "of"))
        at += 1
    return found


def _day_of(typed: Typed, at: int, anchor: str) -> tuple[Point, int] | None:
    """`入院第3天`: the first day of it may be counted as 0 or as 1, as in "day 3 of"."""
    found = _which(typed, at)
    if found is None:
        return None
    told, end = found
    if told.precision is Precision.DAY and told.low is not None and told.low > 0:
        told = Bounds(told.low - 1, told.high, Precision.WEEK)
    return Point(told, anchor), end


def _is_name(typed: Typed, begin: int, end: int, context: Context) -> bool:
    key = key_of(typed.words(begin, end))
    return any(key_of(name) == key for event in context.events for name in names_of(event))


def _anchor(typed: Typed, begin: int, end: int, context: Context) -> str:
    is_operation = typed.words(begin, end) in _OPERATION
    if is_operation and not _is_name(typed, begin, end, context):
        return operation(typed, begin, end, context, "{}")
    return named(typed, begin, end, context).id


def _counted(typed: Typed, at: int, side: str, anchor: str) -> tuple[Point, int]:
    """What stands behind `后` or `前`: a number of days, a numbered day, or nothing."""
    at = typed.skip(at, "的", "约")
    ordinal = _which(typed, at)
    if ordinal is not None:
        told, end = ordinal
        return Point(told if side == "after" else _mirrored(told), anchor), end
    count = quantity(typed, at)
    if count is None:
        return Point(ANY_TIME_AFTER if side == "after" else ANY_TIME_BEFORE, anchor), at
    days = count[0].distance
    return Point(after(days) if side == "after" else before(days), anchor), count[1]


def _mirrored(told: Bounds) -> Bounds:
    assert told.low is not None
    assert told.high is not None
    return Bounds(-told.high, -told.low, told.precision)
