"""The commands of `docs/operations.md`, in the order in which they stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
FENCED = re.compile(
    r"^## (?P<heading>[^\n]+)$|^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.M | re.S
)


@dataclass(frozen=True, slots=True)
class Block:
    section: str
    number: int
    """Within its section, from 1."""
    language: str
    commands: str

    @property
    def name(self) -> str:
        return f"{self.section}, block {self.number}"


def blocks() -> list[Block]:
    found: list[Block] = []
    section, number = "", 0
    for match in FENCED.finditer(PAGE.read_text()):
        if match["heading"]:
            section, number = match["heading"], 0
            continue
        number += 1
        found.append(Block(section, number, match["language"], match["body"]))
    return found
