"""The words of all cases as they are spelt: those that begin like something, or look like it."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from literature import reading_from
from patients.models import KnownWord
from patients.vocabulary import Audience

MAX_BEGUN: Final = 50
LOOKED_AT: Final = 25
_LIKE_SQL: Final = f"""
    SELECT word FROM {KnownWord._meta.db_table}
    WHERE audience = %(audience)s AND word %% %(word)s AND word <> %(word)s
    ORDER BY similarity(word, %(word)s) DESC, abs(length(word) - length(%(word)s)), word
    LIMIT {LOOKED_AT}
"""


def words_begun(audience: Audience, start: str) -> list[str]:
    """Those that begin with `start`, in British or American spelling."""
    if len(start) < 3:
        return []
    begun = Q()
    for spelt in {start, start.replace("iz", "is"), start.replace("is", "iz")}:
        begun |= Q(word__startswith=spelt)
    known = KnownWord.objects.filter(begun, audience=audience)
    return list(known.order_by("word").values_list("word", flat=True)[:MAX_BEGUN])


def words_like(audience: Audience, word: str) -> list[str]:
    """Those that are spelt most like `word`, the nearest first."""
    with reading_from.connection().cursor() as cursor:
        cursor.execute(_LIKE_SQL, {"audience": str(audience), "word": word.lower()})
        return [found for (found,) in cursor.fetchall()]
