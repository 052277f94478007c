"""Writes that the constraints of the search's tables refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from patients.models import KnownWord, SavedSearch, SearchEntry, SearchStep
from tests.constraints import Break
from tests.make import make_published_case, make_user
from tests.patients.row_breaks import changed


def make_saved_search(**changes: Any) -> SavedSearch:
    fields = {"user": changes.get("user") or make_user(), "name": "Clots", "query": "q=clot"}
    return SavedSearch.objects.create(**{**fields, **changes})


def same_name_twice() -> None:
    saved = make_saved_search()
    make_saved_search(user=saved.user)


def entry() -> SearchEntry:
    return SearchEntry.objects.get(listing__case=make_published_case(), audience="public")


def step() -> SearchStep:
    found = SearchStep.objects.filter(listing__case=make_published_case()).first()
    assert found is not None
    return found


def word_of(audience: str) -> Callable[[], Any]:
    return lambda: KnownWord.objects.create(audience=audience, word="clot")


SEARCH_BREAKS: list[Break] = [
    ("entry_audience_known", changed(entry, audience="x")),
    ("step_low_to_high", changed(step, low=2, high=1)),
    ("known_word_audience_known", word_of("x")),
    ("saved_search_name_unique", same_name_twice),
    ("saved_search_has_name", changed(make_saved_search, name="")),
    ("saved_search_public_id_pattern", changed(make_saved_search, public_id="x")),
]
