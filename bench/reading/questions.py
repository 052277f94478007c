"""What is asked of the search: chosen by what is in the base, counted by hand in its index.

A question in words becomes a compiled query by our own code, so that hand-written SQL is asked for
the very same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

K = TypeVar("K")
L = TypeVar("L")
Facets = tuple[str, str, str]
"""A word, a sex and an outcome."""
Counts = dict[Facets, int]
WITHIN: Final = 0.1
"""Two questions with as many hits differ by no more than this share of them."""
PLAIN_CHINESE: Final = (
    "就诊", "诊断", "入院", "检查", "提示", "治疗", "联合", "查见", "予以", "观察",
    "未见", "变化", "过程", "顺利", "好转", "另行", "处理", "讨论", "排除", "耐受",
    "良好", "轻微", "自行", "缓解", "边界", "清楚", "病灶", "多发", "邻近", "血管",
    "末次", "随访", "病情", "稳定", "缩小", "进展", "症状", "死亡", "出现", "完全",
)  # fmt: skip
PLAIN_ENGLISH: Final = (
    "presented", "seen", "weeks", "course", "treated", "followed", "added", "noted", "team",
    "chose", "wait", "sign", "unchanged", "review", "uneventful", "improved", "slowly",
    "needed", "reviewed", "multidisciplinary", "ruled", "tolerated", "mild", "resolved",
    "margins", "possible", "largest", "vessel", "lesion", "disease", "stable", "shrunk",
    "progressed", "remission", "complication", "guideline", "dose", "survival", "early",
    "quality", "risk", "learning", "curve", "imaging",
)  # fmt: skip
WORDS: Final = ("liver", "resection", "embolisation", "octreotide", "biopsy", "fever")
"""Names of terms, searched for with all their other names."""
FACETS: Final = ("female", "stable_disease")
MOST: Final = 6
"""Searches of one line."""
SEXES: Final = ("female", "male")
OUTCOMES: Final = ("stable_disease", "partial_response", "progression", "improved", "died",
                   "complete_remission", "complication")  # fmt: skip
COUNT: Final = (
    "SELECT count(*) FROM patients_searchentry "
    "WHERE audience = 'public' AND vector @@ to_tsquery('pg_catalog.english', %s)"
)
BY_FACETS: Final = (
    "SELECT {counts} FROM patients_searchentry "
    "WHERE audience = 'public' AND vector @@ to_tsquery('pg_catalog.english', %s)"
)


def set_up(variables: dict[str, str]) -> None:
    """Our own code in this process, over the base with these settings."""
    import django

    os.environ.update(variables)
    django.setup()


def wanted_by(**asked: Any) -> Any:
    """What our search makes of a query string. Raises ValueError for what its form refuses."""
    from django.contrib.auth.models import AnonymousUser
    from django.http import QueryDict

    from patients.forms import CaseSearchForm
    from patients.search import CaseSearch

    form = CaseSearchForm(QueryDict(urlencode(asked, doseq=True)))
    if not form.is_valid():
        raise ValueError(form.errors.as_text())
    return CaseSearch(form.cleaned_data, AnonymousUser()).wanted


def compiled(word: str) -> str:
    """For to_tsquery, with all other names of what it is the name of."""
    return str(wanted_by(q=word).words)


def is_plain(word: str) -> bool:
    """Whether our search asks for this word alone, and for no other name of it."""
    return "|" not in compiled(word)


def codes_of(sex: str, outcome: str) -> tuple[int, int]:
    from patients.searching.codes import word_code

    return word_code("sex", sex), word_code("outcome", outcome)


def known_words(connection: Any, most: int) -> list[str]:
    """Words that stand in cases, drawn the same way each time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM patients_knownword WHERE audience = 'public' AND word ~ '^[a-z]+$' "
            "ORDER BY md5(word) LIMIT %s",
            [most],
        )
        return [word for (word,) in cursor.fetchall()]


def hits_of(connection: Any, words: Iterable[str]) -> dict[str, int]:
    """By word, in how many cases it is found."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off; SET jit = off")
        for word in words:
            cursor.execute(COUNT, [compiled(word)])
            found[word] = cursor.fetchone()[0]
    return found


def hits_by_facets(connection: Any, words: Iterable[str]) -> Counts:
    """By word, sex and outcome, how many cases have all three."""
    pairs = list(product(SEXES, OUTCOMES))
    counts = ", ".join(
        f"count(*) FILTER (WHERE codes @> ARRAY[{one}, {other}])"
        for one, other in (codes_of(*pair) for pair in pairs)
    )
    found: Counts = {}
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off; SET jit = off")
        for word in words:
            cursor.execute(BY_FACETS.format(counts=counts), [compiled(word)])
            for (sex, outcome), count in zip(pairs, cursor.fetchone(), strict=True):
                found[word, sex, outcome] = count
    return found


def searches(connection: Any, words: Iterable[str] = WORDS) -> list[Facets]:
    """Words with both `FACETS` that find something, from many hits to few."""
    hits = hits_by_facets(connection, words)
    found = sorted((-hits[word, *FACETS], word) for word in words if hits[word, *FACETS])
    step = max(1, len(found) // MOST)
    return [(word, *FACETS) for _, word in found[::step][:MOST]]


def matched(
    ones: Mapping[K, int], others: Mapping[L, int], *, least: int, most: int
) -> list[tuple[K, L]]:
    """Pairs of questions with as many hits, `least` or more; `most` pairs, from few hits to many.
    No question stands in two."""
    pairs: list[tuple[int, K, L]] = []
    left = {key: hits for key, hits in others.items() if hits >= least}
    for key, hits in sorted(ones.items(), key=lambda item: (-item[1], str(item[0]))):
        if hits < least or not left:
            continue
        near = min(left, key=lambda other: (abs(left[other] - hits), str(other)))
        if abs(left[near] - hits) <= WITHIN * min(hits, left[near]):
            pairs.append((hits, key, near))
            del left[near]
    step = max(1, len(pairs) // most)
    return [(key, other) for _, key, other in pairs[::step][:most]]
