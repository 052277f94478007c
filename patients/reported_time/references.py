"""Which event the words count from: `TACE`, `the second embolisation`, `“Enhanced MRI”`, `#4`."""

from __future__ import annotations

from difflib import get_close_matches

from patients.reported_time.asking import Asking
from patients.reported_time.event_words import POINTING_BACK
from patients.reported_time.matching import by_label, fitting, names_of
from patients.reported_time.model import Context, KnownEvent
from patients.reported_time.numbers import ordinal, whole_number
from patients.reported_time.tokens import QUOTES, Kind, Typed, counts, is_han, key_of, stem

ARTICLES = ("the", "a", "an", "his", "her", "their", "this", "that", "该", "本次")
_ENDS_A_NAME = (
    "for", "until", "till", "through", "every", "each", "then", "once", "twice", "daily", "weekly",
    "monthly", "yearly", "ongoing", "since", "from", "lasting", "within", "continuing", "and",
    "regularly", "annually", "onwards", "onward", "to", "up to", "but", "with follow up",
)  # fmt: skip
_ENDS_BEFORE_A_NUMBER = ("in", "on", "at", "by", "over")
_PREVIOUS = ("previous", "preceding", "prior", "scan before", "上一次", "上次", "前一次", "前次")
MOST_OFFERED = 3


def reference(typed: Typed, place: int, context: Context) -> tuple[KnownEvent, int] | None:
    """The event named at `place`, and the place behind its name; None where nothing is named.

    Raises Asking where no known event fits, and where several do.
    """
    begin = typed.skip(place, *ARTICLES)
    special = _quoted(typed, begin, context) or _numbered(typed, begin, context)
    if special is not None:
        return special
    whole = _whole_name(typed, begin, context)
    if whole is not None:
        events, end = whole
        return _one_of(typed, begin, end, events, context), end
    end = name_end(typed, begin)
    return (named(typed, begin, end, context), end) if end > begin else None


def named(typed: Typed, begin: int, end: int, context: Context) -> KnownEvent:
    """The event that tokens `begin` to `end` name. Raises Asking where that is not one."""
    begin = min(typed.skip(begin, *ARTICLES), end - 1)
    previous = _previous_of(typed, begin, end, context)
    if previous is not None:
        return previous
    phrase = typed.words(begin, end)
    events = _called(typed, begin, end, context)
    if events:
        return _one_of(typed, begin, end, events, context)
    which = ordinal(typed, begin)
    if which is not None and which[1] < end:
        number, rest = which
        rest = min(typed.skip(rest, "个", "次", "of", "the"), end - 1)
        events = apart(fitting(typed.words(rest, end), context))
        if events:
            return _nth(events, number, typed, begin, end)
    raise _nothing(typed, begin, end, phrase, context)


def _called(typed: Typed, begin: int, end: int, context: Context) -> tuple[KnownEvent, ...]:
    """What the words fit, with or without what Chinese says behind a name: 术, 治疗."""
    phrase = typed.words(begin, end)
    if _inner_quotes(phrase):
        return by_label(phrase[1:-1], context)
    events = fitting(phrase, context)
    for suffix in ("治疗", "术", "检查"):
        if not events and phrase.endswith(suffix) and len(phrase) > len(suffix):
            events = fitting(phrase.removesuffix(suffix), context)
    for suffix in (" treatment", " therapy"):
        if not events and phrase.lower().endswith(suffix):
            events = fitting(phrase[: -len(suffix)], context)
    return events


def _inner_quotes(phrase: str) -> bool:
    return len(phrase) > 2 and QUOTES.get(phrase[0]) == phrase[-1]


def name_end(typed: Typed, begin: int) -> int:
    """Where an unquoted name that begins at `begin` must end."""
    at = begin
    while at < len(typed) and not _ends_here(typed, at, begin):
        at += 1
    return at


def _ends_here(typed: Typed, at: int, begin: int) -> bool:
    if typed.is_separator(at) or typed.is_mark(at, "-~"):
        return True
    if at > begin and typed.after(at, *_ENDS_A_NAME) is not None:
        return True
    small = typed.after(at, *_ENDS_BEFORE_A_NUMBER)
    if small is not None and typed.at(small).kind is Kind.NUMBER:
        return True
    return typed.at(at).text in "持续共每直至" and typed.at(at).kind is Kind.HAN and at > begin


def _quoted(typed: Typed, place: int, context: Context) -> tuple[KnownEvent, int] | None:
    """`“Enhanced MRI”`, and `the second “Enhanced MRI”`. The longest label that fits is meant."""
    which = ordinal(typed, place)
    number, begin = (None, place)
    if which is not None and typed.at(which[1]).text in QUOTES:
        number, begin = which
    closing = QUOTES.get(typed.at(begin).text) if begin < len(typed) else None
    if closing is None:
        return None
    closings = [at for at in range(begin + 2, len(typed)) if typed.at(at).text == closing]
    for at in reversed(closings):
        label = typed.text[typed.at(begin).end : typed.at(at).begin].strip()
        events = by_label(label, context)
        if events and number is not None:
            return _nth(events, number, typed, begin, at + 1), at + 1
        if events:
            return _one_of(typed, begin, at + 1, events, context), at + 1
    end = closings[0] + 1 if closings else len(typed)
    raise _nothing(typed, begin, end, typed.words(begin, end), context)


def _numbered(typed: Typed, place: int, context: Context) -> tuple[KnownEvent, int] | None:
    """`event 4`, `#4`: counted in time order, from 1, without the event that is being timed."""
    behind = typed.after(place, "event #", "event", "#", "事件")
    if behind is not None and (found := whole_number(typed, behind)) is not None:
        number, end = found
        if 1 <= number <= len(context.events):
            return context.events[number - 1], end
        raise _nothing(typed, place, end, typed.words(place, end), context)
    for event in context.events:
        if event.id and typed.text.startswith(event.id, typed.at(place).begin):
            last = typed.at(place).begin + len(event.id)
            ends = [at + 1 for at in range(place, len(typed)) if typed.at(at).end == last]
            if ends and _may_end(typed, ends[0]):
                return event, ends[0]
    if (end_of_zero := typed.after(place, "baseline", "index event", "基线")) is not None:
        index = [event for event in context.events if event.is_index]
        return (index[0], end_of_zero) if index else None
    return None


def _whole_name(
    typed: Typed, begin: int, context: Context
) -> tuple[tuple[KnownEvent, ...], int] | None:
    """The longest name of an event that stands here whole, whatever words it holds."""
    longest, events = begin, list[KnownEvent]()
    for event in context.events:
        for name in names_of(event):
            end = _behind_name(typed, begin, key_of(name))
            if end is None or not _may_end(typed, end):
                continue
            if end > longest:
                longest, events = end, []
            if end == longest and event not in events:
                events.append(event)
    return (tuple(events), longest) if events else None


def _may_end(typed: Typed, at: int) -> bool:
    return at >= len(typed) or _ends_here(typed, at, at - 1)


def _behind_name(typed: Typed, begin: int, key: tuple[str, ...]) -> int | None:
    at, matched = begin, 0
    while matched < len(key) and at < len(typed):
        token = typed.at(at)
        if counts(token):
            if stem(token) != key[matched]:
                return None
            matched += 1
        at += 1
    return at if key and matched == len(key) else None


def _previous_of(typed: Typed, begin: int, end: int, context: Context) -> KnownEvent | None:
    """`the previous scan`, `the scan before`: the one of that kind told before this event."""
    told = next((event for event in context.events if event.id == context.previous), None)
    words = key_of(typed.words(begin, end))
    behind = typed.after(begin, *_PREVIOUS)
    if behind is not None and behind < end:
        words = key_of(typed.words(behind, end))
    elif len(words) > 1 and words[-1] in ("before", "earlier"):
        words = words[:-1]
    else:
        return None
    events = fitting(" ".join(words), context)
    if told is None or told in events:
        return told if told in events else None
    before = [e for e in events if context.events.index(e) < context.events.index(told)]
    return before[-1] if before else None


def _one_of(
    typed: Typed, begin: int, end: int, events: tuple[KnownEvent, ...], context: Context
) -> KnownEvent:
    events = apart(events)
    if len(events) == 1:
        return events[0]
    phrase = typed.words(begin, end)
    told = [event for event in events if event.id == context.previous]
    if told and key_of(phrase) in POINTING_BACK:
        return told[0]
    labels = ", ".join(f"“{event.label}”" for event in events[:MOST_OFFERED])
    more = f" and {len(events) - MOST_OFFERED} more" if len(events) > MOST_OFFERED else ""
    plain = phrase.strip("".join(QUOTES) + "”」』»")
    instead = [
        typed.replaced(begin, end, _numbered_name(number, phrase, plain))
        for number in range(len(events[:MOST_OFFERED]))
    ]
    instead += [typed.replaced(begin, end, f"“{e.label}”") for e in events[:MOST_OFFERED]]
    raise Asking(f"“{plain}” fits {len(events)} events: {labels}{more}. Which?", phrase,
                 tuple(instead))  # fmt: skip


def _numbered_name(number: int, phrase: str, plain: str) -> str:
    """`the second MRI`, `the second “MRI”`, `第二次栓塞`; `number` counts from 0."""
    if plain == phrase and is_han(plain[0]):
        return f"第{'一二三'[number]}次{plain}"
    name = plain if plain == phrase else f"“{plain}”"
    return f"the {('first', 'second', 'third')[number]} {name}"


def apart(events: tuple[KnownEvent, ...]) -> tuple[KnownEvent, ...]:
    """Without those told as of the same day as another of them: one operation in two rows."""
    ids = {event.id for event in events}
    return tuple(
        event
        for event in events
        if event.anchor not in ids
        or event.told is None
        or (event.told.low, event.told.high) != (0, 0)
    )


def _nth(
    events: tuple[KnownEvent, ...], number: int, typed: Typed, begin: int, end: int
) -> KnownEvent:
    if number == -1:
        return events[-1]
    if 1 <= number <= len(events):
        return events[number - 1]
    phrase = typed.words(begin, end)
    labels = ", ".join(f"“{event.label}”" for event in events[:MOST_OFFERED])
    instead = tuple(typed.replaced(begin, end, f"“{e.label}”") for e in events[:MOST_OFFERED])
    raise Asking(f"There are only {len(events)} for “{phrase}”: {labels}.", phrase, instead)


def _nothing(typed: Typed, begin: int, end: int, phrase: str, context: Context) -> Asking:
    """Nothing fits: the names that look alike are offered, then the events told last and first."""
    names = {name.casefold(): event for event in context.events for name in names_of(event)}
    close = [names[name] for name in get_close_matches(phrase.casefold()[:60], list(names), n=2)]
    told = [event for event in context.events if event.id == context.previous]
    offered = list(dict.fromkeys([*close, *told, *context.events]))[:MOST_OFFERED]
    instead = tuple(typed.replaced(begin, end, f"“{event.label}”") for event in offered)
    reason = f"No event of this case fits “{phrase}”. Which one is meant?"
    if not context.events:
        reason = f"There is no other event yet that “{phrase}” could be."
    return Asking(reason, phrase, instead)
