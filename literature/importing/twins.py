"""Earlier rows of an import that are like one that was mended."""

from __future__ import annotations

from django.db import connection

from literature.duplicates.keys import identifier_keys
from literature.duplicates.model import Match
from literature.duplicates.within import BatchMatcher
from literature.models import ImportRow

MOST = 200
_LIKE = """
    SELECT position FROM literature_importrow
    WHERE imported_id = %s AND position < %s AND verdict <> 'broken' AND (
        match_keys && %s::text[]
        OR lower(csl ->> 'DOI') = ANY(%s) OR csl ->> 'PMID' = ANY(%s) OR csl ->> 'PMCID' = ANY(%s)
    )
    ORDER BY position LIMIT %s
"""


def earlier(row: ImportRow) -> list[Match]:
    """Best first."""
    entry = (row.position, row.csl)
    keys = [key for key in row.match_keys if key is not None]
    named = identifier_keys(row.csl)
    values = [[value for kind, value in named if kind == of] for of in ("DOI", "PMID", "PMCID")]
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [row.imported_id, row.position, keys, *values, MOST])
        positions = [position for (position,) in cursor.fetchall()]
    others = ImportRow.objects.filter(imported=row.imported_id, position__in=positions)
    batch = list(others.order_by("position").values_list("position", "csl"))
    return BatchMatcher(lambda missing: {}).matches([*batch, entry])[row.position]
