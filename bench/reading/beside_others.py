"""Ours beside what other people would take: plain Django REST framework, Datasette, Directus.

Here the first is the other one, so that a ratio says how many times as long it takes.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from bench.reading import directus
from bench.reading.asking import WrongAnswerError
from bench.reading.equal import BEHIND_TLS, Way, check_equal, gist, gist_of, way
from bench.reading.lines import DETAIL, Line, ask, at
from bench.reading.measuring import Ask
from bench.reading.questions import WITHIN, Facets
from bench.reading.servers import Running

CHECKED: Final = 20
LIST: Final = "/api/v1/cases/?page_size=50&count=no&{}"


def beside_drf(own: Running, other: Running, keys: list[str]) -> list[Line]:
    path = at("/cases/{}/")
    check_equal({"ours": gist_of(way(own, at(DETAIL))),
                 "plain DRF": gist_of(way(other, path), "public_id")}, keys[:CHECKED])  # fmt: skip
    return [Line("plain DRF / case JSON", ask(other, path), _ours(own), keys, "≥ 6")]


def beside_directus(own: Running, other: Running, keys: list[str]) -> list[Line]:
    path = at(directus.DETAIL)
    said = way(other, path)
    check_equal(
        {
            "ours": gist_of(way(own, at(DETAIL))),
            "Directus": lambda key: gist(said(key)["data"][0], "public_id"),
        },
        keys[:CHECKED],
    )
    return [Line("Directus / case JSON", ask(other, path), _ours(own), keys, "≥ 7")]


def beside_datasette(
    own: Running, other: Running, keys: list[str], searches: list[Facets], *, has_rows: bool
) -> list[Line]:
    """`searches` are a word, a sex and an outcome each; the word one that it finds as often. Cases
    are compared where they have rows of their own."""
    lines = _searches(own, other, searches)
    return [_cases(own, other, keys), *lines] if has_rows else lines


def _cases(own: Running, other: Running, keys: list[str]) -> Line:
    detail = at("/rows/detail.json?_shape=array&accession={}")
    said = way(other, at("/rows/detail.json?_shape=array&_json=detail&accession={}"))
    check_equal(
        {
            "ours": gist_of(way(own, at(DETAIL))),
            "Datasette": lambda key: gist(said(key)[0]["detail"]),
        },
        keys[:CHECKED],
    )
    return Line("Datasette / case JSON", ask(other, detail), _ours(own), keys, "≥ 2")


def _searches(own: Running, other: Running, searches: list[Facets]) -> list[Line]:
    queries = [urlencode({"q": word, "sex": sex, "outcome": outcome})
               for word, sex, outcome in searches]  # fmt: skip
    found = at("/rows/search.json?_shape=array&{}")
    _check_found(way(own, at(LIST)), way(other, found), queries)
    counted = at(
        "/rows/patients_listing.json?_size=50&audience=public&_facet=sex&_facet=outcome&{}"
    )
    return [
        Line("Datasette, SQL written for it / search with two facets", ask(other, found),
             ask(own, at(LIST), BEHIND_TLS), queries, "≥ 20"),
        Line("Datasette’s own search, two facets counted / page of search, all facets counted",
             ask(other, lambda key: counted(key.replace("q=", "_search=", 1))),
             ask(own, at("/cases/?{}"), BEHIND_TLS), queries),
    ]  # fmt: skip


def _ours(own: Running) -> Ask:
    return ask(own, at(DETAIL), BEHIND_TLS)


def _check_found(ours: Way, theirs: Way, queries: list[str]) -> None:
    """Both rank by their own rules: as many rows, give or take what the stemmers make."""
    for query in queries:
        one, other = len(ours(query)["results"]), len(theirs(query))
        if abs(one - other) > WITHIN * max(one, other) + 1:
            raise WrongAnswerError(f"{query}: we find {one} cases, Datasette {other}.")
