"""Reading which cases are like one: one query of what is kept, joined with what may be seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from literature import reading_from
from patients.likeness import USUAL, Likeness, Weights, likeness, ranked
from patients.likeness.model import Features
from patients.likeness_finding import KEPT, nearest_to_unkept, read_features
from patients.models import Case, CaseFeatures, Listing, NearestCases
from patients.vocabulary import Audience, Status

ON_THE_PAGE: Final = 5
"""Cases that a case's own page names."""
REASONS: Final = 4
"""Of each, there; the page of likenesses has all."""
QUERY: Final = f"""
    SELECT own.features, near.cited, other.features, named.accession, listing.title
    FROM {Case._meta.db_table} AS record
    JOIN {NearestCases._meta.db_table} AS near ON near.case_id = record.id
    JOIN {CaseFeatures._meta.db_table} AS own ON own.case_id = record.id
    CROSS JOIN LATERAL unnest(near.cases) WITH ORDINALITY AS kept (case_id, place)
    JOIN {Case._meta.db_table} AS named
      ON named.id = kept.case_id AND named.status = '{Status.PUBLISHED}'
    JOIN {CaseFeatures._meta.db_table} AS other ON other.case_id = named.id
    JOIN {Listing._meta.db_table} AS listing
      ON listing.case_id = named.id AND listing.audience = '{Audience.PUBLIC}'
    WHERE record.accession = %s AND record.status = '{Status.PUBLISHED}'
    ORDER BY kept.place LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class LikeCase:
    """A published case that is like the one read."""

    accession: str
    title: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class ShownOnPage:
    """What a case's own page says of like cases, with a digest of it: 16 hexadecimal digits, empty
    where there is nothing."""

    rows: list[tuple[LikeCase, str]] = field(default_factory=list)

    @property
    def digest(self) -> str:
        if not self.rows:
            return ""
        told = "\n".join(f"{row.accession} {row.title} {words}" for row, words in self.rows)
        return sha256(told.encode()).hexdigest()[:16]


def kept_like(accession: str, weights: Weights = USUAL, *, most: int = KEPT) -> list[LikeCase]:
    """The kept nearest that anybody may read, the most like first by `weights`. One query."""
    with reading_from.connection().cursor() as cursor:
        cursor.execute(QUERY, [accession, most])
        rows = cursor.fetchall()
    if not rows:
        return []
    own, cited = read_features(json.loads(rows[0][0])), json.loads(rows[0][1])
    found = [
        ((name, title), likeness(own, read_features(json.loads(other)), cited))
        for _, _, other, name, title in rows
    ]
    return [LikeCase(*key, like) for key, like in ranked(found, weights)]


def live_like(features: Features, weights: Weights, *, except_for: str) -> list[LikeCase]:
    """Of a case for which nothing is kept. A dozen or so queries, within bounds."""
    found = nearest_to_unkept(features)
    titles = _titles([pk for pk, _ in found])
    rows = [(titles[pk], like) for pk, like in found
            if pk in titles and titles[pk][0] != except_for]  # fmt: skip
    return [LikeCase(*key, like) for key, like in ranked(rows, weights)]


def _titles(keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = Listing.objects.filter(
        case__in=keys, audience=Audience.PUBLIC, case__status=Status.PUBLISHED
    )
    told = rows.order_by().values_list("case", "accession", "title")
    return {pk: (accession, title) for pk, accession, title in told}


def on_the_page(accession: str) -> ShownOnPage:
    """The nearest few, with the reasons in words. One query."""
    found = kept_like(accession, most=ON_THE_PAGE)
    return ShownOnPage([(row, row.likeness.reasons(USUAL, most=REASONS)) for row in found])


def is_kept(accession: str) -> bool:
    """Whether the worker has looked for it."""
    return NearestCases.objects.filter(
        case__accession=accession, case__status=Status.PUBLISHED, found_at__isnull=False
    ).exists()
