"""How far a piece of work is, told to whoever waits for it; and the word to stop it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Each of these may raise to stop the work, which then leaves nothing behind."""

    def check(self) -> None:
        """Cheap: called for every row."""

    def tick(self, done: int) -> None:
        """`done` rows are through; called for every batch."""

    def ending(self) -> None:
        """Called right before the last statement: nobody else is to write to the import now."""


class Unwatched:
    """For work that nobody watches and nobody stops."""

    def check(self) -> None:
        return None

    def tick(self, done: int) -> None:
        return None

    def ending(self) -> None:
        return None
