"""The labelled set: no false certain link, and hardly a true pair missed."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from literature.duplicates.compare import compare
from literature.duplicates.model import Likeness
from tests.literature.duplicates.labelled import PAIRS, WRITTEN
from tests.literature.duplicates.notation import Truth

TABLE = {
    # truth: category: certain, probable, related, different
    "same: journal abbreviated": (26, 0, 0, 0),
    "same: accents and initials": (30, 0, 0, 0),
    "same: British and American": (12, 2, 0, 0),
    "same: capitals and full stop": (30, 0, 0, 0),
    "same: markup in the title": (30, 0, 0, 0),
    "same: et al.": (30, 0, 0, 0),
    "same: pages abbreviated": (29, 0, 0, 0),
    "same: pages swapped": (29, 1, 0, 0),
    "same: online a year before": (30, 0, 0, 0),
    "same: no issue, no last page": (30, 0, 0, 0),
    "same: no volume or pages": (0, 30, 0, 0),
    "same: no authors": (0, 30, 0, 0),
    "same: no journal": (0, 30, 0, 0),
    "same: no year": (0, 30, 0, 0),
    "same: title typed wrong": (0, 29, 0, 0),
    "same: subtitle cut": (0, 30, 0, 0),
    "same: same DOI, little else": (30, 0, 0, 0),
    "related: erratum": (0, 0, 30, 0),
    "related: erratum on the same page": (0, 0, 30, 0),
    "related: retraction notice": (0, 0, 30, 0),
    "related: comment": (0, 0, 30, 0),
    "related: reply": (0, 0, 30, 0),
    "related: preprint": (0, 0, 30, 0),
    "related: conference abstract": (0, 0, 30, 0),
    "related: abstract in the same volume": (0, 0, 30, 0),
    "related: parts": (0, 0, 30, 0),
    "different: other work of the same authors": (0, 0, 0, 30),
    "different: neighbours in one issue": (0, 0, 0, 30),
    "different: two letters on one page": (0, 0, 0, 30),
    "different: same title, other people": (0, 0, 0, 30),
    "different: DOI of another work": (0, 30, 0, 0),
    "same: names of journals": (9, 0, 0, 0),
    "same: names of people": (5, 5, 0, 0),
    "same: titles": (8, 4, 0, 0),
    "same: two languages": (1, 9, 0, 0),
    "same: fields missing": (3, 9, 0, 0),
    "same: identifiers": (4, 1, 0, 0),
    "same: books and chapters": (0, 4, 0, 0),
    "related: notices": (0, 1, 12, 0),
    "related: preprint and article": (0, 0, 6, 0),
    "related: abstract and paper": (0, 0, 8, 0),
    "related: parts and editions": (0, 0, 6, 0),
    "different: same title, other work": (0, 0, 0, 9),
    "different: numbers in titles": (0, 0, 0, 6),
    "different: one word is the difference": (0, 0, 0, 5),
    "different: one place, other work": (0, 0, 0, 4),
    "different: cell or cells": (0, 0, 0, 2),
    "different: identifiers borrowed or mistyped": (0, 3, 0, 0),
    "related: editions under one title, versions under other DOIs": (0, 2, 1, 0),
}
FOUND = [(pair, compare(pair.a, pair.b)) for pair in PAIRS]
RECALL = 0.98
CERTAIN = 0.55
"""Of the true pairs; many of them lack on purpose what would make them certain."""


def test_the_set_is_large_and_written_by_hand_in_part() -> None:
    assert len(PAIRS) >= 500
    assert len(WRITTEN) >= 120
    shapes = {(str(pair.a), str(pair.b)) for pair in PAIRS}
    assert len(shapes) == len(PAIRS)  # no pair is counted twice


def test_no_false_certain_link() -> None:
    false = [
        (pair.category, pair.a["title"], found.reason)
        for pair, found in FOUND
        if pair.truth is not Truth.SAME and found.likeness is Likeness.SAME
    ]
    assert false == []


def test_recall_of_certain_and_probable() -> None:
    true = [found.likeness for pair, found in FOUND if pair.truth is Truth.SAME]
    asked = sum(likeness in (Likeness.SAME, Likeness.PROBABLE) for likeness in true)
    assert asked / len(true) >= RECALL
    assert true.count(Likeness.SAME) / len(true) >= CERTAIN


def test_counts_by_category() -> None:
    counts: dict[str, Counter[Likeness]] = defaultdict(Counter)
    for pair, found in FOUND:
        counts[f"{pair.truth}: {pair.category}"][found.likeness] += 1
    assert {
        name: tuple(count[likeness] for likeness in Likeness) for name, count in counts.items()
    } == TABLE


@pytest.mark.parametrize("pair", WRITTEN[::5] + PAIRS[::40], ids=lambda pair: pair.category)
def test_the_order_of_the_two_does_not_matter(pair) -> None:
    assert compare(pair.b, pair.a) == compare(pair.a, pair.b)


def test_every_reason_is_a_sentence() -> None:
    for _, found in FOUND:
        assert found.reason[0].isupper()
        assert found.reason.endswith(".")
        assert len(found.reason) <= 300
