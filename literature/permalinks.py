"""Addresses for every state of a search: a filter added, dropped, another page."""

from __future__ import annotations

from django.http import QueryDict


class Permalinks:
    """Builds query strings from the present one. Empty values are left out; page 1 is implied."""

    def __init__(self, query: QueryDict) -> None:
        self._pairs = [(name, value) for name, values in query.lists() for value in values if value]

    def toggled(self, name: str, value: str) -> str:
        """With `name=value` added, or dropped where it is there; back on the first page."""
        pairs = [pair for pair in self._pairs if pair[0] != "page"]
        if (name, value) in pairs:
            pairs = [pair for pair in pairs if pair != (name, value)]
        else:
            pairs.append((name, value))
        return _encode(pairs)

    def without(self, *names: str) -> str:
        return _encode([pair for pair in self._pairs if pair[0] not in ("page", *names)])

    def kept(self, *except_names: str) -> list[tuple[str, str]]:
        """What a form must carry along that has fields of its own for `except_names`."""
        return [pair for pair in self._pairs if pair[0] not in ("page", *except_names)]

    def page(self, number: int) -> str:
        pairs = [pair for pair in self._pairs if pair[0] != "page"]
        return _encode([*pairs, ("page", str(number))] if number > 1 else pairs)


def _encode(pairs: list[tuple[str, str]]) -> str:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return f"?{query.urlencode()}"
