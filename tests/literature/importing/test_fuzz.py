"""Imports of what nobody would send, all the way: read, decided, brought in, taken back.

An import that could not be read says why; one that says the fault is ours has found a fault.
"""

import random
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from literature.actions import imports
from literature.csl import normalise_csl
from literature.importers.model import UnreadableError
from literature.importing.failing import OUR_FAULT
from literature.importing.staging import FORMATS
from literature.models import Decision, Import, ImportState, Reference, Verdict
from tests import make
from tests.fuzzing.amounts import IMPORTER_INPUTS, share
from tests.fuzzing.damage import damaged
from tests.fuzzing.trying import in_words, try_all
from tests.fuzzing.values import text
from tests.literature.importers.grown import grown
from tests.literature.importers.samples import PASTED, SAMPLES

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]
NAMES = [*sorted(SAMPLES), "pasted"]
ALL = [PASTED.encode(), *(sample.encode() for samples in SAMPLES.values() for sample in samples)]
COUNT = share(IMPORTER_INPUTS, 40)
DECISIONS = dict.fromkeys(Verdict, Decision.LEAVE) | {Verdict.NEW: Decision.ADD}


def inputs() -> Iterator[tuple[str, bytes]]:
    for number in range(COUNT):
        dice = random.Random(f"import {number}")
        raw = dice.choice(ALL) if number % 2 else grown(dice.choice(NAMES), dice)
        yield f"import {number}", raw if number % 4 == 0 else damaged(raw, ALL, dice)


def bring_in(raw: bytes, by, format: str = "") -> str:
    """The state that the import ends in. Nothing of it stays."""
    with transaction.atomic():
        try:
            imported = imports.begin(
                source=BytesIO(raw), name=text(random.Random(raw)), by=by, format=format
            )
            return followed(imported, by)
        except UnreadableError as error:
            in_words(error)
            return "refused"
        finally:
            transaction.set_rollback(True)


def followed(imported: Import, by) -> str:
    assert imported.error != OUR_FAULT
    if imported.state == ImportState.WAITING:  # too many identifiers for a request
        return str(imported.state)
    if imported.state != ImportState.READY:
        assert imported.error
        return str(imported.state)
    for verdict, decision in DECISIONS.items():
        imports.decide_all(imported=imported, verdict=verdict, decision=decision, by=by)
    # What cannot be added, since one like it is here, stays open.
    imported.rows.filter(decision="").update(decision=Decision.LEAVE)
    imports.save(imported=imported, by=by)
    assert (imported.state, imported.error) == (ImportState.DONE, "")
    added = Reference.objects.filter(pk__in=imported.rows.values("result"))
    assert all(normalise_csl(reference.csl) == reference.csl for reference in added)
    imports.undo(imported=imported, by=by)
    assert (imported.state, imported.error) == (ImportState.UNDONE, "")
    return str(imported.state)


def test_each_is_brought_in_and_taken_back_or_says_why_not():
    by = make.make_user("researcher")
    states: list[str] = []
    try_all(inputs(), lambda raw: states.append(bring_in(raw, by)))
    assert states.count(str(ImportState.UNDONE)) > COUNT / 3


def test_a_file_read_as_another_format_is_refused_in_words():
    by = make.make_user("researcher")

    def others() -> Iterator[tuple[str, bytes]]:
        for number in range(share(COUNT, 3)):
            dice = random.Random(f"other {number}")
            yield f"other {number}", damaged(dice.choice(ALL), ALL, dice)

    def check(raw: bytes) -> None:
        format = random.Random(raw).choice([*FORMATS, "nope"])
        try:
            bring_in(raw, by, format)
        except ValidationError as error:
            in_words(error)

    try_all(others(), check)
