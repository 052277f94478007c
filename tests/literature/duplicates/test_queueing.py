"""The queue over the whole library: found once, remembered, kept up to date."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from literature.actions import duplicates
from literature.models import DuplicatePair, Reference, Relation
from tests import make

pytestmark = pytest.mark.django_db
TITLE = "Debulking of hepatic disease improves symptoms"


def run(*options: str) -> str:
    out = StringIO()
    call_command("find_duplicates", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def alike() -> list[Reference]:
    csl = make.make_csl(title=TITLE)
    return [make.make_reference(csl), make.make_reference({**csl, "volume": None, "page": None})]


def test_the_command_queues_pairs_and_reports(alike: list[Reference]) -> None:
    make.make_reference()
    report = json.loads(run("--json"))
    assert report == {"references": 3, "new_pairs": {"probable": 1}, "waiting": 1}
    pair = DuplicatePair.objects.get()
    assert [pair.first, pair.second] == alike
    assert run() == ("3 references compared. New pairs: none. Waiting to be decided: 1.\n")


def test_a_certain_pair_is_queued_and_never_merged_by_machine() -> None:
    csl = make.make_csl(title=TITLE)
    make.make_reference(csl)
    make.make_reference(csl)
    run()
    assert DuplicatePair.objects.get().likeness == "same"
    assert Reference.objects.count() == 2


def test_what_was_decided_is_not_asked_again(alike: list[Reference]) -> None:
    run()
    duplicates.keep_apart(pair=DuplicatePair.objects.get(), by=None)
    assert json.loads(run("--json"))["new_pairs"] == {}
    assert DuplicatePair.objects.get().state == "distinct"


def test_related_records_are_not_asked_about(alike: list[Reference]) -> None:
    Relation.objects.create(reference=alike[1], to=alike[0], kind="edition_of")
    run()
    assert not DuplicatePair.objects.exists()


def test_an_open_pair_follows_its_records(alike: list[Reference]) -> None:
    run()
    Reference.objects.filter(pk=alike[1].pk).update(csl=alike[0].csl)
    run()
    assert DuplicatePair.objects.get().likeness == "same"
    Reference.objects.filter(pk=alike[1].pk).update(csl=make.make_csl(title="Not like it at all"))
    run()
    assert not DuplicatePair.objects.exists()


def test_only_what_was_brought_in_is_compared(alike: list[Reference]) -> None:
    other = make.make_reference()
    assert duplicates.queue(references=[other.pk]) == {}
    assert duplicates.queue(references=[alike[0].pk]) == {"probable": 1}
    assert duplicates.queue(references=[alike[1].pk]) == {}


def test_a_relation_stands_once_and_between_the_two(alike: list[Reference]) -> None:
    pair = make.make_duplicate_pair(*alike)
    with pytest.raises(ValidationError, match="not one of the two"):
        duplicates.relate(pair=pair, reference=make.make_reference(), kind="part_of", by=None)
    with pytest.raises(ValidationError, match="Choose what"):
        duplicates.relate(pair=pair, reference=alike[0], kind="rumour", by=None)
    pair.refresh_from_db()
    assert pair.state == "open"
    duplicates.relate(pair=pair, reference=alike[0], kind="part_of", by=None)
    with pytest.raises(ValidationError, match="decided this already"):
        duplicates.relate(pair=pair, reference=alike[1], kind="part_of", by=None)


def test_a_pair_that_went_says_so(alike: list[Reference]) -> None:
    pair = make.make_duplicate_pair(*alike)
    DuplicatePair.objects.all().delete()
    with pytest.raises(ValidationError, match="merged, or one was removed"):
        duplicates.keep_apart(pair=pair, by=None)
