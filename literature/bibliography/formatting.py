"""Records in a citation style: one process of pandoc for a list, its result kept for a while."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache.backends.locmem import LocMemCache

from literature.bibliography import pandoc
from literature.bibliography.cleaning import entries_of
from literature.bibliography.model import (
    MAX_RECORDS,
    MAX_TOLD_APART,
    Bibliography,
    BibliographyError,
    Entry,
)
from literature.bibliography.records import for_formatter, is_chinese
from literature.bibliography.styles import Style, find

VERSION = "1"
"""Raised when the same records and style would give another text."""
MAX_KEPT = 200_000
"""Characters of a result that is kept."""
CHINESE, ENGLISH = "zh-CN", "en-US"
# A cache of its own, so that many lists never push out the counts of requests.
_kept = LocMemCache("bibliographies", {"TIMEOUT": 3600, "OPTIONS": {"MAX_ENTRIES": 100}})


def bibliography(
    records: Sequence[Mapping[str, Any]],
    style_name: str,
    numbers: Sequence[int] | None = None,
) -> Bibliography:
    """`records` (CSL in its normal form) in the style, numbered from 1 in their order.

    With `numbers`, which rise, each record has the number given instead; a style that sorts its
    entries by itself numbers them by itself.

    Raises UnknownStyleError, BusyError, BibliographyError.
    """
    style = find(style_name)
    if len(records) > MAX_RECORDS:
        raise BibliographyError(
            f"At most {MAX_RECORDS:,} references are formatted at once; these are"
            f" {len(records):,}. Narrow the search, or select fewer."
        )
    if style.adds_letters and len(records) > MAX_TOLD_APART:
        raise BibliographyError(
            f"The style “{style.title}” tells works of the same authors and year apart, which takes"
            f" too long for more than {MAX_TOLD_APART} references at once; these are"
            f" {len(records):,}. Take fewer, or a numbered style."
        )
    if not records:
        return Bibliography(style.name, style.title, ())
    items = [for_formatter(csl, f"r{place}") for place, csl in enumerate(records)]
    if numbers is not None and style.takes_numbers:
        items = _spread(items, numbers)
    chinese = [is_chinese(csl) for csl in records]
    key = _key(items, chinese, style)
    entries = _kept.get(key)
    if entries is None:
        entries = tuple(_entries(items, chinese, style))
        if sum(len(entry.html) for entry in entries) <= MAX_KEPT:
            _kept.set(key, entries)
    return Bibliography(style.name, style.title, entries)


def _spread(items: list[dict[str, Any]], numbers: Sequence[int]) -> list[dict[str, Any]]:
    """The items at the places of their numbers, with stand-ins between, which are left out of the
    result: so every style writes the numbers in its own way."""
    if list(numbers) != sorted(set(numbers)) or len(numbers) != len(items) or numbers[0] < 1:
        raise ValueError("The numbers must rise, one for each record.")
    if numbers[-1] > MAX_RECORDS:
        raise BibliographyError(f"A list goes up to number {MAX_RECORDS:,}.")
    by_number = dict(zip(numbers, items, strict=True))
    between = len(items)
    spread = []
    for number in range(1, numbers[-1] + 1):
        item = by_number.get(number)
        if item is None:
            item = {"id": f"r{between}", "type": "document", "title": "-"}
            between += 1
        spread.append(item)
    return spread


def _key(items: list[dict[str, Any]], chinese: list[bool], style: Style) -> str:
    parts = (VERSION, pandoc.version(), style.xml, items, chinese)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _entries(items: list[dict[str, Any]], chinese: list[bool], style: Style) -> list[Entry]:
    """Terms are in the language of the style. A Chinese style has them in the language of the
    work, Chinese or English (GB/T 7714–2015, 8.1.2: 等 or et al. by the language of the work)."""
    own = len(chinese)
    if not style.is_chinese:
        made = entries_of(pandoc.format_html(items, style, ()))
        return [entry for entry in made if entry.place < own]
    languages = sorted({CHINESE if flag else ENGLISH for flag in chinese}, reverse=True)
    output = pandoc.format_html(items, style, languages)
    by_language = {
        language: {entry.place: entry for entry in entries_of(output, section=language)}
        for language in languages
    }
    order = list(by_language[languages[0]])
    return [
        by_language[CHINESE if chinese[place] else ENGLISH][place] for place in order if place < own
    ]
