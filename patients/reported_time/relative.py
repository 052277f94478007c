"""Before, after and at an event, named or told before: `then`, `before surgery`, `on admission`."""

from __future__ import annotations

from patients.clinical_time import Bounds, Precision
from patients.reported_time.anchored import BEFORE, POSTOPERATIVELY, PREOPERATIVELY, stops
from patients.reported_time.asking import Asking
from patients.reported_time.matching import is_name
from patients.reported_time.model import Context
from patients.reported_time.operations import operation
from patients.reported_time.points import (
    ANY_TIME_AFTER,
    ANY_TIME_BEFORE,
    SAME_DAY,
    Point,
    event_of,
    previous,
    spanning,
)
from patients.reported_time.quantities import quantity
from patients.reported_time.references import reference
from patients.reported_time.spans import LAST_FOLLOW_UP
from patients.reported_time.tokens import Typed
from patients.vocabulary import Category

_AFTER = ("after", "following", "post", "since", "than")
_SOME_TIME_AFTER = (
    "then", "later", "later on", "afterwards", "afterward", "thereafter", "subsequently", "next",
    "after that", "after this", "following this", "following that",
    "soon after", "soon afterwards", "soon thereafter", "shortly after", "shortly afterwards",
    "shortly thereafter", "immediately after", "immediately afterwards", "some time later",
    "finally", "eventually", "ultimately", "最终",
    "at present", "presently", "currently", "now", "at the time of the report",
    "at the time of writing", "at the time of reporting", "at the time of this report",
)  # fmt: skip
_SOME_TIME_BEFORE = (
    "earlier", "previously", "before that", "before this", "beforehand",
)  # fmt: skip
_SAME_TIME = (
    "at the same time", "at that time", "at this time", "simultaneously", "concurrently",
    "concomitantly", "meanwhile", "in the meantime",
)  # fmt: skip
_SAME_TIME_AS = (
    "at the same time as", "together with", "along with", "simultaneously with",
    "concurrently with", "in parallel with",
)  # fmt: skip
_SAME_DAY = ("on the same day", "the same day", "same day", "on that day", "that day")
_NEARLY = (
    "soon", "shortly", "immediately", "right", "just", "directly", "long", "some time", "sometime",
    "any time", "later", "earlier",
)  # fmt: skip
_AT = (
    "on the day of", "on the same day as", "the same day as", "same day as", "on the date of",
    "at the time of", "on", "at", "upon", "with", "at the start of", "at the beginning of",
    "day of", "the day of",
)  # fmt: skip
_OPENING = (
    "on admission", "at admission", "on presentation", "at presentation", "at diagnosis",
    "at first visit", "at the first visit", "at baseline", "at onset", "入院时", "就诊时", "诊断时",
)  # fmt: skip
_DURING = ("during", "while on", "in the course of", "under")
_IN_SURGERY = ("intraoperatively", "intraoperative", "术中")
_WITHIN_A_DAY = (Category.SURGERY, Category.INTERVENTION)


def relative(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    return (
        _opening(typed, place, context)
        or _same_time(typed, place, context)
        or _told_before(typed, place, context)
        or _at_last(typed, place, context)
        or _beside(typed, place, context)
        or _operative(typed, place, context)
        or _during(typed, place, context)
        or _at(typed, place, context)
    )


def _opening(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """How day 0 itself is told: `on admission`."""
    end = typed.after(place, *_OPENING) if context.is_index else None
    return None if end is None else (Point(SAME_DAY), end)


def _same_time(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    end = typed.after(place, *_SAME_TIME_AS)
    found = reference(typed, end, context) if end is not None else None
    if found is not None:
        return same_time(found[0].id, typed.words(place, found[1]), context), found[1]
    end = typed.after(place, *_SAME_TIME)
    if end is not None:
        return same_time(previous(context), typed.words(place, end), context), end
    end = typed.after(place, *_SAME_DAY)
    if end is not None and typed.after(end, "as") is None:
        return Point(SAME_DAY, previous(context)), end
    return None


def same_time(id: str, words: str, context: Context) -> Point:
    """The time of another event as it was told, counted from what that one counts from."""
    if not id:
        return Point(SAME_DAY)
    event = event_of(id, context)
    told = event.told or event.start
    if told.precision is Precision.UNKNOWN:
        raise Asking(
            f"The time of “{event.label}” is not known, so “{words}” tells none. Was it on the "
            "same day?",
            words,
            (f"on the same day as “{event.label}”", "not reported"),
        )
    anchor = event.anchor if event.told else ""
    return Point(Bounds(told.low, told.high, told.precision), anchor)


def _told_before(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """`then`, `soon after`, `earlier`, `at present`: counted from what was told before."""
    for phrases, told in (
        (_SOME_TIME_AFTER, ANY_TIME_AFTER),
        (_SOME_TIME_BEFORE, ANY_TIME_BEFORE),
    ):
        end = typed.after(place, *phrases)
        if end is None or typed.after(end, "than") is not None:
            continue
        names_one = typed.at(end - 1).text in ("after", "following", "before", "prior")
        if not names_one or stops(typed, end):
            return Point(told, previous(context)), end
    return None


def _at_last(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """`at last follow-up`, where no event is called so: when the report ends, like "at present"."""
    begin = typed.skip(place, "at", "at the time of", "on")
    end = typed.after(begin, *LAST_FOLLOW_UP)
    if end is None or is_name(typed.words(begin, end), context):
        return None
    behind = typed.skip(end, "时")
    is_told = begin > place or behind > end
    return (Point(ANY_TIME_AFTER, previous(context)), behind) if is_told else None


def _beside(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """`before surgery`, `soon after TACE`, `later than lanreotide`, `prior to day 0`."""
    at = typed.skip(place, *_NEARLY)
    for words, told in ((BEFORE, ANY_TIME_BEFORE), (_AFTER, ANY_TIME_AFTER)):
        end = typed.after(at, *words)
        if end is None or stops(typed, end):
            continue
        if typed.at(at).text == "than":
            if typed.at(at - 1).text not in ("later", "earlier") or at == place:
                continue
            told = ANY_TIME_BEFORE if typed.at(at - 1).text == "earlier" else ANY_TIME_AFTER
        if (zero := typed.after(end, "day 0", "day zero")) is not None:
            return Point(told), zero
        found = reference(typed, end, context)
        if found is not None:
            return Point(told, found[0].id), found[1]
    return None


def _operative(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    for words, told, side in (
        (PREOPERATIVELY, ANY_TIME_BEFORE, "before"), (POSTOPERATIVELY, ANY_TIME_AFTER, "after")
    ):  # fmt: skip
        end = typed.after(place, *words)
        if end is not None:
            return Point(told, operation(typed, place, end, context, f"{side} {{}}")), end
    return None


def _during(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """From an event's start to its end where that is known; else some time after its start.

    An operation or intervention without an end of its own is over within its day.
    """
    end = typed.after(place, *_IN_SURGERY)
    if end is not None:
        surgery = operation(typed, place, end, context, "on the day of {}")
        return Point(SAME_DAY, surgery), end
    behind = typed.after(place, *_DURING)
    found = reference(typed, behind, context) if behind is not None else None
    if found is None:
        return None
    event, end = found
    last = event.end.high if event.end else None
    if event.end is None and event.category in _WITHIN_A_DAY:
        return Point(SAME_DAY, event.id), end
    if last is None or event.start.low is None or last < event.start.low:
        return Point(ANY_TIME_AFTER, event.id), end
    return Point(spanning(event.start.low, last, Precision.YEAR)), end


def _at(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """`at diagnosis`, `on the day of surgery`. Raises Asking for `at 3 months`."""
    end = typed.after(place, *_AT)
    if end is None:
        return None
    told = quantity(typed, end)
    if told is not None:
        raise counted_from_what(typed, place, end, told[1], context)
    found = reference(typed, end, context)
    return (Point(SAME_DAY, found[0].id), found[1]) if found else None


def counted_from_what(typed: Typed, place: int, begin: int, end: int, context: Context) -> Asking:
    """A question about a number of units that says neither from what nor for how long."""
    words, fragment = typed.words(begin, end), typed.words(place, end)
    told = [e for e in context.events if e.id == context.previous]
    told += [e for e in context.events if e.is_index and e not in told]
    offered = [f"{words} after “{event.label}”" for event in told]
    offered += [f"{words} later", f"{words} before day 0", f"for {words}"]
    return Asking(
        f"“{fragment}” is counted from what, or how long did it last?", fragment,
        tuple(typed.replaced(place, end, words) for words in offered),
    )  # fmt: skip
