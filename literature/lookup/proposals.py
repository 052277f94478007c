"""What a look-up may add to a record, and what it may only propose. Pure.

It fills what is empty. What stands there, because a person or a paper said so, is replaced only
where title, year and first author agree, and then field by field, by somebody who says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from literature import wording
from literature.lookup.agreement import folded, same_first_author, same_title, same_year

LABELS = {
    "type": "Type",
    "title": "Title",
    "author": "Authors",
    "editor": "Editors",
    "translator": "Translators",
    "container-title": "Published in",
    "container-title-short": "Short title of the journal",
    "issued": "Date",
    "volume": "Volume",
    "issue": "Issue",
    "page": "Pages",
    "number": "Article number",
    "edition": "Edition",
    "publisher": "Publisher",
    "publisher-place": "Place of the publisher",
    "event-title": "Conference",
    "genre": "Kind",
    "language": "Language",
    "DOI": "DOI",
    "PMID": "PMID",
    "PMCID": "PMCID",
    "ISBN": "ISBN",
    "ISSN": "ISSN",
}
"""The fields that a look-up has a say in, in the order in which they are shown."""
_ONLY_FILLED = {"container-title-short", "genre", "language", "ISBN", "ISSN", "publisher-place"}
"""Never proposed in place of another: each source has its own way, and none is wrong."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what stands there (empty: nothing) and what was found, in words and as CSL."""

    field: str
    label: str
    old: str
    new: str
    value: Any


@dataclass(frozen=True, slots=True)
class Proposals:
    """With `refused`, nothing else is given: the identifier leads to another work."""

    fills: list[Change] = field(default_factory=list)
    proposes: list[Change] = field(default_factory=list)
    may_replace: bool = False
    """Title, year and first author agree, so what is proposed may be taken over."""
    is_doubtful: bool = False
    """Year or first author contradict each other, so even what is empty is filled with care."""
    refused: str = ""


def proposals(known: Mapping[str, Any], found: Mapping[str, Any]) -> Proposals:
    """What `found`, the record that an identifier of `known` led to, has to say of it."""
    if not found.get("title"):
        return Proposals(refused="What was found has no title, so nothing is taken from it.")
    if not same_title(str(known.get("title", "")), str(found["title"])):
        return Proposals(
            refused=f"The identifier leads to another title, so nothing is taken from it. "
            f"Here: “{known.get('title', '')}”. There: “{found['title']}”."
        )
    cut_short = found.get("custom", {}).get("authors_truncated", False)
    changes = [
        Change(name, label, words(known, name), words(found, name), found[name])
        for name, label in LABELS.items()
        if found.get(name) and not (name == "author" and cut_short)
    ]
    year, author = same_year(known, found), same_first_author(known, found)
    both_years = bool(known.get("issued") and found.get("issued"))
    both_authors = bool(known.get("author") and found.get("author"))
    return Proposals(
        fills=[change for change in changes if not known.get(change.field)],
        proposes=[
            change
            for change in changes
            if known.get(change.field)
            and change.field not in _ONLY_FILLED
            and not _says_the_same(change.field, known, found)
        ],
        may_replace=year and author,
        is_doubtful=(both_years and not year) or (both_authors and not author),
    )


def words(csl: Mapping[str, Any], name: str) -> str:
    """A field of a record as a person reads it; empty where it is not there."""
    record = dict(csl)
    if name == "author":
        return wording.authors_words(record, shown=1000)
    if name in ("editor", "translator"):
        return ", ".join(wording.name_words(one) for one in record.get(name, []))
    if name == "issued":
        return date_words(record.get("issued", {}))
    if name == "type":
        return wording.type_words(record)
    if name == "page":
        return wording.pages_words(record)
    return str(record.get(name, ""))


def date_words(date: Mapping[str, Any]) -> str:
    """`2016-05-12`, as exactly as it is known; a range with an en dash."""
    parts = date.get("date-parts") or []
    return "–".join("-".join(f"{number:02}" for number in part) for part in parts)


def _says_the_same(name: str, known: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    if name == "issued":
        # More than is known already only counts where it does not contradict it.
        return found[name] == known[name] or not _is_closer_date(known[name], found[name])
    if name in ("author", "editor", "translator"):
        return _names(known, name) == _names(found, name)
    return folded(words(known, name)) == folded(words(found, name))


def _is_closer_date(known: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Another year, or a month and day where only less is known."""
    ours, theirs = known["date-parts"][0], found["date-parts"][0]
    return ours[0] != theirs[0] or (len(theirs) > len(ours) and theirs[: len(ours)] == ours)


def _names(csl: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    """Families with first initials: `Smith J` and `Smith, John` are no difference to decide on."""
    truncated = name == "author" and csl.get("custom", {}).get("authors_truncated", False)
    people = tuple(
        folded(f"{one.get('non-dropping-particle', '')} {one['family']} {one.get('given', '')[:1]}")
        if "family" in one
        else folded(one.get("literal", ""))
        for one in csl.get(name, [])
    )
    return (*people, truncated)


def taken_over(known: Mapping[str, Any], changes: list[Change]) -> dict[str, Any]:
    """The record of `known` with `changes`. A whole list of authors is not said to go on."""
    record = {**known, **{change.field: change.value for change in changes}}
    if any(change.field == "author" for change in changes):
        record.pop("custom", None)
    return record
