"""The chapter's own list, pasted with its link lines, reads as the demo data say it should."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import yaml

from literature.csl import normalise_csl
from literature.importers.model import Severity
from literature.importers.pasted import Pasted

LIST = Path(__file__).with_name("chapter_list.txt").read_text(encoding="utf-8")
DEMO = Path(__file__).parents[3] / "demo"
WORK = "clift-2021"
ONLINE_FIRST = 8
"""Item 8 cites online, with a DOI and the year 2017, what item 10 cites in print, 2018: the demo
keeps one record of both, in print."""
PRINTED = ("type", "author", "title", "container-title", "volume", "issue", "page", "custom")
HEAD_OF_PAGE = """Skip to main content

A Chapter on Liver Metastases

  • Chapter
  • First Online: 1 January 2021
  • 481 Accesses

Abstract

A paragraph that is not a reference, from 2021, with 3. something in it.

Buying options

Chapter
USD   29.95
  • Available as PDF
  • Own it forever
Tax calculation will be finalised at checkout

"""
FOOT_OF_PAGE = """
Author information

Authors and Affiliations

Authors

Corresponding author

Correspondence to the first author .

Rights and permissions

Copyright information

© 2021 A Publisher

Cite this chapter

Doe, A.B., Roe, C. (2021). A Chapter on Liver Metastases. In: Poe, J.M. (eds) Tumors. Springer.

  • DOI: https://doi.org/10.5555/12345678

  • Print ISBN: 978-3-030-62240-4
"""


def read(text, encoding="utf-8"):
    return list(Pasted().read(io.BytesIO(text.encode(encoding))))


@pytest.fixture(scope="module")
def entries():
    return read(LIST)


@pytest.fixture(scope="module")
def items():
    """Number to the demo's record and the printed text."""
    records = {row["id"]: row for row in json.loads((DEMO / "references.json").read_text("utf-8"))}
    lists = yaml.safe_load((DEMO / "reference_lists.yaml").read_text("utf-8"))
    rows = next(row["items"] for row in lists if row["work"] == WORK)
    return {row["number"]: (normalise_csl(records[row["reference"]]), row["raw"]) for row in rows}


def test_it_holds_58_numbered_items_as_printed(entries, items):
    assert [entry.number for entry in entries] == list(range(1, 59))
    assert [entry.original for entry in entries] == [raw for _, raw in items.values()]


@pytest.mark.parametrize("number", range(1, 59))
def test_every_printed_field_is_right(number, entries, items):
    csl, (wanted, raw) = entries[number - 1].csl, items[number]
    if number == ONLINE_FIRST:
        wanted = {k: v for k, v in wanted.items() if k not in ("volume", "page")}
        wanted["issued"] = {"date-parts": [[2017]]}
    assert {name: csl.get(name) for name in PRINTED} == {name: wanted.get(name) for name in PRINTED}
    assert csl["issued"] == wanted["issued"]
    printed_doi = wanted.get("DOI") if "doi.org" in raw else None
    assert csl.get("DOI") == printed_doi
    assert set(csl) <= {*PRINTED, "issued", "DOI"}
    assert not entries[number - 1].broken


def test_the_one_work_listed_twice_is_noticed(entries):
    warned = {entry.number: entry.problems for entry in entries if entry.problems}
    assert list(warned) == [10]
    (problem,) = warned[10]
    assert problem.severity is Severity.WARNING
    assert problem.reason == "the same work as number 8 of this list"


@pytest.mark.parametrize(
    "page",
    [
        HEAD_OF_PAGE + LIST + FOOT_OF_PAGE,
        LIST.replace("\n", "\r\n"),
        LIST.replace("\n", "\r"),
        LIST.replace("References\n", "").replace("Download references", "").strip(),
        LIST.replace("  ", "\u00a0 "),
    ],
    ids=["whole page", "CRLF", "CR", "no heading", "hard spaces"],
)
def test_what_stands_around_it_changes_nothing(page, entries):
    assert [(e.number, e.csl, e.original) for e in read(page)] == [
        (e.number, e.csl, e.original) for e in entries
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_read_the_same(encoding, entries):
    assert [e.csl for e in read(LIST, encoding)] == [e.csl for e in entries]


def test_a_line_says_where_an_item_begins(entries):
    lines = LIST.split("\n")
    for entry in entries:
        assert lines[entry.line - 1].strip().startswith(f"{entry.number}. ")


def test_lines_wrapped_at_any_width_read_the_same(entries):
    for width in (40, 72, 100):
        wrapped = "\n".join(wrap(line, width) for line in LIST.split("\n"))
        for entry, whole in zip(read(wrapped), entries, strict=True):
            assert (entry.number, entry.csl) == (whole.number, whole.csl)


def wrap(line, width):
    """The line broken at spaces only, as a page or a mail breaks it."""
    lines, current = [], ""
    for word in line.strip().split(" "):
        if current and len(current) + len(word) >= width:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return "\n".join([*lines, current])
