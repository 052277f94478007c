"""Records of the library that share a key with what is looked for: by indexes alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from literature.duplicates.keys import Keys, identifier_keys
from literature.duplicates.years import year_of

MAX_A_KEY = 40
"""Records looked at for one key. A key that more records share (an issue's first pages, a title
such as "Editorial") says little; the other keys find the record then."""

_BY_KEY = """
    SELECT wanted.position, found.id, ''
    FROM unnest(%s::bigint[], %s::text[]) AS wanted(position, key)
    CROSS JOIN LATERAL (
        SELECT id FROM literature_reference WHERE match_keys[{slot}] = wanted.key LIMIT {limit}
    ) AS found
"""
# What stands on one page in one volume is another journal's most of the time: the year tells.
_BY_PLACE = """
    SELECT wanted.position, found.id, ''
    FROM unnest(%s::bigint[], %s::text[], %s::integer[]) AS wanted(position, key, year)
    CROSS JOIN LATERAL (
        SELECT id FROM literature_reference
        WHERE match_keys[{slot}] = wanted.key
            AND (year BETWEEN wanted.year - 1 AND wanted.year + 1
                OR year IS NULL OR wanted.year IS NULL)
        LIMIT {limit}
    ) AS found
"""
_BY_IDENTIFIER = """
    SELECT wanted.position, found.id, ''
    FROM unnest(%s::bigint[], %s::text[]) AS wanted(position, value)
    CROSS JOIN LATERAL (
        SELECT id FROM literature_reference WHERE {column} = wanted.value LIMIT 1
    ) AS found
"""
_BY_OTHER_IDENTIFIER = """
    SELECT wanted.position, found.reference_id, wanted.kind
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS wanted(position, kind, value)
    CROSS JOIN LATERAL (
        SELECT reference_id FROM literature_otheridentifier
        WHERE kind = wanted.kind AND value = wanted.value LIMIT 1
    ) AS found
"""
TITLE_SLOTS, PLACE_SLOTS = (0, 1), (2, 3)
SLOTS = len(TITLE_SLOTS) + len(PLACE_SLOTS)
COLUMNS = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid"}
QUERY = " UNION ".join(
    [
        *(_BY_KEY.format(slot=slot + 1, limit=MAX_A_KEY) for slot in TITLE_SLOTS),
        *(_BY_PLACE.format(slot=slot + 1, limit=MAX_A_KEY) for slot in PLACE_SLOTS),
        *(_BY_IDENTIFIER.format(column=column) for column in COLUMNS.values()),
        _BY_OTHER_IDENTIFIER,
    ]
)


Found = dict[int, dict[int, str]]
"""By position: the primary key of a reference, and the kind of identifier by which it was found
that its record no longer carries (see OtherIdentifier), or empty text."""


def candidates(entries: Sequence[tuple[int, Mapping[str, Any]]], keys: Mapping[int, Keys]) -> Found:
    """What is worth comparing, in one query; a position without any is left out."""
    found: Found = defaultdict(dict)
    if not entries:
        return found
    with connection.cursor() as cursor:
        cursor.execute(QUERY, parameters(entries, keys))
        for position, pk, kind in cursor.fetchall():
            found[position][pk] = found[position].get(pk) or kind
    return found


def parameters(
    entries: Sequence[tuple[int, Mapping[str, Any]]], keys: Mapping[int, Keys]
) -> list[Any]:
    """What QUERY asks with, in its order."""
    asked: list[Any] = []
    years = {position: year_of(csl) for position, csl in entries}
    for slot in (*TITLE_SLOTS, *PLACE_SLOTS):
        rows = [(at, key) for at, all_keys in keys.items() if (key := all_keys[slot]) is not None]
        asked += [[at for at, _ in rows], [key for _, key in rows]]
        if slot in PLACE_SLOTS:
            asked.append([years[at] for at, _ in rows])
    named = [(at, kind, value) for at, csl in entries for kind, value in identifier_keys(csl)]
    for wanted in COLUMNS:
        rows = [(at, value) for at, kind, value in named if kind == wanted]
        asked += [[at for at, _ in rows], [value for _, value in rows]]
    return asked + [list(column) for column in zip(*named, strict=True)] if named else [
        *asked, [], [], [],
    ]  # fmt: skip
