"""Records of the library, and of the same batch, that are like those brought in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from literature.duplicates.candidates import candidates
from literature.duplicates.compare import compare_works
from literature.duplicates.keys import Keys, keys_of
from literature.duplicates.model import Comparison, Likeness, Match
from literature.duplicates.ranking import best_first
from literature.duplicates.within import BatchMatcher
from literature.duplicates.work import Work, work_of
from literature.models import Reference

Csl = Mapping[str, Any]


def find_matches(
    entries: Sequence[tuple[int, Csl]],
    *,
    within: bool = True,
    keys: Mapping[int, Keys] | None = None,
) -> dict[int, list[Match]]:
    """By position: records of the library that are like, then earlier entries of this batch.

    Best first; a position without any has an empty list. Three queries, for up to 1,000 entries;
    two where the caller has the `keys` of the entries. With `within=False` the batch itself is
    left out: see BatchMatcher for a long import.
    """
    keys = keys_of(entries) if keys is None else keys
    likely = candidates(entries, keys)
    records = _records(set().union(*likely.values()))
    works = {pk: work_of(csl) for pk, csl in records.items()}
    here = BatchMatcher(lambda missing: {}).matches(entries, keys) if within else {}
    found: dict[int, list[Match]] = {}
    for position, csl in entries:
        near = likely.get(position, {})
        if not near:
            found[position] = best_first(here.get(position, ()))
            continue
        work = work_of(csl)
        matches = [
            Match(pk, None, records[pk], compare_works(work, _with_further(works[pk], work, kind)))
            for pk, kind in near.items()
            if pk in works  # a merge may have taken it meanwhile
        ]
        found[position] = best_first([*matches, *here.get(position, ())])
    return found


def _with_further(work: Work, other: Work, kind: str) -> Work:
    """A record that took an identifier over carries it, where the other one does."""
    if not kind:
        return work
    return replace(work, identifiers={**work.identifiers, kind: other.identifiers[kind]})


def find_pairs(references: Mapping[int, Csl]) -> dict[tuple[int, int], Comparison]:
    """Pairs of one of `references` (CSL by primary key) and any other record of the library, the
    lower key first. Three queries."""
    entries = list(references.items())
    likely = candidates(entries, keys_of(entries))
    others = set[int]().union(*likely.values()) - references.keys()
    records = {**references, **_records(others)}
    works: dict[int, Work] = {}
    pairs: dict[tuple[int, int], Comparison] = {}
    for pk, near in likely.items():
        for other, kind in near.items():
            pair = (min(pk, other), max(pk, other))
            if pk == other or pair in pairs or other not in records:
                continue
            for key in pair:
                if key not in works:
                    works[key] = work_of(records[key])
            pairs[pair] = compare_works(works[pk], _with_further(works[other], works[pk], kind))
    return {
        pair: comparison
        for pair, comparison in pairs.items()
        if comparison.likeness is not Likeness.DIFFERENT
    }


def _records(pks: Collection[int]) -> dict[int, Csl]:
    return dict(Reference.objects.filter(pk__in=pks).order_by().values_list("pk", "csl"))
