"""Which known events a name fits. The closest way of fitting decides, never the nearest event."""

from __future__ import annotations

from functools import lru_cache

from patients.reported_time.event_words import categories_of, covers, kind_of
from patients.reported_time.model import Context, KnownEvent
from patients.reported_time.tokens import key_of

Key = tuple[str, ...]


def names_of(event: KnownEvent) -> tuple[str, ...]:
    """Its label, what the label begins with (`Pathology: …`), and its other names."""
    return (event.label, *_heads(event.label), *event.names)


@lru_cache(maxsize=1024)
def _heads(label: str) -> tuple[str, ...]:
    marks = [label.index(mark) for mark in (":", ",", "(", "：", "，", "（") if mark in label]
    return (label[: min(marks)],) if marks and min(marks) > 0 else ()


def by_label(label: str, context: Context) -> tuple[KnownEvent, ...]:
    """Events called exactly so, else those whose label or other name differs in case alone."""
    exact = tuple(event for event in context.events if event.label == label)
    if exact:
        return exact
    key = key_of(label)
    alike = tuple(event for event in context.events if key and key_of(event.label) == key)
    return alike or _named(key, context)


def is_name(words: str, context: Context) -> bool:
    """True where `words` are the whole name of an event."""
    return bool(_named(key_of(words), context))


def _named(key: Key, context: Context) -> tuple[KnownEvent, ...]:
    return tuple(
        event
        for event in context.events
        if key and any(key_of(name) == key for name in names_of(event))
    )


def fitting(phrase: str, context: Context) -> tuple[KnownEvent, ...]:
    """Events that `phrase` fits, in time order: by the first of these ways that any event fits.

    By its whole name; as a word for its category; by the end of a name; by words within a name.
    """
    key = key_of(phrase)
    if not key:
        return ()
    named = _named(key, context)
    if named:
        return named
    of_kind = _of_kind(key, context)
    if of_kind:
        return of_kind
    categories = categories_of(key)
    if categories:
        return tuple(event for event in context.events if event.category in categories)
    ending = tuple(event for event in context.events if any(_ends(k, key) for k in _keys(event)))
    return ending or tuple(
        event for event in context.events if any(_holds(k, key) for k in _keys(event))
    )


def _of_kind(key: Key, context: Context) -> tuple[KnownEvent, ...]:
    """Events of a kind ("embolisation") that are in the categories of that kind."""
    kind = kind_of(key)
    if kind is None:
        return ()
    means = [key_of(word) for word in kind.means]
    events = [
        event
        for event in context.events
        if any(_contains(held, word) for held in _keys(event) for word in means)
    ]
    if kind.categories:
        right = [event for event in events if event.category in kind.categories]
        events = right or events
    return tuple(events)


def _keys(event: KnownEvent) -> list[Key]:
    return [key_of(name) for name in (event.label, *event.names)]


def _ends(held: Key, key: Key) -> bool:
    return len(held) >= len(key) and all(
        (name,) in covers((asked,)) for name, asked in zip(held[-len(key) :], key, strict=True)
    )


def _holds(held: Key, key: Key) -> bool:
    """All words asked for, in any order. Chinese has no gaps between words: in its own order."""
    if any("\u3400" <= part <= "\u9fff" for part in key):
        return _contains(held, key)
    return all(any((name,) in covers((asked,)) for name in held) for asked in _telling(key))


def _telling(key: Key) -> Key:
    """`key` without the small words between, unless it is made of them."""
    small = ("of", "with", "in", "for", "at", "and")
    return tuple(part for part in key if part not in small) or key


def _contains(held: Key, key: Key) -> bool:
    """`key` stands in `held`, one part next to the other."""
    return any(held[at : at + len(key)] == key for at in range(len(held) - len(key) + 1))
