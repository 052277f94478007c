"""What is remembered of the base from batch to batch, within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from patients.loading.references import Work
from patients.loading.terms import KnownTerm

WORKS: Final = 100_000
"""Some 150 MB."""
WORDS: Final = 200_000


class Known:
    """What is committed, or stands in the transaction at hand: `forget` when that is undone."""

    def __init__(self) -> None:
        self.works: dict[str, Work] = {}
        self.terms: dict[str, KnownTerm] = {}
        self.words: set[str] = set()

    def forget(self) -> bool:
        """Whether there was anything to forget."""
        held = bool(self.works or self.terms or self.words)
        self.works, self.terms, self.words = {}, {}, set()
        return held

    def keep(
        self, works: Mapping[str, Work], terms: Mapping[str, KnownTerm], words: set[str]
    ) -> None:
        if len(self.works) > WORKS:
            self.works = {}
        if len(self.words) > WORDS:
            self.words = set()
        self.works |= works
        self.terms |= terms
        self.words |= words
