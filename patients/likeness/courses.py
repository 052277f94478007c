"""The parts of a likeness that go on in time: veins and treatments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from patients.likeness.model import Features, Part, Treatment, Vein
from patients.likeness.words import in_text, listed, then
from patients.vocabulary import Category, Patency

ANY_VEIN: Final = 0.75
SAME_VEINS: Final = 0.1
SAME_COURSE: Final = 0.15
"""What a vein in both, the same veins, and their same course add to the part; 1 in all. That a vein
is involved at all is what sets such cases apart; a branch has a name of its own in the records."""
SAME_STATE: Final = 0.5
"""A course that is told by one state, or has only its end in common."""
SAME_KINDS: Final = 0.4
"""Kinds of treatment in one order, where the treatments themselves are not the same."""


def vein(one: Features, other: Features) -> Part | None:
    here, there = _by_site(one), _by_site(other)
    if not here or not there:
        return None
    shared = [slug for slug in here if slug in there]
    if not shared:
        ours, theirs = (listed([in_text(v.site.display) for v in veins.values()])
                        for veins in (here, there))  # fmt: skip
        return Part("vein", ANY_VEIN, f"a vein involved in both: {ours} here, {theirs} there")
    courses = [_course(here[slug], there[slug]) for slug in shared]
    share = ANY_VEIN + SAME_VEINS * len(shared) / len(here.keys() | there.keys())
    share += SAME_COURSE * sum(value for value, _ in courses) / len(courses)
    names = [in_text(here[slug].site.display) for slug in shared]
    told = [f"{listed(names)} involved in both", *(words for _, words in courses if words)]
    return Part("vein", min(1.0, share), "; ".join(told))


def _by_site(features: Features) -> dict[str, Vein]:
    return {found.site.slug: found for found in features.veins}


def _course(here: Vein, there: Vein) -> tuple[float, str]:
    """How far one vein went the same way in both, from 0 to 1, and in words where it did."""
    if not here.states or not there.states:
        return 0.0, ""
    name = in_text(here.site.display)
    if here.states == there.states:
        states = then([in_text(Patency(state).label) for state in here.states])
        if len(here.states) == 1:
            return SAME_STATE, f"{name} {states} in both"
        return 1.0, f"same course of the {name}: {states}"
    if here.states[-1] == there.states[-1]:
        return SAME_STATE, f"{name} at the end {in_text(Patency(here.states[-1]).label)} in both"
    return 0.0, ""


def treatments(one: Features, other: Features) -> Part | None:
    """What was given or done in both; where no term is shared, the kinds of treatment."""
    here, there = _by_term(one), _by_term(other)
    shared = [in_text(named) for slug, named in here.items() if slug in there]
    if shared:
        every = len(here.keys() | there.keys())
        return Part("treatments", len(shared) / every, f"{listed(shared)} in both")
    kinds = [kind for kind in _kinds(one) if kind in _kinds(other)]
    if not kinds:
        return None
    share = SAME_KINDS * len(kinds) / len({*_kinds(one), *_kinds(other)})
    return Part("treatments", share, f"{_kind_words(kinds)} in both, of different sorts")


def order(one: Features, other: Features) -> Part | None:
    """The longest run of treatments that came in the same order in both, with others between."""
    here, there = list(_by_term(one)), list(_by_term(other))
    run = longest_in_order(here, there)
    if len(run) > 1:
        names = _by_term(one)
        share = (len(run) - 1) / (min(len(here), len(there)) - 1)
        return Part("order", share, f"{then([in_text(names[slug]) for slug in run])} in both")
    ours, theirs = _kinds(one), _kinds(other)
    run = longest_in_order(ours, theirs)
    if len(run) < 2:
        return None
    share = SAME_KINDS * (len(run) - 1) / (min(len(ours), len(theirs)) - 1)
    words = then([in_text(Category(kind).label) for kind in run])
    return Part("order", share, f"{words} in both, of different sorts")


def _by_term(features: Features) -> dict[str, str]:
    """Names by slug, in order of time."""
    return {row.term.slug: row.term.display for row in features.treatments if row.term}


def _kinds(features: Features) -> list[str]:
    """Kinds in order of time; the same one again only after another."""
    found: list[str] = []
    for row in features.treatments:
        if found[-1:] != [row.kind]:
            found.append(row.kind)
    return found


def _kind_words(kinds: Sequence[str]) -> str:
    return listed([in_text(Category(kind).label) for kind in dict.fromkeys(kinds)])


def longest_in_order(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The longest common subsequence; of several the one that begins first in `one`."""
    common = set(one) & set(other)
    a, b = [x for x in one if x in common], [x for x in other if x in common]
    longest: list[list[int]] = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            longest[i][j] = (
                longest[i + 1][j + 1] + 1
                if a[i] == b[j]
                else max(longest[i + 1][j], longest[i][j + 1])
            )
    run, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            run.append(a[i])
            i, j = i + 1, j + 1
        elif longest[i][j + 1] >= longest[i + 1][j]:
            j += 1
        else:
            i += 1
    return run


def ordered_pairs(treatments: Sequence[Treatment]) -> list[tuple[str, str]]:
    """Each two terms of which one came before the other."""
    slugs = [row.term.slug for row in treatments if row.term]
    return [(slugs[i], slugs[j]) for i in range(len(slugs)) for j in range(i + 1, len(slugs))]
