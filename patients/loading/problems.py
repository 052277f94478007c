"""What is wrong with a line, by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SHOWN: Final = 5
"""Problems of one line that are told; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    field: str
    """The path in the line, such as `document.events[3].time.start`; empty for the whole line."""
    reason: str

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}" if self.field else self.reason


class BadLineError(Exception):
    """A line that cannot be loaded. Nothing of it was."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(self.told())

    def told(self) -> str:
        told = "; ".join(str(problem) for problem in self.problems[:SHOWN])
        more = len(self.problems) - SHOWN
        return f"{told}; and {more} more" if more > 0 else told


def bad(field: str, reason: str) -> BadLineError:
    return BadLineError([Problem(field, reason)])


def shown(value: object) -> str:
    """A value as an error names it: short, and on one line."""
    text = " ".join(str(value)[:60].split())
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
