"""Addresses for every state of a search: a filter added, dropped, another page."""

from __future__ import annotations

from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

WHOLE: Final = "facet"
"""Names the facet of which all values are shown."""
PLACES: Final = ("page", "cursor", WHOLE)
"""What says where in a list one is, and not what is in it."""


class Permalinks:
    """Builds query strings from the present one, after `at`. Empty values are left out; page 1 is
    implied."""

    def __init__(self, query: QueryDict, at: str = "") -> None:
        self._at = at
        self._pairs = [(name, value) for name, values in query.lists() for value in values if value]

    def toggled(self, name: str, value: str) -> str:
        """With `name=value` added, or dropped where it is there; back on the first page."""
        if name not in self._names:  # as for nearly every value of every facet
            added = urlencode({name: value})
            return f"{self._at}?{self.query}&{added}" if self.query else f"{self._at}?{added}"
        pairs = [pair for pair in self._pairs if pair[0] not in PLACES]
        if (name, value) in pairs:
            pairs = [pair for pair in pairs if pair != (name, value)]
        else:
            pairs.append((name, value))
        return self._encode(pairs)

    def without(self, *names: str) -> str:
        return self._encode([pair for pair in self._pairs if pair[0] not in (*PLACES, *names)])

    def kept(self, *except_names: str) -> list[tuple[str, str]]:
        """What a form must carry along that has fields of its own for `except_names`."""
        return [pair for pair in self._pairs if pair[0] not in (*PLACES, *except_names)]

    def page(self, number: int) -> str:
        pairs = [pair for pair in self._pairs if pair[0] not in PLACES]
        return self._encode([*pairs, ("page", str(number))] if number > 1 else pairs)

    def going_on(self, cursor: str) -> str:
        """After the row that `cursor` stands for."""
        pairs = [pair for pair in self._pairs if pair[0] not in PLACES]
        return self._encode([*pairs, ("cursor", cursor)])

    def replaced(self, name: str, value: str) -> str:
        """With `value` as the only one of `name`; back on the first page."""
        pairs = [pair for pair in self._pairs if pair[0] not in (*PLACES, name)]
        return self._encode([*pairs, (name, value)])

    @cached_property
    def _names(self) -> set[str]:
        return {name for name, _ in self._pairs}

    @cached_property
    def query(self) -> str:
        """The query string without the place in the list; empty where nothing is asked."""
        return _encode([pair for pair in self._pairs if pair[0] not in PLACES])

    def _encode(self, pairs: list[tuple[str, str]]) -> str:
        return f"{self._at}?{_encode(pairs)}"


def _encode(pairs: list[tuple[str, str]]) -> str:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return query.urlencode()
