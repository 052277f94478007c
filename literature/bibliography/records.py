"""Records as the formatter is given them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from literature import csl as known

ET_AL = {"literal": "others"}
"""What pandoc reads, as BibTeX does, as the "et al." that a record itself ends its authors with."""
APOSTROPHE = "\ue000"
"""Stands for one within a family name; no text of a record keeps this sign."""
LEFT_OUT = {"id", "note", "custom", "source"}
"""A remark, or the place that a record came from, is no part of the reference."""
_PRIVATE = dict.fromkeys(range(0xE000, 0xF900))
_SIGNS = _PRIVATE | dict.fromkeys((*range(32), *range(127, 160)), " ")
_INITIALS = re.compile(r"[^\W\d_]{2,4}")
_JOINED = re.compile(r"^([^\W\d_]{1,4})[’'](?=[^\W\d_])")
_HAN = re.compile("[\u3400-\u9fff]")
_KANA_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")


def for_formatter(csl: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The record under a key of ours, with what only we say put the way CSL says it."""
    item: dict[str, Any] = {"id": key}
    for field, value in csl.items():
        if field in LEFT_OUT:
            continue
        if field in known.NAME_FIELDS:
            item[field] = [_name(name) for name in value]
        elif isinstance(value, str):
            item[field] = value.translate(_SIGNS)
        else:
            item[field] = value
    if csl.get("custom", {}).get("authors_truncated") and item.get("author"):
        item["author"].append(ET_AL)
    return item


def is_chinese(csl: Mapping[str, Any]) -> bool:
    """By its language, or by its title where it does not say."""
    if language := str(csl.get("language", "")).lower():
        return language.startswith("zh")
    title = str(csl.get("title", ""))
    return bool(_HAN.search(title)) and not _KANA_HANGUL.search(title)


def _name(name: Mapping[str, str]) -> dict[str, str]:
    """`JE` are two initials, as PubMed writes them, and not one given name. A name in Chinese
    signs is written without a space and has no initials. `d’Assignies` is one word: pandoc would
    take `d’` off it and, in capitals, set it apart by a space."""
    parts = {part: text.translate(_SIGNS) for part, text in name.items()}
    family, given = parts.get("family", ""), parts.get("given", "")
    if family and given and _HAN.match(family) and _HAN.match(given):
        return {"literal": family + given}
    if _INITIALS.fullmatch(given) and given.isupper() and not _HAN.search(given):
        parts["given"] = " ".join(f"{letter}." for letter in given)
    if family:
        parts["family"] = _JOINED.sub(rf"\1{APOSTROPHE}", family)
    return parts
