"""The page of cases that are like one, the list on the case's own page, and the API of it."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from patients.actions import cases
from patients.likeness import USUAL
from patients.models import Case
from tests import make
from tests.pages.rendering import text_of
from tests.patients.likeness.world import make_like, publish_like, work

pytestmark = pytest.mark.django_db


def page_of(case: Case) -> str:
    return f"{case.get_absolute_url()}like/"


def api_of(case: Case) -> str:
    return f"/api/v1/cases/{case.accession}/like/"


@pytest.fixture
def seed() -> Case:
    case = publish_like("Seed", vein="portal-vein", drugs=("heparin", "octreotide"))
    publish_like("Same vein", vein="portal-vein", drugs=())
    publish_like("Same drugs", drugs=("heparin", "octreotide"))
    work()
    return case


def titles(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'<h3><a href="/cases/[^"]+">([^<]+)</a>', page)


def test_the_page_says_why(client: Client, seed: Case) -> None:
    said = text_of(client.get(page_of(seed)).content.decode())
    assert "2 published cases, the most like first" in said
    assert "Portal vein involved in both; portal vein thrombosed in both" in said
    assert "Heparin, then octreotide in both Order of treatments 3" in said
    points = 10 * 0.925 + 3 + 1 + 1  # vein, diagnosis, age and sex
    assert f"{points:.1f} of {sum(USUAL.values())} points" in said


def test_weights_put_them_in_another_order(client: Client, seed: Case) -> None:
    assert titles(client, page_of(seed)) == ["Same vein", "Same drugs"]
    tuned = f"{page_of(seed)}?vein=0&order=10"
    assert titles(client, tuned) == ["Same drugs", "Same vein"]
    page = client.get(tuned).content.decode()
    assert f'<a href="{page_of(seed)}">Back to the usual weights</a>' in page
    assert 'name="order" value="10"' in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("vein=11", "Veins and their course: Give a whole number from 0 to 10."),
        ("vein=-1", "Veins and their course: Give a whole number from 0 to 10."),
        ("sex=lots", "Sex: Give a whole number from 0 to 10."),
        ("&".join(f"{key}=0" for key in USUAL), "Give at least one of them a weight above 0"),
    ],
)
def test_bad_weights_are_refused_and_kept(
    client: Client, seed: Case, query: str, said: str
) -> None:
    answer = client.get(f"{page_of(seed)}?{query}")
    assert answer.status_code == 400
    assert said in text_of(answer.content.decode())
    assert client.get(f"{api_of(seed)}?{query}").status_code == 400


def test_what_was_typed_stays(client: Client, seed: Case) -> None:
    page = client.get(f"{page_of(seed)}?vein=3&sex=lots").content.decode()
    assert 'name="sex" value="lots"' in page
    assert 'name="vein" value="3"' in page


def test_the_first_ones_are_compared_with_it(client: Client, seed: Case) -> None:
    page = client.get(page_of(seed)).content.decode()
    (link,) = re.findall(r'<a href="([^"]+)">Compare this case with the first 2</a>', page)
    answer = client.get(link.replace("&amp;", "&"))
    assert answer.status_code == 200
    assert answer.content.decode().count("Seed") > 0


def test_a_case_without_likes_says_so(client: Client) -> None:
    alone = make.make_published_case(events=1, findings=0)
    work()
    said = text_of(client.get(page_of(alone)).content.decode())
    assert "No published case is like this one" in said


def test_a_case_that_was_published_just_now_is_looked_at_at_once(client: Client) -> None:
    seed = publish_like("Seed")
    publish_like("Other")
    assert titles(client, page_of(seed)) == ["Other"]


def test_the_case_page_names_the_nearest_and_why(client: Client, seed: Case) -> None:
    said = text_of(client.get(seed.get_absolute_url()).content.decode())
    assert "Cases like this one" in said
    assert "Same vein Portal vein involved in both" in said
    versions = client.get(f"{seed.get_absolute_url()}v/1/").content.decode()
    assert "Cases like this one" not in versions


def test_a_curator_sees_what_readers_see_and_a_draft_live(client: Client, seed: Case) -> None:
    draft = make_like("A draft", vein="portal-vein")
    client.force_login(make.make_user("curator"))
    assert titles(client, page_of(seed)) == ["Same vein", "Same drugs"]
    assert titles(client, page_of(draft)) == ["Seed", "Same vein", "Same drugs"]
    assert Client().get(page_of(draft)).status_code == 404


def test_a_draft_costs_a_bounded_number_of_queries(client: Client, seed: Case) -> None:
    draft = make_like("A draft", vein="portal-vein")
    client.force_login(make.make_user("curator"))
    client.get(page_of(draft))

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(draft))
        return len(asked)

    few = count()
    for number in range(5):
        publish_like(f"More {number}", vein="portal-vein")
    assert count() == few


def test_the_api_says_the_same(client: Client, seed: Case) -> None:
    data = client.get(f"{api_of(seed)}?vein=0&order=10").json()
    assert data["weights"] == {**USUAL, "vein": 0, "order": 10}
    assert data["points_at_most"] == sum(USUAL.values()) - 10 + 7
    assert [row["title"] for row in data["results"]] == ["Same drugs", "Same vein"]
    assert data["results"][0]["reasons"][0] == {
        "part": "order", "share": 1.0, "points": 10.0,
        "words": "Heparin, then octreotide in both",
    }  # fmt: skip
    assert client.get(f"{api_of(seed)}?colour=1").status_code == 400


def test_hidden_cases_change_no_byte(client: Client, seed: Case) -> None:
    shared = make.make_reference()
    for number in range(2):
        publish_like(f"Citing {number}", cites=shared, vein="portal-vein")
    work()
    addresses = [page_of(seed), api_of(seed), seed.get_absolute_url(), f"{page_of(seed)}?vein=1"]
    before = said(addresses)
    with transaction.atomic():
        make_like("Sternbergia, a draft", vein="portal-vein", cites=shared)
        for number in range(2):
            hidden = publish_like(f"Sternbergia {number}", vein="portal-vein", cites=shared)
            work()
            if number:
                Case.objects.filter(pk=hidden.pk).update(status="draft")
            else:
                cases.withdraw(case=hidden, by=None)
            assert said(addresses) == before
            work()
            assert said(addresses) == before
        transaction.set_rollback(True)


def said(addresses: list[str]) -> list[bytes]:
    cache.clear()
    # A curator's nonce and token are no part of it: nobody is signed in.
    return [
        re.sub(rb'nonce="[^"]*"|value="[A-Za-z0-9]{64}"', b"", Client().get(each).content)
        for each in addresses
    ]
