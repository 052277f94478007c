"""Items in each style, one table a style: what is read equals what the table says, and no more.

The tables' short names: `a` authors and `e` editors (`van der Geer J; Strunk W, Jr; {A group}`;
Chinese `王/伟`), `t` title, `c` container, `y` year or `d` date, `v`, `i`, `p`, and
`et` for "et al."
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import yaml

from literature.csl import normalise_csl
from literature.importers.pasted import Pasted

TABLES = sorted(Path(__file__).with_name("pasted_styles").glob("*.yaml"))
CSL = {"t": "title", "c": "container-title", "v": "volume", "i": "issue", "p": "page"}
BESIDE = {"accessed", "publisher-place", "language", "note", "URL", "version"}
"""Fields that a table need not name."""


def load(table: Path) -> list[dict[str, Any]]:
    return yaml.safe_load(table.read_text(encoding="utf-8"))


CASES = [
    pytest.param(row, id=f"{table.stem}-{place}")
    for table in TABLES
    for place, row in enumerate(load(table), 1)
]


def named(text: str) -> dict[str, str]:
    if text.startswith("{"):
        return {"literal": text.strip("{}")}
    if "/" in text:
        family, given = text.split("/")
        return {"family": family, "given": given}
    text, _, suffix = text.partition(", ")
    family, given = text.rsplit(" ", 1)
    words = family.split()
    small = [word for word in words if word.islower()]
    name = {"family": " ".join(words[len(small) :]), "given": given}
    if small:
        name["non-dropping-particle"] = " ".join(small)
    return name | ({"suffix": suffix} if suffix else {})


def expected(row: dict[str, Any]) -> dict[str, Any]:
    csl: dict[str, Any] = {"type": row.get("type", "article-journal")}
    for short, value in row.items():
        if short in ("a", "e"):
            names = [named(name) for name in value.split("; ")]
            csl["author" if short == "a" else "editor"] = names
        elif short in ("y", "d"):
            csl["issued"] = {"date-parts": [value if short == "d" else [value]]}
        elif short == "et":
            csl["custom"] = {"authors_truncated": True}
        elif short != "text":
            csl[CSL.get(short, short)] = str(value)
    return csl


def read(text: str) -> list[Any]:
    return list(Pasted().read(io.BytesIO(text.encode())))


@pytest.mark.parametrize("row", CASES)
def test_an_item_by_itself_is_read(row):
    check(read(row["text"])[0], row)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_a_numbered_list_of_a_style_is_read(table):
    rows = load(table)
    entries = read("\n".join(f"[{number}] {row['text']}" for number, row in enumerate(rows, 1)))
    assert [entry.number for entry in entries] == list(range(1, len(rows) + 1))
    for entry, row in zip(entries, rows, strict=True):
        check(entry, row)


def check(entry, row):
    wanted = expected(row)
    got = {name: value for name, value in entry.csl.items() if name in wanted or name not in BESIDE}
    if "author" not in wanted and "editor" not in wanted:
        got.pop("author", None)
    if "container-title" not in wanted:
        got.pop("container-title", None)
    for name in ("DOI", "PMID", "PMCID"):
        assert got.get(name) == wanted.get(name)
    if "et" not in row:
        got.pop("custom", None)
    assert got == wanted
    assert not entry.broken
    assert normalise_csl(entry.csl) == entry.csl
    assert set(entry.confidence) == set(entry.csl)
    assert all(0 < sure <= 1 for sure in entry.confidence.values())


def test_every_style_has_a_dozen_items_and_all_have_120():
    counts = {table.stem: len(load(table)) for table in TABLES}
    assert min(counts.values()) >= 12
    assert sum(counts.values()) >= 120
