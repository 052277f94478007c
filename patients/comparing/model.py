"""What a cell of the comparison holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    REPORTED = "reported"
    NO = "no"
    """The report says that there is none: not the same as saying nothing."""
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement, and where the case says it."""

    words: str
    target: str = ""
    """The fragment of the case page, such as `event-` with an id; empty for the case itself."""
    derived: bool = False
    """Whether it follows by a rule and is not what the report says."""
    citations: tuple[int, ...] = ()
    """Numbers in the case's own reference list of the works that say it."""


@dataclass(frozen=True, slots=True)
class Cell:
    pieces: tuple[Piece, ...]
    state: State

    @property
    def words(self) -> str:
        return "; ".join(piece.words for piece in self.pieces)


NOT_REPORTED = Cell((), State.NOT_REPORTED)


def cell(pieces: list[Piece], *, state: State = State.REPORTED) -> Cell:
    """`NOT_REPORTED` where there is nothing to say."""
    return Cell(tuple(pieces), state) if pieces else NOT_REPORTED
