"""One query for what is prepared. It also says whether it may be read, and whether it holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from literature import reading_from
from patients.serving.build import build_id

QUERY = "SELECT etag, body FROM patients_prepared_answer(%s, %s, %s, %s, %s::varchar[])"
"""The function is made by the migration that makes the table."""


@dataclass(frozen=True, slots=True)
class Prepared:
    etag: str
    body: bytes | None
    """Compressed by gzip; None where the reader has it already."""


def look_up(
    accession: str, kind: str, origin: str = "", known: Collection[str] = ()
) -> Prepared | None:
    """What anybody may read: that which is prepared of the current version of a published case, if
    it was made of what the version says now, by this program. None for all else. `known` are the
    tags that the reader has."""
    with reading_from.connection().cursor() as cursor:
        cursor.execute(QUERY, [accession, kind, origin, build_id(), list(known)])
        found = cursor.fetchone()
    if found is None:
        return None
    etag, body = found
    return Prepared(etag, None if body is None else bytes(body))
