"""Which two pictures stand beside each other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from patients.pairs.model import Group, Pair, Picture
from patients.pairs.pictures import subjects_of


def first_pair(subject: Group) -> Pair:
    """The first study of the subject with pictures and the latest one: whatever treatment there
    was between its pictures lies between these two. `subject` is one of `subjects_of`."""
    studies = subject.studies
    return _best(studies[0], studies[-1])


def pairs_of(pictures: Sequence[Picture]) -> list[Pair]:
    """What is offered, subject by subject: its first pair, then each study with the next one."""
    found: dict[tuple[str, str], Pair] = {}
    for subject in subjects_of(pictures):
        steps = [_best(*two) for two in pairwise(subject.studies)]
        for pair in (first_pair(subject), *steps):
            found.setdefault(pair.ids, pair)
    return list(found.values())


def pair_of(pictures: Sequence[Picture], before: str, after: str) -> Pair:
    """Any two pictures of the case, by their ids. Raises KeyError for one that is not there."""
    by_id = {picture.id: picture for picture in pictures}
    return Pair(by_id[before], by_id[after])


def neighbours(pairs: Sequence[Pair], pair: Pair) -> tuple[Pair | None, Pair | None]:
    """The pairs offered before and after `pair`, whichever way round it is shown; None at the ends,
    and both where it is not one of those offered."""
    places = {frozenset(row.ids): place for place, row in enumerate(pairs)}
    place = places.get(frozenset(pair.ids))
    if place is None:
        return None, None
    before = pairs[place - 1] if place else None
    after = pairs[place + 1] if place + 1 < len(pairs) else None
    return before, after


def _best(before: Sequence[Picture], after: Sequence[Picture]) -> Pair:
    """Of two studies: pictures of one modality where there are such, else the first of each."""
    pairs = [Pair(one, other) for one in before for other in after]
    return min(pairs, key=_is_unlike)


def _is_unlike(pair: Pair) -> bool:
    modality = pair.before.finding.modality
    return not modality or modality != pair.after.finding.modality
