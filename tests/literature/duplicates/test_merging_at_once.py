"""Merges, and citing, at the same moment over connections of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from literature.actions import merging
from literature.models import Merge, OtherIdentifier, Reference
from patients.actions import cases
from patients.models import Citation
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What `acts` return, or why they were refused, run at once over connections of their own."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        except (ValidationError, IntegrityError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def merge(kept: Reference, gone: Reference) -> Merge:
    return merging.merge(kept=kept, gone=gone, csl=kept.csl, by=None)


@pytest.fixture
def trio() -> list[Reference]:
    return [make.make_reference({"DOI": f"10.5555/{name}"}) for name in "abc"]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_each_into_the_other(trio: Any, _round: int) -> None:
    one, two, _ = trio
    results = at_once(lambda: merge(one, two), lambda: merge(two, one))
    assert sorted(type(result).__name__ for result in results) == ["Merge", "ValidationError"]
    assert Reference.objects.filter(pk__in=[one.pk, two.pk]).count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_chain_of_two_merges(trio: Any, _round: int) -> None:
    one, two, three = trio
    make.make_citation(make.make_event(), three)
    at_once(lambda: merge(two, three), lambda: merge(one, two))
    # Whichever came first, nothing is lost and nothing names a record that is no more.
    left = set(Reference.objects.filter(pk__in=[row.pk for row in trio]))
    assert one in left
    assert Citation.objects.get().reference in left
    known = {row.csl["DOI"] for row in left}
    known |= set(OtherIdentifier.objects.values_list("value", flat=True))
    assert known == {"10.5555/a", "10.5555/b", "10.5555/c"}


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_cited_while_it_is_merged(trio: Any, _round: int) -> None:
    kept, gone, _ = trio
    event = make.make_event()
    citation = Citation(case=event.case, event=event, reference=gone, role="supports")
    merged, cited = at_once(lambda: merge(kept, gone), lambda: cases.save(row=citation, by=None))
    if isinstance(merged, Merge):
        assert not Reference.objects.filter(pk=gone.pk).exists()
        assert all(row.reference == kept for row in Citation.objects.all())
    assert not (isinstance(merged, Exception) and isinstance(cited, Exception))
