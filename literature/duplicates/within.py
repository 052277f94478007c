"""Entries of one import that are of one work: each is compared with those before it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from literature.duplicates.compare import compare_works
from literature.duplicates.keys import Keys, identifier_keys, keys_of
from literature.duplicates.model import Match
from literature.duplicates.ranking import best_first
from literature.duplicates.work import Work, work_of

Csl = Mapping[str, Any]
MAX_A_KEY = 20
"""Earlier entries that are remembered for one key."""


class BatchMatcher:
    """Keeps the keys of all entries given so far, about 1 KB each, and none of the records.

    `fetch` gives the records of earlier entries by their positions.
    """

    def __init__(self, fetch: Callable[[Collection[int]], Mapping[int, Csl]]) -> None:
        self._fetch = fetch
        self._positions: dict[int, list[int]] = {}

    def matches(
        self, entries: Sequence[tuple[int, Csl]], keys: Mapping[int, Keys] | None = None
    ) -> dict[int, list[Match]]:
        """By position: earlier entries that are like, best first. One query, where the keys are
        not given, and one `fetch`."""
        keys = keys_of(entries) if keys is None else keys
        likely = {
            position: self._earlier(position, csl, keys[position]) for position, csl in entries
        }
        records = dict(entries)
        missing = set().union(*likely.values()) - records.keys()
        if missing:
            records |= self._fetch(missing)
        works: dict[int, Work] = {}
        for position in set().union(*likely.values()) | {at for at, near in likely.items() if near}:
            works[position] = work_of(records[position])
        return {
            position: best_first(
                Match(None, other, records[other], compare_works(works[position], works[other]))
                for other in near
            )
            for position, near in likely.items()
        }

    def _earlier(self, position: int, csl: Csl, keys: Keys) -> set[int]:
        """Earlier positions that share a key; this one is remembered for those that follow."""
        found: set[int] = set()
        named: list[tuple[Any, str]] = [(slot, key) for slot, key in enumerate(keys) if key]
        for key in [*named, *identifier_keys(csl)]:
            known = self._positions.setdefault(hash(key), [])
            found.update(known)
            if len(known) < MAX_A_KEY:
                known.append(position)
        found.discard(position)
        return found
