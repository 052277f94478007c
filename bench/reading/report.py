"""The table, and its place in `docs/performance.md`: one marked section for each table, the rest
is written by hand and kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from bench.reading.lines import Line
from bench.reading.measuring import Ratio

HEAD: Final = (
    "| what | ratio | quartiles | goal | median ms | p95 ms | pairs (left out) |\n"
    "|---|---|---|---|---|---|---|"
)
LAST: Final = "<!-- end of bench -->"


class NoPlaceError(Exception):
    """The file has no place for a table; the message names the mark that it needs."""


class Section(Protocol):
    """What is written is its text."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    """Of its section, such as `20000` or `2000000-against-200000`."""
    title: str
    told: str
    """On what it was measured, and by which command."""
    rows: Sequence[tuple[Line, Ratio]]

    def __str__(self) -> str:
        return "\n".join(
            [f"### {self.title}", "", self.told, "", HEAD, *(row(*each) for each in self.rows)]
        )


def row(line: Line, found: Ratio) -> str:
    pairs = f"{found.pairs}, {found.disturbed} disturbed"
    if not found.is_rough:
        pairs = f"{found.pairs} ({found.disturbed})"
    return (
        f"| {line.name} | {found.median:.2f} | {found.low:.2f}–{found.high:.2f} | {line.goal} "
        f"| {found.milliseconds:.2f} | {found.slow:.2f} | {pairs} |"
    )


def check_place(path: Path) -> None:
    """Raises NoPlaceError where a table could not be written into the file, and OSError."""
    if LAST not in path.read_text():
        raise NoPlaceError(f"{path} needs a line “{LAST}” where the tables go.")


def write_into(path: Path, table: Section) -> None:
    """Puts the table between the marks of its section; a new section goes above the mark of the
    last. Raises NoPlaceError and OSError."""
    check_place(path)
    begin, end = f"<!-- bench {table.name} -->", f"<!-- end of bench {table.name} -->"
    section = f"{begin}\n\n{table}\n\n{end}"
    text = path.read_text()
    between = re.compile(f"{re.escape(begin)}\n.*?{re.escape(end)}", re.DOTALL)
    if between.search(text):
        path.write_text(between.sub(lambda _: section, text))
    else:
        path.write_text(text.replace(LAST, f"{section}\n\n{LAST}"))
