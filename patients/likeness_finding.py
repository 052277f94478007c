"""Finding the published cases that are most like one: by what they share, through one index.

What few cases share is asked first, and all who share it are looked at. What many share only says
something together with more: it is narrowed until few are left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from literature import reading_from
from patients.likeness import USUAL, Features, Likeness, likeness, ranked
from patients.likeness.codes import codes_of, study_code
from patients.models import Case, CaseFeatures
from patients.vocabulary import Status

KEPT: Final = 50
"""Cases that are kept as the nearest of one."""
FEW: Final = 100
"""What no more cases share is rare: all of them are looked at."""
MOST_LOOKED_AT: Final = 400
MOST_CODES: Final = 120
MOST_NARROWED: Final = 6
"""Common things from which a narrowing begins."""

_TABLE, _CASE = CaseFeatures._meta.db_table, Case._meta.db_table
_PUBLISHED = f"""
    EXISTS (SELECT 1 FROM {_CASE} AS record
            WHERE record.id = found.case_id AND record.status = '{Status.PUBLISHED}')
"""
# The bitmap of one code is made whole; the limit is on what is read of the table.
SHARING_ONE: Final = f"""
    SELECT asked.code, found.case_id
    FROM unnest(%s::integer[]) AS asked(code)
    CROSS JOIN LATERAL (
        SELECT found.case_id FROM {_TABLE} AS found
        WHERE found.codes @> ARRAY[asked.code] AND {_PUBLISHED} LIMIT %s
    ) AS found
"""
SHARING_ALL: Final = f"""
    SELECT found.case_id FROM {_TABLE} AS found
    WHERE found.codes @> %s::integer[] AND {_PUBLISHED} LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Near:
    """`cases` are keys, the most like first; `cited` as `NearestCases` keeps it."""

    cases: list[int]
    cited: dict[str, int]


@dataclass(slots=True)
class Candidates:
    """Cases that share something, by key."""

    cases: Counter[int] = field(default_factory=Counter)
    """How many codes each is known to share."""
    counts: dict[int, int] = field(default_factory=dict)
    """By code, how many cases share it, the case itself included; at most one above `FEW`."""


def nearest_to(own: CaseFeatures, common: set[int]) -> Near:
    """The nearest by the usual weights among those that share most of what is rare. `common` is as
    in `candidates`."""
    features = read_features(own.features)
    found = candidates(own.codes, common)
    found.cases.pop(own.pk, None)
    cited = cited_counts(features, found.counts)
    return Near([pk for pk, _ in compared(features, found, cited)][:KEPT], cited)


def nearest_to_unkept(features: Features) -> list[tuple[int, Likeness]]:
    """The same for a case that no reader sees: worked out now, kept nowhere. Within bounds, and
    by a handful of queries."""
    found = candidates(codes_of(features), set())
    return compared(features, found, cited_counts(features, found.counts))[:KEPT]


def read_features(data: Mapping[str, Any]) -> Features:
    return msgspec.convert(data, Features)


def cited_counts(features: Features, counts: Mapping[int, int]) -> dict[str, int]:
    """By study, how many published cases cite it, where more than one does."""
    told = {id: counts.get(study_code(id), 0) for id in features.references}
    return {id: count for id, count in told.items() if count > 1}


def compared(
    features: Features, found: Candidates, cited: Mapping[str, int]
) -> list[tuple[int, Likeness]]:
    first = sorted(found.cases.items(), key=lambda row: (-row[1], row[0]))[:MOST_LOOKED_AT]
    rows = CaseFeatures.objects.filter(
        pk__in=[pk for pk, _ in first], case__status=Status.PUBLISHED
    )
    others = rows.order_by("pk").values_list("pk", "features")
    return ranked(
        ((pk, likeness(features, read_features(data), cited)) for pk, data in others), USUAL
    )


def candidates(codes: Sequence[int], common_ones: set[int]) -> Candidates:
    """Cases that share what is rare, then those that share several common things.

    `common_ones` are codes that more than `FEW` cases share, as far as that is known: they are not
    asked for one by one, since to find that out again costs as much as many cases share them. Those
    that are found to be common are added.
    """
    found, asked = Candidates(), list(codes)[:MOST_CODES]
    sharing: dict[int, list[int]] = {code: [] for code in asked if code not in common_ones}
    for code, case in _rows(SHARING_ONE, list(sharing)):
        sharing[code].append(case)
    found.counts = dict.fromkeys(asked, FEW + 1)
    found.counts |= {code: len(cases) for code, cases in sharing.items()}
    common_ones |= {code for code in asked if found.counts[code] > FEW}
    for cases in sharing.values():
        if len(cases) <= FEW:
            found.cases.update(cases)
    common = [code for code in asked if found.counts[code] > FEW]
    for start in range(min(len(common), MOST_NARROWED)):
        together, cases = _narrowed(common[start:] + common[:start])
        found.cases.update(dict.fromkeys(cases, len(together)))
    return found


def _narrowed(codes: Sequence[int]) -> tuple[list[int], list[int]]:
    """The first of `codes` with as many of the next as it takes for few to share all of them, and
    who they are."""
    together: list[int] = []
    few: list[int] = []
    for code in codes:
        cases = [row[0] for row in _rows(SHARING_ALL, [*together, code])]
        # The case itself shares everything: more than that must be left.
        if len(cases) > 1:
            together, few = [*together, code], cases
        if 1 < len(few) <= FEW:
            break
    return together, few[:FEW]


def _rows(query: str, codes: list[int]) -> list[Any]:
    """At most one more than `FEW` for each of what is asked."""
    if not codes:
        return []
    with reading_from.connection().cursor() as cursor:
        cursor.execute(query, [codes, FEW + 1])
        return list(cursor.fetchall())
