"""Blocking keys: what two records of one work very likely share, so that few have to be compared.

The one definition is the database function `literature_match_keys` (migration 0003): the library's
are a generated column, and those of what is looked for are made by the same function here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

IDENTIFIERS = ("DOI", "PMID", "PMCID")
Keys = tuple[str | None, ...]
_NEEDED = ("title", "volume", "page", "issued")
_KEYS = """
    SELECT entry.position, literature_match_keys(entry.csl)
    FROM unnest(%s::bigint[], %s::jsonb[]) AS entry(position, csl)
"""


def keys_of(entries: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[int, Keys]:
    """The keys of each entry by its position, in one query. A slot is None where a record does
    not say enough for it."""
    if not entries:
        return {}
    positions = [position for position, _ in entries]
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [positions, [_needed(csl) for _, csl in entries]])
        return {position: tuple(keys) for position, keys in cursor.fetchall()}


def identifier_keys(csl: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Kind and value, in the normal form of the columns."""
    found = ((kind, _storable(csl.get(kind))) for kind in IDENTIFIERS)
    return tuple(
        (kind, value.lower() if kind == "DOI" else value) for kind, value in found if value
    )


def _needed(csl: Mapping[str, Any]) -> str:
    record: dict[str, Any] = {field: csl[field] for field in _NEEDED if csl.get(field)}
    authors = csl.get("author")
    if isinstance(authors, list) and authors:
        record["author"] = authors[:1]
    return json.dumps(_cleaned(record), ensure_ascii=False)


def _cleaned(value: Any) -> Any:
    """Before it is JSON: there, the six letters of an escaped NUL may be somebody's own words."""
    if isinstance(value, dict):
        return {_storable(name): _cleaned(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    return _storable(value) if isinstance(value, str) else value


def _storable(value: Any) -> str:
    """Text that the database takes: no NUL, no half surrogates; a broken entry may hold them."""
    text = value if isinstance(value, str) else ""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
