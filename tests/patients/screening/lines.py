"""Lines with identifying text in them, and harmless ones, marked `{kind|words}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"\{([a-z_]+)\|([^{}]*)\}")


@dataclass(frozen=True)
class Seeded:
    """`text[start:end]` is of this kind."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    text: str
    seeded: tuple[Seeded, ...]

    @property
    def is_harmless(self) -> bool:
        return not self.seeded


def read(name: str) -> list[Line]:
    rows = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    return [_line(row) for row in rows if row and not row.startswith("#")]


def _line(row: str) -> Line:
    text, at, seeded = "", 0, []
    for match in _MARK.finditer(row):
        text += row[at : match.start()]
        seeded.append(Seeded(match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        at = match.end()
    return Line(text + row[at:], tuple(seeded))
