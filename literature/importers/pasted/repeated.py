"""Works that a list holds twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from literature.importers.model import Problem, Severity

_SHORTEST_TITLE = 12
_IDENTIFIERS = ("DOI", "PMID", "PMCID")


class Repeated:
    """Remembers the works of one list. The same work is one with the same identifier, or with the
    same title, a year at most one apart (online first, then in print) and the same first author;
    two different DOIs are two works."""

    def __init__(self) -> None:
        self._by_identifier: dict[tuple[str, str], int] = {}
        self._by_title: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}

    def seen(self, number: int, csl: Mapping[str, Any]) -> Problem | None:
        """A warning if the work stood in the list before; it is remembered as `number`."""
        earlier = self._earlier(csl)
        for name in _IDENTIFIERS:
            if name in csl:
                self._by_identifier.setdefault((name, csl[name]), number)
        same_title = self._by_title.setdefault(folded(csl.get("title", "")), [])
        if len(same_title) < 20:
            same_title.append((number, csl))
        if earlier is None:
            return None
        field, first = earlier
        return Problem(field, f"the same work as number {first} of this list", Severity.WARNING)

    def _earlier(self, csl: Mapping[str, Any]) -> tuple[str, int] | None:
        for name in _IDENTIFIERS:
            first = self._by_identifier.get((name, csl.get(name, "")))
            if first is not None:
                return name, first
        title = folded(csl.get("title", ""))
        if len(title) >= _SHORTEST_TITLE:
            for number, other in self._by_title.get(title, ()):
                if _agree(csl, other):
                    return "title", number
        return None


def folded(title: str) -> str:
    """Letters and digits only, without case, accents and forms of width."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if any(one.get(name, "") != other.get(name, "") for name in ("DOI", "PMID")
           if name in one and name in other):  # fmt: skip
        return False
    years = [csl["issued"]["date-parts"][0][0] for csl in (one, other) if "issued" in csl]
    if len(years) == 2 and abs(years[0] - years[1]) > 1:
        return False
    first = [_first_author(csl) for csl in (one, other) if csl.get("author")]
    return len(first) < 2 or first[0] == first[1]


def _first_author(csl: Mapping[str, Any]) -> str:
    name = csl["author"][0]
    return folded(name.get("family") or name.get("literal", ""))
