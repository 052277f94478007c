"""Words cut to their stems as the index has them: PostgreSQL is asked, once for each word."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from literature import reading_from

MAX_KEPT: Final = 50_000
_kept: dict[str, str] = {}


def stems(words: Collection[str]) -> dict[str, str]:
    """The stem of each word; one query for those that are not known yet. A stop word is itself."""
    unknown = sorted({word for word in words if word not in _kept})
    found = {word: _kept[word] for word in words if word in _kept}
    if unknown:
        with reading_from.connection().cursor() as cursor:
            cursor.execute(
                "SELECT word, (ts_lexize('pg_catalog.english_stem', word))[1] "
                "FROM unnest(%s::text[]) AS word",
                [unknown],
            )
            read = {word: stem or word for word, stem in cursor.fetchall()}
        if len(_kept) + len(read) > MAX_KEPT:
            _kept.clear()
        _kept.update(read)
        found |= read
    return found
