"""Records for the labelled set, written on one line each.

`Authors | Title | Journal | Year | Volume(Issue) | Pages | more`, where authors are
`Family Given; Family Given` (an underscore stands for a space within a name, `=` before a group's
name), and `more` are fields such as `DOI=10.5555/1 type=chapter`. An empty place is not reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Csl = dict[str, Any]


class Truth(StrEnum):
    """What the two records are, as a librarian would say."""

    SAME = "same"
    RELATED = "related"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Pair:
    category: str
    truth: Truth
    a: Csl
    b: Csl


def record(line: str) -> Csl:
    parts = [part.strip() for part in line.split("|")]
    authors, title, journal, year, volume, pages, more = parts + [""] * (7 - len(parts))
    csl: Csl = {"type": "article-journal", "title": title}
    if authors:
        csl["author"] = [_name(name.strip()) for name in authors.split(";")]
    if journal:
        csl["container-title"] = journal
    if year:
        csl["issued"] = {"date-parts": [[int(year)]]}
    found = re.fullmatch(r"(?P<volume>[^()]*)(?:\((?P<issue>.*)\))?", volume)
    assert found, volume
    for field in ("volume", "issue"):
        if found[field]:
            csl[field] = found[field].strip()
    if pages:
        csl["page"] = pages
    for field, value in re.findall(r"([\w-]+)=(\S+)", more):
        csl[field] = value.replace("_", " ") if field != "DOI" else value
    return csl


def _name(text: str) -> dict[str, str]:
    if text.startswith("="):
        return {"literal": text[1:]}
    family, _, given = text.partition(" ")
    name = {"family": family.replace("_", " ")}
    if given:
        name["given"] = given.replace("_", " ")
    return name


def written(text: str) -> list[Pair]:
    """Pairs from text: `# category: truth` heads the pairs below it, which are two lines each."""
    pairs: list[Pair] = []
    category, truth, first = "", Truth.SAME, ""
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("#"):
            category, truth_word = (part.strip() for part in line[1:].rsplit(":", 1))
            truth = Truth(truth_word)
        elif line and not first:
            first = line
        elif line:
            pairs.append(Pair(category, truth, record(first), record(line)))
            first = ""
    assert not first, first
    return pairs
