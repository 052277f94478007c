"""The words that spelling is taken from: learnt with a listing, forgotten with the last one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db import connection, transaction

from literature.searching.tokens import indexed
from patients.models import KnownWord, SearchEntry
from patients.vocabulary import Audience

FORGET_SQL: Final = f"""
    DELETE FROM {KnownWord._meta.db_table} AS known
    USING unnest(%(words)s::text[], %(folded)s::text[]) AS gone (word, folded)
    WHERE known.audience = %(audience)s AND known.word = gone.word AND NOT EXISTS (
        SELECT FROM {SearchEntry._meta.db_table} AS entry
        WHERE entry.audience = %(audience)s
        AND entry.vector @@ to_tsquery('pg_catalog.english', gone.folded)
    )
"""
BATCH: Final = 500


@transaction.atomic
def learn(*, words: Collection[str], audience: Audience | str) -> None:
    """Most words of a case are known already: those are only read."""
    known = set(
        KnownWord.objects.filter(audience=audience, word__in=words).values_list("word", flat=True)
    )
    KnownWord.objects.bulk_create(
        [KnownWord(audience=audience, word=word) for word in words if word not in known],
        ignore_conflicts=True,
    )


@transaction.atomic
def forget(*, words: Collection[str] | None = None, audience: Audience | str) -> None:
    """Removes those of `words` (by default, of all) that stand in no listing any more."""
    if words is None:
        words = list(KnownWord.objects.filter(audience=audience).values_list("word", flat=True))
    words = sorted(words)
    with connection.cursor() as cursor:
        for start in range(0, len(words), BATCH):
            part = words[start : start + BATCH]
            folded = [indexed(word).replace(" ", " <-> ") for word in part]
            values: dict[str, Any] = {"words": part, "folded": folded, "audience": str(audience)}
            cursor.execute(FORGET_SQL, values)
