"""The parts of a line put together into one entry, or asked about where they contradict."""

from __future__ import annotations

from dataclasses import replace

from patients.clinical_time import Bounds, Precision, lasting
from patients.deidentification import names_calendar_date
from patients.reported_time.asking import Asking
from patients.reported_time.canonical import duration_words, point_words
from patients.reported_time.clauses import Lasted, Parts, Told
from patients.reported_time.model import UNKNOWN, Context, Duration, Entry, Frequency
from patients.reported_time.points import SAME_DAY, Point, shifted, spanning
from patients.reported_time.spans import ending_after
from patients.reported_time.tokens import SEPARATORS, Typed, key_of

_MOST_FREQUENCY_WORDS = 100


def entry_of(parts: Parts, typed: Typed, context: Context) -> Entry:
    """Raises Asking where parts contradict each other, or where one is told twice."""
    if parts == Parts():
        raise Asking("Nothing is told here.", typed.text, ("not reported",))
    _refuse_two_of_a_kind(parts, typed)
    start, words, year = _start(parts, typed, context)
    end, end_words, duration = _ending(parts, start, typed)
    anchor, start_bounds, end_bounds = _one_scale(start, end, context)
    if end_bounds is not None:
        _refuse_backwards(start_bounds, end_bounds, typed)
        kept = _kept(end_words, point_words(end_bounds, anchor, context))
        end_bounds = replace(end_bounds, reported_as=kept)
    kept = _kept(words, point_words(start_bounds, anchor, context))
    if start_bounds.precision is Precision.UNKNOWN:
        kept = ""
    return Entry(
        start=replace(start_bounds, reported_as=kept),
        end=end_bounds,
        duration=duration,
        ongoing=parts.ongoing or (parts.since and end is None and duration is None),
        anchor=anchor,
        frequency=_frequency(parts),
        day_zero_year=year,
    )


def _kept(words: str, canonical: str) -> str:
    """The words as typed, unless they say what the days say, or what must not be kept."""
    words = words.strip(" " + "".join(SEPARATORS - set("()[]")))
    if key_of(words) == key_of(canonical) or names_calendar_date(words):
        return ""
    return words


def _refuse_two_of_a_kind(parts: Parts, typed: Typed) -> None:
    spans: list[Told | Lasted] = [*parts.ends, *parts.durations]
    without = tuple(_without(told, typed) for told in reversed(spans))
    for found, name in (
        (parts.ends, "two ends"),
        (parts.durations, "two durations"),
        (parts.frequencies, "two frequencies"),
    ):
        if len(found) > 1:
            raise Asking(f"This tells {name}. Which one is meant?", typed.text, without)
    if parts.ongoing and spans:
        raise Asking(
            "This is said to be ongoing and to have ended. Which is meant?", typed.text, without
        )
    if parts.ends and parts.durations:
        raise Asking("This tells both an end and a duration. Give one.", typed.text, without)


def _without(told: Told | Lasted, typed: Typed) -> str:
    """The text without an end and the word before it, or without a duration."""
    begin = told.begin - 1 if isinstance(told, Told) and told.begin > 0 else told.begin
    return typed.replaced(begin, told.end, "")


def _start(parts: Parts, typed: Typed, context: Context) -> tuple[Point, str, int | None]:
    """Where it starts, in which words, and the year of day 0 where it is told of day 0 itself."""
    words = _words_of(parts.starts, typed)
    points = [told.point for told in parts.starts]
    if context.is_index:
        _refuse_other_days(points, words)
        years = [point.year for point in points if point.year is not None]
        return Point(SAME_DAY), words, years[0] if years else None
    if not points:
        return Point(UNKNOWN), "", None
    parted = tuple(typed.words(told.begin, told.end) for told in parts.starts)
    return _agreed(points, words, parted, context), words, None


def _words_of(told: list[Told], typed: Typed) -> str:
    """What was typed for it: in one piece where it stands together."""
    if not told or any(each.point.private for each in told):
        return ""
    told = sorted(told, key=lambda each: each.begin)
    together = all(
        all(typed.is_separator(at) for at in range(first.end, second.begin))
        for first, second in zip(told, told[1:], strict=False)
    )
    if together:
        return typed.words(told[0].begin, told[-1].end)
    return ", ".join(typed.words(each.begin, each.end) for each in told)


def _refuse_other_days(points: list[Point], words: str) -> None:
    for point in points:
        low, high = point.bounds.low, point.bounds.high
        reaches_zero = (low is None or low <= 0) and (high is None or high >= 0)
        if point.anchor or not reaches_zero:
            raise Asking(
                "This event is day 0, which the other events count from. Tell its year, or take "
                "the mark of day 0 off.",
                words,
                ("day 0",),
            )


def _agreed(points: list[Point], words: str, parted: tuple[str, ...], context: Context) -> Point:
    """All that was said, as one point: the first that says as much as all of them together.

    `parted` are the words of each, to choose from where they contradict each other.
    """
    resolved = [shifted(point, context) for point in points]
    if len(points) == 1:
        return points[0]
    lows = [bounds.low for bounds in resolved if bounds.low is not None]
    highs = [bounds.high for bounds in resolved if bounds.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        raise Asking(
            "These contradict each other: "
            + "; ".join(
                f"“{said}” is {of.words()}" for said, of in zip(parted, resolved, strict=True)
            )
            + ". Which is right?",
            words,
            parted,
        )
    for point, bounds in zip(points, resolved, strict=True):
        if (bounds.low, bounds.high) == (low, high):
            return point
    precision = Precision.DAY if low is None or high is None else lasting(low, high).precision
    return Point(spanning(low, high, precision))


def _ending(parts: Parts, start: Point, typed: Typed) -> tuple[Point | None, str, Duration | None]:
    """The end and its words, or the duration."""
    if parts.ends:
        return parts.ends[0].point, _words_of(parts.ends, typed), None
    if not parts.durations:
        return None, "", None
    lasted = parts.durations[0]
    words = typed.words(lasted.begin, lasted.end)
    length = lasted.quantity.length
    if length.low is None or length.high is None:
        end = ending_after(start.bounds, lasted.quantity, (f"then {words}",))
        return Point(end, start.anchor), words, None
    spanning(length.low, length.high, length.precision)
    kept = _kept(words, duration_words(length.low, length.high))
    return None, "", Duration(length.low, length.high, kept)


def _one_scale(
    start: Point, end: Point | None, context: Context
) -> tuple[str, Bounds, Bounds | None]:
    """Start and end counted from the same: from one anchor where both are, else from day 0."""
    if end is None:
        return start.anchor, start.bounds, None
    nothing_known = end.bounds.precision is Precision.UNKNOWN
    if start.anchor == end.anchor or (nothing_known and not end.anchor):
        return start.anchor, start.bounds, end.bounds
    if start.bounds.precision is Precision.UNKNOWN and not start.anchor and not context.is_index:
        return end.anchor, start.bounds, end.bounds
    for point in (start, end):
        resolved = shifted(point, context)
        if (
            resolved.precision is Precision.UNKNOWN
            and point.bounds.precision is not resolved.precision
        ):
            raise Asking(
                "Start and end are counted from two events, and the time of one of those is not "
                "known. Give both from the same event, or one alone."
            )
    return "", shifted(start, context), shifted(end, context)


def _refuse_backwards(start: Bounds, end: Bounds, typed: Typed) -> None:
    if end.certainly_before(start):
        raise Asking(
            f"This ends before it starts: {start.words()}, until {end.words()}.", typed.text
        )


def _frequency(parts: Parts) -> Frequency | None:
    if not parts.frequencies:
        return None
    told = parts.frequencies[0]
    words = told.reported_as.strip()[:_MOST_FREQUENCY_WORDS]
    return replace(told, reported_as="" if names_calendar_date(words) else words)
