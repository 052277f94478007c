"""One line of words taken apart: when it began, when it ended or how long it lasted, how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from patients.clinical_time import Bounds, Precision
from patients.reported_time.ages import age
from patients.reported_time.anchored import bounded, counted, next_to
from patients.reported_time.asking import Asking
from patients.reported_time.between import between
from patients.reported_time.calendar_dates import calendar_date
from patients.reported_time.calendar_years import calendar_year
from patients.reported_time.chinese import chinese
from patients.reported_time.frequencies import frequency
from patients.reported_time.model import UNKNOWN, Context, Frequency
from patients.reported_time.numbered import numbered
from patients.reported_time.points import ANY_TIME_AFTER, SAME_DAY, Point, previous
from patients.reported_time.quantities import Quantity, quantity
from patients.reported_time.references import reference
from patients.reported_time.relative import counted_from_what, relative
from patients.reported_time.spans import lasting, ongoing, until
from patients.reported_time.tokens import Kind, Typed

_NOT_REPORTED = (
    "not reported", "unknown", "not known", "not stated", "not given", "not specified", "unclear",
    "unspecified", "time not reported", "time unknown", "date unknown", "not mentioned", "n/a",
    "na", "nr", "?", "unreported", "no date", "date not reported",
    "不详", "未知", "未报告", "未提及", "不明", "时间不详", "日期不详",
    "具体时间不详", "未说明", "不清楚",
)  # fmt: skip
_BEGINNING = (
    "starting", "starting on", "started", "starting in", "beginning", "beginning on", "begun",
    "commencing", "initiated", "given", "performed", "done",
)  # fmt: skip
_SINCE_THEN = ("since then", "ever since", "from then on", "from then onwards",
                              "此后一直", "自此", "从此", "自那时起")  # fmt: skip
_SINCE = ("since", "ever since", "自", "自从", "从")
_ONWARDS = ("on", "onwards", "onward", "以来", "起", "开始")
_JOINTS = ("to", "until", "till", "through", "-", "~", "up to", "至", "到", "直至", "直到")
_DOSES = frozenset(
    ("mg", "g", "ml", "l", "iu", "units", "mcg", "µg", "ug", "kg", "gy", "mm", "cm", "%", "mg/kg")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A point in time and the tokens that tell it."""

    point: Point
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Lasted:
    quantity: Quantity
    begin: int
    end: int


@dataclass(slots=True)
class Parts:
    starts: list[Told] = field(default_factory=list)
    ends: list[Told] = field(default_factory=list)
    durations: list[Lasted] = field(default_factory=list)
    frequencies: list[Frequency] = field(default_factory=list)
    precisions: list[Precision] = field(default_factory=list)
    """How finely the start, then the end, is said to be known, over what its width says."""
    ongoing: bool = False
    since: bool = False
    """Told to have gone on since something: to the present, where nothing ends it."""


Clause = Callable[[Typed, int, Context, Parts], int | None]


def point(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """Any point in time at `place`, and the place behind it."""
    told = between(typed, place, context, point)
    for rule in (calendar_date, calendar_year, age, numbered, bounded, counted, next_to, relative,
                 chinese):  # fmt: skip
        told = told or rule(typed, place, context)
    return told


def parts_of(typed: Typed, context: Context) -> Parts:
    """Raises Asking at the first words that are not understood."""
    parts, at = Parts(), 0
    while at < len(typed):
        if typed.is_separator(at) or typed.at(at).text in ("and", "but", "并", "且"):
            at += 1
            continue
        for clause in _CLAUSES:
            end = clause(typed, at, context, parts)
            if end is not None:
                at = end
                break
        else:
            raise _not_understood(typed, at, context)
    return parts


def _dated(typed: Typed, at: int, context: Context, parts: Parts) -> int | None:
    """A calendar date, before its figures are taken for a number of something."""
    told = calendar_date(typed, at, context)
    if told is not None:
        parts.starts.append(Told(told[0], at, told[1]))
    return told[1] if told else None


def _not_reported(typed: Typed, at: int, context: Context, parts: Parts) -> int | None:
    end = typed.after(at, *_NOT_REPORTED)
    if end is None:
        return None
    from_event = typed.after(typed.skip(end, ","), "counted from")
    if from_event is not None and (found := reference(typed, from_event, context)) is not None:
        parts.starts.append(Told(Point(UNKNOWN, found[0].id), at, found[1]))
        return found[1]
    parts.starts.append(Told(Point(UNKNOWN), at, at))
    return end


def _precision(typed: Typed, at: int, context: Context, parts: Parts) -> int | None:
    """`to the week`: how finely it is known, where that is not what the days say."""
    for precision in (Precision.WEEK, Precision.MONTH, Precision.YEAR):
        end = typed.after(at, f"to the {precision.value}")
        if end is not None and parts.starts:
            of = parts.ends or parts.starts
            told = of[-1]
            bounds = replace(told.point.bounds, precision=precision)
            of[-1] = replace(told, point=replace(told.point, bounds=bounds), end=end)
            return end
    return None


def _often(typed: Typed, at: int, context: Context, parts: Parts) -> int | None:
    told = frequency(typed, at)
    if told is not None:
        parts.frequencies.append(told[0])
    return told[1] if told else None


def _still(typed: Typed, at: int, context: Context, parts: Parts) -> int | None:
    end = ongoing(typed, at, context)
    parts.ongoing = parts.ongoing or end is not None
    return end


def _lasting(typed: Typed, at: int, context: Context, parts: Parts) -> int | None:
    told = lasting(typed, at)
    if told is not None:
        parts.durations.append(Lasted(told[0], at, told[1]))
    return told[1] if told else None


def _since(typed: Typed, at: int, context: Context, parts: Parts) -> int | None:
    """`since then`, `since 2018`, `since surgery`: it began then and had not ended."""
    end = typed.after(at, *_SINCE_THEN)
    if end is not None:
        parts.starts.append(Told(Point(ANY_TIME_AFTER, previous(context)), at, end))
        parts.since = True
        return end
    begin = typed.after(at, *_SINCE)
    if begin is None or _joint(typed, begin, context) is not None:
        return None
    told = point(typed, begin, context) or _event(typed, begin, context, ANY_TIME_AFTER)
    if told is None:
        return None
    end = typed.skip(told[1], *_ONWARDS)
    if typed.at(at).text == "从" and end == told[1]:
        return None
    parts.starts.append(Told(told[0], at, end))
    parts.since = True
    return end


def _event(typed: Typed, at: int, context: Context, told: Bounds) -> tuple[Point, int] | None:
    """An event's bare name, with what it says of the time: `since surgery`, `from surgery`."""
    found = reference(typed, at, context)
    return (Point(told, found[0].id), found[1]) if found else None


def _from(typed: Typed, at: int, context: Context, parts: Parts) -> int | None:
    """`from 2016 to 2020`, `from day 3`, `from surgery until discharge`, `自2016年至2020年`."""
    begin = typed.after(at, "from", "自", "从", "between")
    if begin is None or typed.at(at).text == "between":
        return None
    joint = _joint(typed, begin, context)
    if joint is None:
        told = point(typed, begin, context)
        named = _event(typed, begin, context, SAME_DAY) if told is None else None
        told = told or named
        if told is None:
            return None
        end = typed.skip(told[1], *_ONWARDS)
        parts.since = parts.since or end > told[1]
        parts.starts.append(Told(told[0], at if named else begin, told[1]))
        return end
    first, middle = joint
    if ongoing(typed, middle, context) is not None:
        parts.starts.append(Told(first, begin, middle))
        return middle
    second = until(typed, middle, context, point)
    if second is None:
        return None
    lone = typed.at(middle - 1).text in ("before", "after", "前", "后")
    if lone and second[0].anchor and first.anchor == previous(context):
        first = replace(first, anchor=second[0].anchor)
    parts.starts.append(Told(first, begin, middle))
    parts.ends.append(Told(second[0], second[1], second[2]))
    return second[2]


def _joint(typed: Typed, begin: int, context: Context) -> tuple[Point, int] | None:
    """What stands between `from` and `to`, and where `to` is."""
    for at in range(begin + 1, len(typed)):
        if typed.is_separator(at):
            return None
        if typed.after(at, *_JOINTS) is None:
            continue
        cut = Typed(typed.text, typed.tokens[:at])
        told = _quietly(cut, begin, context)
        if told is not None and told[1] == at:
            return told[0], at
    return None


def _quietly(typed: Typed, begin: int, context: Context) -> tuple[Point, int] | None:
    """The point that the whole of `typed` from `begin` on tells, or the event that it names."""
    try:
        told = point(typed, begin, context)
        whole = told is not None and told[1] == len(typed)
        return told if whole else _event(typed, begin, context, SAME_DAY)
    except Asking:
        return None


def _start(typed: Typed, at: int, context: Context, parts: Parts) -> int | None:
    begin = typed.skip(at, *_BEGINNING)
    told = point(typed, begin, context)
    if told is None:
        return None
    end = typed.after(told[1], "以来", "起", "onwards", "onward")
    parts.since = parts.since or end is not None
    parts.starts.append(Told(told[0], at, told[1] if end is None else end))
    return told[1] if end is None else end


def _end(typed: Typed, at: int, context: Context, parts: Parts) -> int | None:
    told = until(typed, at, context, point)
    if told is None:
        return None
    parts.ends.append(Told(*told))
    return told[2]


_CLAUSES: tuple[Clause, ...] = (
    _dated, _not_reported, _precision, _often, _still, _lasting, _since, _from, _start,
    _end,
)  # fmt: skip


def _not_understood(typed: Typed, at: int, context: Context) -> Asking:
    count = quantity(typed, at)
    if count is not None:
        return counted_from_what(typed, at, at, count[1], context)
    end = at + 1
    while end < len(typed) and not typed.is_separator(end):
        end += 1
    fragment = typed.words(at, end)
    before = at - 1 if typed.at(at - 1).text == "and" else at
    rest = (typed.replaced(before, end, ""), typed.words(0, before), typed.words(end, len(typed)))
    if any(typed.at(place).text in _DOSES for place in range(at, end)):
        return Asking(
            f"“{fragment}” looks like an amount. This line is for time alone; amounts have fields "
            "of their own.", fragment, rest,
        )  # fmt: skip
    events = _events_in(typed, at, end, context)
    named = [
        f"{side} “{event}”" for event in events for side in ("on the day of", "after", "before")
    ]
    return Asking(
        f"“{fragment}” is not understood as a time.", fragment,
        (*(typed.replaced(at, end, words) for words in named), *rest, "not reported"),
    )  # fmt: skip


def _events_in(typed: Typed, at: int, end: int, context: Context) -> list[str]:
    """The label of the event that the words name, where they name one and no time."""
    try:
        found = reference(Typed(typed.text, typed.tokens[:end]), at, context)
    except Asking:
        return []
    return [found[0].label] if found and typed.at(at).kind is not Kind.MARK else []
