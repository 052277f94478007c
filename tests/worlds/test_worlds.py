"""Generated hidden worlds, each added to one public world: no byte, header or number of statements
of any public surface differs.

Every world is held against all surfaces by what the database answers to all that they ask, and a
share of the surfaces, another one each time, is asked for anew; see docs/adr/0035. `make worlds`
tries 2,000 of them; CASEBASE_WORLDS_FROM begins with another one.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest

from patients.actions import cases
from patients.models import Case, ListedItem
from tests import make
from tests.matrix.asking import rolled_back
from tests.matrix.routes import pattern_at, routes
from tests.worlds.baseline import Baseline
from tests.worlds.hidden import KINDS, drawn_kinds
from tests.worlds.public import PublicWorld, work_off
from tests.worlds.surfaces import NOBODY, NOT_ASKED, READERS, SIGNED_IN, Surface

pytestmark = pytest.mark.django_db
WORLDS = int(os.environ.get("CASEBASE_WORLDS", "200"))
FIRST = int(os.environ.get("CASEBASE_WORLDS_FROM", "0"))
ENOUGH = 200
"""Worlds among which each kind of hidden thing comes."""


@pytest.fixture(scope="module")
def baseline(django_db_setup, django_db_blocker):
    """Made once; each world is rolled back."""
    with django_db_blocker.unblock(), rolled_back(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.SITE_ORIGIN", "http://testserver")  # pages are prepared
        yield Baseline()


def test_no_hidden_world_is_noticed(baseline: Baseline, capsys):
    told: dict[str, list[str]] = {}
    tried: Counter[str] = Counter()
    for number in range(FIRST, FIRST + WORLDS):
        kinds = drawn_kinds(Random(number))
        tried.update(kinds)
        for leak in baseline.leaks(number, kinds):
            told.setdefault(leak, []).append(f"world {number}: {', '.join(kinds)}")
    with capsys.disabled():
        print(f"\n{WORLDS} hidden worlds, {baseline.summary()}, {len(told)} differ")
    assert {leak: worlds[:3] for leak, worlds in told.items()} == {}
    assert WORLDS < ENOUGH or set(tried) == set(KINDS)


def test_every_route_is_a_surface_or_left_out_by_name(baseline: Baseline):
    """So that a new one cannot be forgotten. Nobody signed in to read comes near the admin."""
    assert set(NOT_ASKED) <= set(routes())
    for reader in READERS:
        reached = {pattern_at(each.path) for each in baseline.surfaces if each.reader == reader}
        left = {
            name
            for name, pattern in routes().items()
            if pattern not in reached
            and name not in NOT_ASKED
            and not (reader == SIGNED_IN and pattern.startswith("admin/"))
        }
        assert left == set(), reader or "nobody"
    methods = {each.method for each in baseline.surfaces if each.reader == NOBODY}
    assert methods == {"GET", "HEAD", "OPTIONS"}


def a_case_more(world: PublicWorld) -> None:
    cases.publish(case=world.case("Sternbergia, told in public"), by=None)


def a_title_changed_where_readers_find_it(world: PublicWorld) -> None:
    case = world.published[0]
    case.listings.filter(audience="public").update(title="Another title")


def a_citation_counted_that_is_none(world: PublicWorld) -> None:
    row = ListedItem.objects.filter(
        listing__audience="public", reference=world.shared, kind="citation"
    )
    row.update(reference=world.unused[0])


def a_working_row_in_a_public_list(world: PublicWorld) -> None:
    case = make.make_case(title="A draft")
    cases.refresh(case=case)
    Case.objects.filter(pk=case.pk).update(status="published")
    case.listings.update(audience="public")


@pytest.mark.parametrize(
    "leak",
    [
        a_case_more,
        a_title_changed_where_readers_find_it,
        a_citation_counted_that_is_none,
        a_working_row_in_a_public_list,
    ],
    ids=lambda leak: leak.__name__,
)
def test_what_shows_is_noticed(baseline: Baseline, leak):
    """So that nothing found above means that there is nothing."""
    with rolled_back():
        leak(baseline.world)
        work_off()
        assert list(baseline.differing(0)) != []


def test_the_answers_are_worth_comparing(baseline: Baseline):
    """Among them are pages, lists, files, feeds and pictures with something in them."""
    kinds: Counter[str] = Counter()
    for asked in baseline.asked.values():
        if asked.answer.status == 200 and asked.answer.body:
            kinds[dict(asked.answer.headers)["Content-Type"].partition(";")[0]] += 1
    assert {
        "text/html", "application/json", "application/atom+xml", "text/csv", "image/png",
        "image/svg+xml", "application/pdf", "application/zip", "application/jsonl",
    } <= set(kinds)  # fmt: skip
    for reader in (NOBODY, SIGNED_IN):
        assert b"A clot" in baseline.asked[Surface(reader, "/cases/?q=clot")].answer.body
    misspelt = baseline.asked[Surface(NOBODY, "/cases/?q=clott&sex=male")].answer.body
    assert b"Did you mean" in misspelt


def test_what_somebody_has_is_not_sent_again(baseline: Baseline):
    """304 where the address gave a tag before a hidden world came, though it is there now."""
    tagged = {
        surface: tag
        for surface, asked in baseline.asked.items()
        if surface.reader == NOBODY and surface.method == "GET" and not surface.headers
        and asked.answer.status == 200 and (tag := dict(asked.answer.headers).get("ETag"))
    }  # fmt: skip
    assert len(tagged) > 30
    with rolled_back():
        for kind in KINDS.values():
            kind(baseline.world, Random(1))
        work_off()
        again = {
            surface.path: baseline.asking.ask(
                Surface(NOBODY, surface.path, headers=(("If-None-Match", tag),))
            ).answer.status
            for surface, tag in tagged.items()
        }
    assert {path: status for path, status in again.items() if status != 304} == {}
