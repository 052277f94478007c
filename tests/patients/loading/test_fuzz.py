"""Lines of case documents, damaged or with other values: loaded, or named with the reason."""

from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from patients.loading.base import Base
from patients.loading.batches import Batches, Options
from patients.loading.looking import look
from patients.loading.reading import UnreadableError, decompressed, lines_of
from patients.models import Case
from tests.fuzzing.amounts import IMPORTER_INPUTS, share
from tests.fuzzing.damage import damaged
from tests.fuzzing.trying import in_words, try_all
from tests.fuzzing.values import json_value
from tests.patients.loading.lines import line, synthetic

pytestmark = pytest.mark.fuzz
LOOKED_AT = share(IMPORTER_INPUTS, 5)
LOADED = share(IMPORTER_INPUTS, 40)
FILES = share(IMPORTER_INPUTS, 50)
SOUND = [synthetic(number) for number in range(4)]
Way = tuple[Any, ...]


def places(value: Any, way: Way = ()) -> Iterator[Way]:
    """The way to everything inside."""
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*way, key)
            yield from places(each, (*way, key))


def at(told: Any, way: Way) -> Any:
    for step in way:
        told = told[step]
    return told


def change(told: Any, dice: random.Random) -> None:
    """One value goes, is doubled, lies beside what it was, is that of another place, or any."""
    ways = list(places(told))
    *before, last = dice.choice(ways)
    inside = at(told, tuple(before))
    value = inside[last]
    match dice.randrange(5):
        case 0:
            del inside[last]
        case 1 if isinstance(inside, list):
            inside.insert(last, value)
        case 2 if isinstance(value, int) and not isinstance(value, bool):
            inside[last] = value + dice.choice([-1, 1, -365, 365, 10**6, 2**31, 2**63])
        case 3:
            inside[last] = json.loads(json.dumps(at(told, dice.choice(ways))))
        case _:
            inside[last] = json_value(dice)


def changed(raw: bytes, dice: random.Random) -> bytes:
    told = json.loads(raw)
    for _ in range(dice.randint(1, 3)):
        change(told, dice)
    return json.dumps(told).encode()


def inputs(count: int) -> Iterator[tuple[str, bytes]]:
    for number in range(count):
        dice = random.Random(f"line {number}")
        raw = dice.choice(SOUND)
        raw = changed(raw, dice) if number % 3 else damaged(raw, SOUND, dice)
        yield f"line {number}", raw.replace(b"\n", b" ")


def looked_at(raw: bytes) -> int:
    """How many lines are good, of one."""
    found = look([line(raw)], screened=False)
    assert len(found.good) + len(found.bad) == bool(raw)
    for _, problems in found.bad:
        assert problems
        for problem in problems:
            assert problem.reason
            str(problem).encode()
    return len(found.good)


def test_each_line_is_good_or_named_with_the_reason():
    good: list[int] = []
    try_all(inputs(LOOKED_AT), lambda raw: good.append(looked_at(raw)))
    assert 0 < sum(good) < LOOKED_AT


def test_a_file_that_is_none_is_read_or_refused():
    sound = b"\n".join(SOUND) + b"\n"

    def files() -> Iterator[tuple[str, bytes]]:
        for number in range(FILES):
            dice = random.Random(f"file {number}")
            raw = gzip.compress(sound, mtime=0) if number % 2 else sound
            yield f"file {number}", damaged(raw, [sound], dice)

    def check(raw: bytes) -> None:
        try:
            lines = list(lines_of(decompressed(io.BufferedReader(io.BytesIO(raw)))))
        except UnreadableError as error:
            in_words(error)
        else:
            assert [each.number for each in lines] == [*range(1, len(lines) + 1)]

    try_all(files(), check)


@pytest.mark.django_db
def test_what_is_good_is_in_the_base_and_nothing_else_is():
    loaded: list[int] = []

    def check(raw: bytes) -> None:
        found = look([line(raw)], screened=False)
        options = Options(skip_bad=True)
        with transaction.atomic():
            outcome = Batches(Base.as_it_is(), options, by=None, name="fuzz").load(found)
            assert outcome.loaded + len(outcome.rejected) == bool(raw)
            assert Case.objects.count() == outcome.loaded
            for rejected in outcome.rejected:
                assert rejected.problems
            loaded.append(outcome.loaded)
            transaction.set_rollback(True)

    try_all(inputs(LOADED), check)
    assert sum(loaded) > 0
