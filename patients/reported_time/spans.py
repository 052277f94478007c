"""How long and until when: `for 1 month`, `until the second embolisation`, `ongoing`, `至今`.

"Until last follow-up" is ongoing: it had not ended when the report stopped looking. Where an event
of the case is called so, it ends there.
"""

from __future__ import annotations

from patients.clinical_time import Bounds, Precision
from patients.reported_time.anchored import AFTER, BEFORE, EARLIER, LATER
from patients.reported_time.asking import Asking
from patients.reported_time.between import Rule
from patients.reported_time.matching import fitting, is_name
from patients.reported_time.model import UNKNOWN, Context
from patients.reported_time.points import SAME_DAY, Point
from patients.reported_time.quantities import Quantity, quantity
from patients.reported_time.references import named, reference
from patients.reported_time.tokens import Typed

_FOR = (
    "for", "for a total of", "for the next", "for the first", "for the following",
    "for a period of", "for a total duration of", "a total of", "total", "lasting", "lasted",
    "over", "over a period of", "over the next", "during", "x", "×",
    "持续", "持续时间", "共", "共计", "总共", "为期", "历时", "连续", "连用", "疗程", "疗程共",
    "达",
)  # fmt: skip
_FOR_TOTAL = ("in total", "in all", "of treatment", "altogether", "course")
_ONGOING = (
    "ongoing", "still ongoing", "and ongoing", "to date", "until now", "up to now", "till now",
    "up to the present", "to the present", "until the present", "until present", "to present",
    "so far", "continuing", "continued", "still continuing", "up to date", "to this day",
    "up to the present time", "until today", "至今", "持续至今", "迄今", "到目前", "至目前",
    "截至目前", "直至目前", "直到现在", "到现在", "至现在", "仍在继续", "持续中", "仍在进行",
)  # fmt: skip
LAST_FOLLOW_UP = (
    "last follow up", "the last follow up", "the latest follow up", "latest follow up",
    "the most recent follow up", "final follow up", "the final follow up", "last visit",
    "the end of follow up", "end of follow up", "末次随访", "最后一次随访",
    "最近一次随访", "随访结束",
)  # fmt: skip
_DEATH = ("death", "the death", "his death", "her death", "the patients death", "死亡")
_UNTIL = (
    "until", "till", "up to", "through", "to", "ending on", "ending in", "ending at", "ending",
    "until the day of", "-", "直至", "直到", "至", "到", "截至", "止于",
)  # fmt: skip


def lasting(typed: Typed, place: int) -> tuple[Quantity, int] | None:
    """`for a total of 3 days`, `3 days in total`, `共3天`."""
    begin = typed.after(place, *_FOR)
    told = quantity(typed, begin) if begin is not None else None
    if told is None:
        told = quantity(typed, typed.skip(place, "a", "the"))
        end = typed.after(told[1], *_FOR_TOTAL) if told else None
        return (told[0], end) if told and end is not None else None
    count, end = told
    says_when = typed.at(place).text in ("over", "during", "for")
    if says_when and typed.at(place).text == "over" and _has_side(typed, end):
        return None
    return count, typed.skip(end, *_FOR_TOTAL)


def _has_side(typed: Typed, end: int) -> bool:
    """`over 3 years later` counts from somewhere, and lasts nothing."""
    return typed.after(end, *AFTER, *BEFORE, *LATER, *EARLIER) is not None


def ongoing(typed: Typed, place: int, context: Context) -> int | None:
    """The place behind words for a course that had not ended when the report was written."""
    end = typed.after(typed.skip(place, "-"), *_ONGOING)
    if end is not None:
        return end
    if (end := typed.after(place, "- present", "- now")) is not None:
        return end
    begin = typed.after(place, *_UNTIL)
    end = typed.after(begin, *LAST_FOLLOW_UP) if begin is not None else None
    if begin is None or end is None:
        return None
    return None if is_name(typed.words(begin, end), context) else end


def until(typed: Typed, place: int, context: Context, point: Rule) -> tuple[Point, int, int] | None:
    """The end, where its words begin and where they end. Raises Asking where nothing tells it."""
    begin = typed.after(place, *_UNTIL)
    if begin is None:
        return None
    nowhere = typed.after(begin, "an unknown day", "an unknown time")
    if nowhere is not None:
        return Point(UNKNOWN), nowhere, nowhere
    if (dead := typed.after(begin, *_DEATH)) is not None:
        return _death(typed, begin, dead, context)
    told = point(typed, begin, context)
    if told is not None:
        return told[0], begin, told[1]
    if typed.is_mark(place, "-"):
        return None
    found = reference(typed, begin, context)
    return (Point(SAME_DAY, found[0].id), begin, found[1]) if found else None


def _death(typed: Typed, begin: int, end: int, context: Context) -> tuple[Point, int, int]:
    if not fitting("death", context):
        raise Asking(
            "No event of this case tells the death. Add it first, or say ongoing.",
            typed.words(begin, end),
            (typed.replaced(begin - 1, end, "ongoing"), "ongoing"),
        )
    return Point(SAME_DAY, named(typed, begin, end, context).id), begin, end


def ending_after(start: Bounds, count: Quantity, instead: tuple[str, ...]) -> Bounds:
    """The end of a course that lasted "at least" so long: no later limit, counted as `start` is."""
    low = count.length.low
    if start.low is None or low is None:
        raise Asking(
            "How long it lasted has no upper limit, so it needs a start to count from.", "", instead
        )
    return Bounds(start.low + low, None, Precision.AFTER)
