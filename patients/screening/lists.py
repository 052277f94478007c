"""The words and names in `data/`, one file a list; a line that begins with # is a remark."""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).parent / "data"


def lines_in(name: str) -> list[str]:
    rows = (_DATA / name).read_text("utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


def words_in(name: str) -> frozenset[str]:
    """What spaces or commas divide."""
    return frozenset(" ".join(lines_in(name)).replace(",", " ").split())
