"""One exact wording for every time, in whole days, that is read back as the same time."""

from __future__ import annotations

from patients.clinical_time import Bounds, Precision, lasting
from patients.reported_time.asking import Asking
from patients.reported_time.matching import by_label
from patients.reported_time.model import Context, Entry, Frequency
from patients.reported_time.references import reference
from patients.reported_time.tokens import Typed, tokenize

LONGEST = 200


def entry_words(entry: Entry, context: Context, *, short: bool = False) -> str:
    """`short` names events by their number, for labels that would not fit."""
    said = [point_words(entry.start, entry.anchor, context, short=short)]
    if entry.end is not None and entry.end.precision is not Precision.UNKNOWN:
        # The end says what an unknown start counts from.
        said = ["not reported"] if entry.start.precision is Precision.UNKNOWN else said
    if entry.end is not None:
        said[0] += f" until {point_words(entry.end, entry.anchor, context, short=short, end=True)}"
    if entry.frequency is not None:
        said.append(frequency_words(entry.frequency))
    if entry.duration is not None:
        said.append(duration_words(entry.duration.low, entry.duration.high))
    if entry.ongoing:
        said.append("ongoing")
    return ", ".join(part for part in said if part)


def point_words(
    bounds: Bounds, anchor: str, context: Context, *, short: bool = False, end: bool = False
) -> str:
    """`day 3`, `3 to 9 days after “TACE”`. `end`: an unknown one is worded to follow "until"."""
    name = name_of(anchor, context, short=short) if anchor else ""
    if bounds.low is None and bounds.high is None:
        if end:
            return "an unknown day"
        return f"not reported, counted from {name}" if name else "not reported"
    if end and name and (bounds.low, bounds.high) == (0, 0):
        return f"the day of {name}{_precision_words(bounds)}"
    told = (
        _from_event(bounds.low, bounds.high, name) if name else _from_zero(bounds.low, bounds.high)
    )
    return told + _precision_words(bounds)


def _precision_words(bounds: Bounds) -> str:
    """Where the days do not already say how finely it is known."""
    if bounds.low is None or bounds.high is None:
        return ""
    natural = lasting(bounds.low, bounds.high).precision
    return "" if bounds.precision is natural else f", to the {bounds.precision.value}"


def _from_zero(low: int | None, high: int | None) -> str:
    if low is None:
        return f"on or before day {high}"
    if high is None:
        return f"on or after day {low}"
    return f"day {low}" if low == high else f"between day {low} and day {high}"


def _from_event(low: int | None, high: int | None, name: str) -> str:
    match (low, high):
        case (0, 0):
            return f"on the same day as {name}"
        case (0, None):
            return f"after {name}"
        case (None, 0):
            return f"before {name}"
        case (int(), None):
            return _reaching("at least" if low > 0 else "no earlier than", low, name)
        case (None, int()):
            return _reaching("at least" if high < 0 else "no later than", high, name)
    assert low is not None
    assert high is not None
    if low == high:
        return _days(low, name)
    if low >= 0:
        return f"{low} to {high} days after {name}"
    if high <= 0:
        return f"{-low} to {-high} days before {name}"
    return f"between {-low} days before and {high} days after {name}"


def _reaching(limit: str, days: int, name: str) -> str:
    return f"{limit} {_days(days, name)}"


def _days(days: int, name: str) -> str:
    unit = "day" if abs(days) == 1 else "days"
    return f"{abs(days)} {unit} {'after' if days >= 0 else 'before'} {name}"


def duration_words(low: int, high: int) -> str:
    if low == high:
        return f"for {low} {'day' if low == 1 else 'days'}"
    return f"for {low} to {high} days"


def frequency_words(frequency: Frequency) -> str:
    """`twice a day`, `every 28 days`, `3 times every 14 days`; else the report's own words."""
    times, days = frequency.times, frequency.days
    if times is None or days is None:
        return frequency.reported_as
    often = {1: "once", 2: "twice"}.get(times, f"{times} times")
    if days == 1:
        return f"{often} a day"
    return f"every {days} days" if times == 1 else f"{often} every {days} days"


def name_of(id: str, context: Context, *, short: bool = False) -> str:
    """How `id` is named so that it is found again: by its label, else by number.

    The id itself where the event is not among those known.
    """
    numbers = [at for at, event in enumerate(context.events, 1) if event.id == id]
    if not numbers:
        return id
    number = f"event {numbers[0]}"
    label = " ".join(context.events[numbers[0] - 1].label.split())
    alike = [event.id for event in by_label(label, context)]
    which = ("first", "second", "third", "fourth", "fifth")
    names = [f"“{label}”"]
    if len(alike) > 1 and id in alike[: len(which)]:
        names = [f"the {which[alike.index(id)]} “{label}”"]
    return number if short else next((n for n in names if _means(n, id, context)), number)


def _means(name: str, id: str, context: Context) -> bool:
    typed = Typed(name, tokenize(name))
    try:
        found = reference(typed, 0, context)
    except Asking:
        return False
    return found is not None and found[0].id == id and found[1] == len(typed)
