"""Wordings of time, put together from pieces of good ones: understood or asked about."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from patients.reported_time import Entry, Question, read
from tests.fuzzing.amounts import IMPORTER_INPUTS, share
from tests.fuzzing.damage import damaged
from tests.fuzzing.trying import try_all
from tests.fuzzing.values import text
from tests.patients.reported_time import contexts, phrasings, span_phrasings

pytestmark = pytest.mark.fuzz
COUNT = share(IMPORTER_INPUTS, 10)
TABLES = (
    phrasings.CALENDAR, phrasings.AGES, phrasings.NUMBERED, phrasings.ANCHORED,
    phrasings.FROM_WHAT_WAS_TOLD, phrasings.NOT_REPORTED, span_phrasings.SPANS,
)  # fmt: skip
SOUND = [str(row[0]) for table in TABLES for row in table]
CASES = [
    contexts.CASE, contexts.EMPTY, contexts.DATED, contexts.DAY_ZERO, contexts.UNDATED,
    contexts.TWO_OPERATIONS, contexts.VAGUE, contexts.WITH_DEATH,
]  # fmt: skip


def pieced(dice: random.Random) -> str:
    """Halves and words of two wordings, or one with a strange value in it."""
    first, second = dice.choice(SOUND).split(" "), dice.choice(SOUND).split(" ")
    cut, end = dice.randrange(len(first) + 1), dice.randrange(len(second) + 1)
    words = [*first[:cut], *second[end:], *first[cut:][: dice.randrange(3)]]
    if dice.random() < 0.2:
        words.insert(dice.randrange(len(words) + 1), text(dice))
    return dice.choice([" ", " ", " ", "", "，"]).join(words)


def inputs() -> Iterator[tuple[str, bytes]]:
    sound = [wording.encode() for wording in SOUND]
    for number in range(COUNT):
        dice = random.Random(f"time {number}")
        raw = pieced(dice).encode("utf-8", "replace")
        yield f"time {number}", damaged(raw, sound, dice) if number % 3 == 0 else raw


def test_each_is_understood_or_asked_about():
    understood = []

    def check(raw: bytes) -> None:
        typed = raw.decode("utf-8", "replace")
        told = read(typed, CASES[len(raw) % len(CASES)])
        if isinstance(told, Question):
            assert told.reason
            return
        assert isinstance(told, Entry)
        start = told.start
        assert start.low is None or start.high is None or start.low <= start.high
        understood.append(typed)

    try_all(inputs(), check)
    assert len(understood) > COUNT / 10
