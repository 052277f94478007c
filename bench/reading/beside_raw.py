"""Ours beside hand-written SQL behind the same server: the limit."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from bench.reading.equal import BEHIND_TLS, check_equal, gist_of, way
from bench.reading.lines import DETAIL, PACKED, PAGE, Line, PathOf, ask, ask_again, at
from bench.reading.measuring import Ask
from bench.reading.questions import Facets, codes_of, compiled, wanted_by
from bench.reading.servers import Running

CHECKED: Final = 20
"""Cases whose answers are compared before anything is measured."""
LIST: Final = "/api/v1/cases/"
PAGED: Final = {"page_size": "50", "count": "no"}
SEQUENCES: Final = (
    {"first": "intervention", "then": "drug", "within": "30"},
    {"first": "partial hepatectomy", "then": "octreotide", "within": "3650"},
    {"first": "surgery", "then": "embolisation", "within": "365"},
)
TYPED: Final = ("survival af", "risk factors of octr", "early results of emb", "dose of cisp")
"""By somebody who looks for a work and has not finished."""


@dataclass(frozen=True, slots=True)
class Sides:
    own: Running
    raw: Running
    has_rows: bool
    """Whether cases have rows of their own, to make JSON of."""

    @property
    def case_by_raw(self) -> Ask:
        """A case by hand-written SQL: what most else is measured beside."""
        return ask(self.raw, RAW_DETAIL if self.has_rows else RAW_STORED)


def lines(sides: Sides, keys: list[str], searches: list[Facets]) -> list[Line]:
    """`searches` are a word, a sex and an outcome each."""
    return [
        *_of_cases(sides, keys),
        *_of_lists(sides, searches),
        _of_sequences(sides),
        _of_suggestions(sides),
    ]


def _of_cases(sides: Sides, keys: list[str]) -> list[Line]:
    own, raw = sides.own, sides.raw
    said, json = way(own, at(DETAIL)), ask(own, at(DETAIL), BEHIND_TLS)
    check_equal(
        {"ours": by_name(said), "the stored document": by_name(way(raw, RAW_STORED))},
        keys[:CHECKED],
    )
    found = [Line("case JSON / raw SQL of the stored document, the same bytes", json,
                  ask(raw, RAW_STORED), keys, "≤ 1.2")]  # fmt: skip
    plain, name = sides.case_by_raw, "raw SQL of the stored document"
    if sides.has_rows:
        name = "raw SQL JSON"
        check_equal({"ours": gist_of(said), "raw SQL": gist_of(way(raw, RAW_DETAIL))},
                    keys[:CHECKED])  # fmt: skip
        found.insert(0, Line("case JSON / raw SQL JSON", json, plain, keys, "≤ 1.2"))
        found.append(Line("case JSON / raw SQL JSON, planned each time", json,
                          ask(raw, RAW_PLANNED), keys))  # fmt: skip
    return [
        *found,
        Line(f"case JSON, compressed / {name}", ask(own, at(DETAIL), PACKED), plain, keys),
        Line(f"case page / {name}", ask(own, at(PAGE), PACKED), plain, keys, "≤ 4"),
        Line(f"case page, known (304) / {name}", ask_again(own, at(PAGE)), plain, keys, "≤ 0.8"),
    ]


RAW_STORED: Final = at("/stored?accession={}")
RAW_PLANNED: Final = at("/planned?accession={}")
RAW_DETAIL: Final = at("/detail?accession={}")


def by_name(asked: Callable[[str], Any]) -> Callable[[str], Any]:
    """The names of an object have no order where it was kept as jsonb."""
    return lambda key: _sorted(asked(key))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(each) for each in value] if isinstance(value, list) else value


def _of_lists(sides: Sides, searches: list[Facets]) -> list[Line]:
    newest = [urlencode(PAGED)]
    found = {own_query(search): raw_path(search) for search in searches}
    return [
        _equal_lists("list of 50 without count / raw SQL", sides, newest, at("/newest?{}"),
                     "≤ 1.6"),
        _equal_lists("search with two facets / raw SQL", sides, list(found), found.__getitem__,
                     "≤ 1.6"),
        Line("list of 50 with count / raw SQL without",
             ask(sides.own, at(f"{LIST}?{{}}"), BEHIND_TLS),
             ask(sides.raw, lambda key: f"/newest?{newest[0]}"), ["page_size=50"]),
    ]  # fmt: skip


def own_query(search: Facets) -> str:
    return urlencode({**PAGED, **dict(zip(("q", "sex", "outcome"), search, strict=True))})


def raw_path(search: Facets) -> str:
    word, sex, outcome = search
    more = {"raw_words": compiled(word), "raw_code": codes_of(sex, outcome)}
    return f"/found?{own_query(search)}&{urlencode(more, doseq=True)}"


def found_by_raw(raw: Running, searches: list[Facets]) -> Ask:
    """The same searches by hand-written SQL, whatever key it is asked for."""
    asked, paths = ask(raw, at("{}")), itertools.cycle([raw_path(each) for each in searches])
    return lambda key: asked(next(paths))


def _of_sequences(sides: Sides) -> Line:
    paths = {}
    for asked in SEQUENCES:
        sequence = wanted_by(**asked).sequence
        query = urlencode({**PAGED, **asked})
        codes = {"raw_one": _joined(sequence.first), "raw_other": _joined(sequence.then)}
        paths[query] = f"/in_order?{query}&{urlencode(codes)}"
    return _equal_lists("sequence search / raw SQL", sides, list(paths), paths.__getitem__)


def _joined(codes: tuple[int, ...]) -> str:
    return ",".join(map(str, codes))


def _equal_lists(
    name: str, sides: Sides, keys: list[str], raw_path: PathOf, goal: str = ""
) -> Line:
    own_path = at(f"{LIST}?{{}}")
    check_equal({"ours": way(sides.own, own_path), "raw SQL": way(sides.raw, raw_path)}, keys)
    return Line(name, ask(sides.own, own_path, BEHIND_TLS), ask(sides.raw, raw_path), keys, goal)


def _of_suggestions(sides: Sides) -> Line:
    from literature.searching.work_query import work_query

    paths = {}
    for typed in TYPED:
        words = urlencode({"raw_words": work_query(typed, typing=True)})
        paths[urlencode({"q": typed})] = f"/suggested?{words}"
    own_path = at("/api/v1/references/suggest/?{}")
    check_equal(
        {"ours": way(sides.own, own_path), "raw SQL": way(sides.raw, paths.__getitem__)}, paths
    )
    return Line("reference autocomplete / raw SQL", ask(sides.own, own_path, BEHIND_TLS),
                ask(sides.raw, paths.__getitem__), list(paths))  # fmt: skip
