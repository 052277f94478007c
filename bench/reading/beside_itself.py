"""Ours beside ours: Chinese beside English, a large base beside a small one, and what no
hand-written SQL could answer beside the limit for one case."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from bench.reading.asking import WrongAnswerError
from bench.reading.equal import BEHIND_TLS, way
from bench.reading.lines import DETAIL, PACKED, PAGE, Line, ask, at
from bench.reading.measuring import Ask
from bench.reading.questions import (
    PLAIN_CHINESE,
    PLAIN_ENGLISH,
    Facets,
    hits_by_facets,
    hits_of,
    is_plain,
    known_words,
    matched,
)
from bench.reading.servers import Running

LIST: Final = "/api/v1/cases/?page_size=50&count=no&{}"
FACETS: Final = "/cases/facets/?{}"
PAIRS: Final = 8
LEAST: Final = 20
DRAWN: Final = 120
"""Words of the base that are looked at."""
RARE: Final = 40
"""Words, from the rarest on, that a larger base is asked for."""


def chinese(own: Running, connection: Any) -> list[Line]:
    """Words of two characters beside English words with as many hits; none of them the name of a
    term, so that each is searched for as it is. Raises WrongAnswerError where there is no pair."""
    ones = hits_of(connection, [word for word in PLAIN_CHINESE if is_plain(word)])
    english = [word for word in (*PLAIN_ENGLISH, *known_words(connection, DRAWN))
               if is_plain(word)]  # fmt: skip
    pairs = matched(ones, hits_of(connection, english), least=LEAST, most=PAIRS)
    if not pairs:
        raise WrongAnswerError("No Chinese word has as many hits as an English one.")
    by_key = {f"{one} {other}": (one, other) for one, other in pairs}

    def asked(place: int) -> Ask:
        return ask(own, lambda key: _found(q=by_key[key][place]), BEHIND_TLS)

    name = "two-character Chinese word / English word with as many hits"
    return [Line(name, asked(0), asked(1), list(by_key), "≤ 1.5")]


def _found(**asked: str) -> str:
    return at(LIST)(urlencode(asked))


def likeness(own: Running, plain: Ask, keys: list[str]) -> list[Line]:
    """Cases like one, beside raw SQL for the case itself (`plain`); `keys` are cases that have been
    looked at. Raises WrongAnswerError where one has none like it."""
    path = at("/api/v1/cases/{}/like/")
    said = way(own, path)
    for key in keys[:20]:
        if not said(key)["results"]:
            raise WrongAnswerError(f"{key} has no case like it.")
    return [Line("cases like this one / raw SQL of the case", ask(own, path, BEHIND_TLS), plain,
                 keys)]  # fmt: skip


def search_page(own: Running, plain: Ask, searches: list[Facets]) -> list[Line]:
    """What a reader sees: the page with passages and all facets, and the counts alone."""
    keys = [_facets(search) for search in searches]
    return [
        Line("page of search with two facets / raw SQL, 50 rows",
             ask(own, at("/cases/?{}"), PACKED), plain, keys),
        Line("all facets counted, as a page / raw SQL, 50 rows", ask(own, at(FACETS), PACKED),
             plain, keys),
    ]  # fmt: skip


def _facets(search: Facets) -> str:
    return urlencode(dict(zip(("q", "sex", "outcome"), search, strict=True)))


def scales(
    large: Running, small: Running, connections: tuple[Any, Any], keys: tuple[list[str], list[str]]
) -> list[Line]:
    """The same requests of two bases, the large one first. Raises WrongAnswerError where no two
    searches have as many hits."""
    both = [f"{one} {other}" for one, other in zip(*keys, strict=False)]

    def each(path: str, headers: dict[str, str]) -> tuple[Ask, Ask]:
        return (ask(large, lambda key: at(path)(key.split()[0]), headers),
                ask(small, lambda key: at(path)(key.split()[1]), headers))  # fmt: skip

    found = _same_hits(*connections)
    by_key = {f"{_facets(one)} {_facets(other)}": None for one, other in found}
    if not by_key:
        raise WrongAnswerError("No search has as many hits in both bases.")
    return [
        Line("case JSON, larger / smaller base", *each(DETAIL, BEHIND_TLS), both, "≤ 1.2"),
        Line("case page, larger / smaller base", *each(PAGE, PACKED), both),
        Line("search with two facets, larger / smaller base, same hits",
             *each(LIST, BEHIND_TLS), list(by_key), "≤ 1.5"),
        Line("all facets counted, larger / smaller base, same hits", *each(FACETS, PACKED),
             list(by_key), "≤ 1.5"),
    ]  # fmt: skip


def _same_hits(large: Any, small: Any) -> list[tuple[Facets, Facets]]:
    """Of the large base only rare words are asked for: to count the others takes minutes."""
    words = [word for word in (*PLAIN_ENGLISH, *known_words(small, DRAWN)) if is_plain(word)]
    hits = hits_of(small, words)
    rare = sorted((word for word in words if hits[word] >= LEAST), key=lambda word: hits[word])
    return matched(
        hits_by_facets(large, rare[:RARE]), hits_by_facets(small, words), least=LEAST, most=PAIRS
    )
