"""Hidden cases change no byte of search, facets, suggestions, feeds and files.

The world is made twice: once as it is, once with drafts, a case in review and a withdrawn one that
share words, terms, years and references with what is shown, and have words of their own.
"""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from literature.models import Reference
from patients.actions import cases
from patients.models import Case, Term
from tests import make

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/cases/",
    "/cases/?q=clot",
    "/cases/?q=sternbergia",
    "/cases/?q=sternbergja",
    "/cases/?q=clott&sex=male",
    "/cases/?q=血栓",
    "/cases/?sex=female&treatment=heparin",
    "/cases/?first=heparin&then=surgery&within=30",
    "/cases/?first=surgery&then=heparin",
    "/cases/?sort=title&page=2",
    "/cases/?q=10.5555/shared",
    "/cases/facets/",
    "/cases/facets/?q=clot",
    "/cases/feed/",
    "/cases/feed/?q=clot",
    "/cases/results.csv?q=clot",
    "/cases/results.jsonl",
    "/references/?q=shared",
    "/references/?sort=cited",
    "/references/?cited=yes",
    "/references/suggest/?q=shared",
    "/api/v1/cases/?q=clot",
    "/api/v1/cases/?first=heparin&then=surgery",
    "/api/v1/references/?ordering=cited",
    "/api/v1/references/suggest/?q=shared",
]


class World:
    def __init__(self) -> None:
        self.heparin = make.make_term(slug="heparin", kind="drug", display="Heparin")
        self.resection = make.make_term(slug="resection", kind="procedure", display="Resection")
        self.shared = make.make_reference({"DOI": "10.5555/shared", "title": "A shared study"})
        for number in range(3):
            cases.publish(case=self.case(f"A clot, told {number}"), by=None)

    def case(self, title: str, **changes: str) -> Case:
        case = make.make_case(title=title, patient=make.make_patient(sex="female"))
        make.make_source(case, self.shared)
        make.make_event(case, 0, is_index=True, label="Found 门静脉血栓")
        make.make_event(case, 5, category="drug", term=self.heparin, label="Heparin")
        make.make_event(case, 9, category="surgery", term=self.resection, label="Resection")
        make.make_finding(make.make_event(case, 12, category="imaging"), patency="thrombosed",
                          site=self.site(), modality="mri")  # fmt: skip
        return case

    def site(self) -> Term:
        return Term.objects.filter(slug="vein").first() or make.make_term(
            slug="vein", kind="body_site", display="Portal vein"
        )

    def hide_more(self) -> None:
        draft = self.case("Sternbergia clot, a draft")
        cases.refresh(case=draft)
        review = self.case("Sternbergia clott, in review")
        cases.refresh(case=review)
        Case.objects.filter(pk=review.pk).update(status="in_review")
        withdrawn = self.case("Sternbergia clotty, withdrawn")
        cases.publish(case=withdrawn, by=None)
        cases.withdraw(case=withdrawn, by=None)
        behind_our_back = self.case("Sternbergia hidden behind our back")
        cases.publish(case=behind_our_back, by=None)
        Case.objects.filter(pk=behind_our_back.pk).update(status="draft")


def answers() -> dict[str, bytes]:
    cache.clear()
    client = Client()
    said = {}
    for address in ADDRESSES:
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        said[address] = str(response.status_code).encode() + body
    return said


def test_hidden_cases_change_no_byte():
    world = World()
    before = answers()
    with transaction.atomic():
        world.hide_more()
        after = answers()
        transaction.set_rollback(True)
    assert [each for each in ADDRESSES if before[each] != after[each]] == []


def test_the_addresses_show_something_that_could_change():
    World()
    said = answers()
    assert all(b"A clot, told" in said[each] for each in ADDRESSES[:2])
    assert b"Did you mean" in said["/cases/?q=clott&amp;sex=male".replace("&amp;", "&")]
    assert Reference.objects.count() == 1
    assert connection.in_atomic_block


def test_a_curator_finds_what_is_hidden(client):
    world = World()
    world.hide_more()
    client.force_login(make.make_user("curator"))
    assert "a draft" in client.get("/cases/?q=sternbergia").content.decode()
    feed = client.get("/cases/feed/?q=clot").content.decode()
    assert "A clot, told 1" in feed
    assert "Sternbergia" not in feed
