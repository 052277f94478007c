"""One item to one entry: identifiers first, then remarks, then the fields of its style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from literature.csl import normalise_csl
from literature.importers.model import Entry, Problem, Severity
from literature.importers.pasted.found import LIKELY, UNSURE, Found
from literature.importers.pasted.gbt import is_marked
from literature.importers.pasted.items import MAX_ITEM, Item
from literature.importers.pasted.links import take_links
from literature.importers.pasted.parts import Signs
from literature.importers.pasted.remarks import (
    put_discussion,
    take_discussion,
    take_medium,
    take_remarks,
)
from literature.importers.pasted.styles import STYLES

_MARGIN = 0.1
"""An item is read in the style of its list unless another fits it better by more than this."""
_SAMPLE = 200


def read_item(text: str, style: str) -> Found:
    """What an item says, in the style of its list where that fits."""
    rest, taken, signs, discussion = _prepared(text)
    best = _best(rest, signs, style)
    best.problems = [*taken.problems, *best.problems]
    for name, value in taken.fields.items():
        best.fields[name], best.confidence[name] = value, taken.confidence[name]
    put_discussion(best, discussion)
    return best


def _best(text: str, signs: Signs, style: str) -> Found:
    if is_marked(text):
        return STYLES["gbt-7714"](text, signs)
    best = STYLES[style](text, signs) if style else Found()
    if best.fit < 1 - _MARGIN:
        for name, read in STYLES.items():
            if name != style:
                found = read(text, signs)
                if found.fit > best.fit + (_MARGIN if best.style == style else 0):
                    best = found
    return best


def style_of(items: Sequence[Item]) -> str:
    """The style that fits the list as a whole best; empty where none fits anything."""
    totals = dict.fromkeys(STYLES, 0.0)
    step = max(1, len(items) // _SAMPLE)
    for item in items[::step]:
        if len(item.text) <= MAX_ITEM:
            rest, _, signs, _ = _prepared(item.text)
            for name, read in STYLES.items():
                totals[name] += read(rest, signs).fit
    best = max(totals, key=lambda name: totals[name])
    return best if totals[best] else ""


def entry_of(item: Item, position: int, style: str) -> Entry:
    """The entry of one item, in the normal form of a record as far as it could be read."""
    if len(item.text) > MAX_ITEM:
        reason = (
            f"this item has {len(item.text):,} characters and an item may have {MAX_ITEM:,}: "
            "check where it ends"
        )
        return _entry(item, position, {}, {}, [Problem("", reason)])
    found = read_item(item.text, style)
    if item.guessed and "title" in found.confidence:
        found.confidence["title"] = min(found.confidence["title"], LIKELY)
    csl, problems = _normal(found)
    confidence = {name: found.confidence[name] for name in csl}
    return _entry(item, position, csl, confidence, [*item.problems, *problems])


def _prepared(text: str) -> tuple[str, Found, Signs, str]:
    taken = Found()
    rest = take_links(text.replace(". . .", "…"), taken)
    rest, discussion = take_discussion(rest)
    rest, web = take_medium(rest)
    doi = "DOI" in taken.fields
    signs = Signs(web=web or ("URL" in taken.fields and not doi), doi=doi)
    return take_remarks(rest, taken), taken, signs, discussion


def _normal(found: Found) -> tuple[dict[str, Any], list[Problem]]:
    """The fields that a record may hold; each other one becomes a problem that names it."""
    problems = list(found.problems)
    fields = dict(found.fields)
    for name, value in found.fields.items():
        try:
            normalise_csl({"type": "document", "title": "x", name: value})
        except ValidationError as error:
            reason = error.messages[0].removeprefix(f"{name}: ")
            problems.append(Problem(name, f"was left out: it {reason}", Severity.WARNING))
            del fields[name]
    if "title" not in fields:
        identified = any(name in fields for name in ("DOI", "PMID", "PMCID"))
        reason = (
            "only an identifier is printed here: look it up"
            if identified
            else "this could not be read as a reference: no title was found"
        )
        if found.confidence.get("type", 0) <= UNSURE:
            fields.pop("type", None)
        others = [problem for problem in problems if problem.field != "author"]
        return fields, [Problem("title", reason), *others]
    fields.setdefault("type", "document")
    found.confidence.setdefault("type", UNSURE)
    return normalise_csl(fields), problems


def _entry(
    item: Item,
    position: int,
    csl: dict[str, Any],
    confidence: dict[str, float],
    problems: list[Problem],
) -> Entry:
    return Entry(
        position=position,
        line=item.line,
        csl=csl,
        original=item.text,
        problems=tuple(problems),
        confidence=confidence,
        number=item.number,
    )
