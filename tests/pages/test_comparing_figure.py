"""The figure of a comparison on its page, and as a file of the same query."""

from __future__ import annotations

import re

import pytest

from patients.actions import cases
from patients.vocabulary import Category
from tests import make
from tests.pages.comparing import address, published
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return published("A course", "Octreotide"), published("Another course", "Everolimus")


def test_courses_are_laid_upon_what_most_cases_have(client, two):
    page = client.get(address(*two)).content.decode()
    assert "Courses, counted from the first treatment" in page
    assert page.count('class="fig fig-horizontal"') == 4
    assert page.count('class="fig fig-vertical"') == 2


def test_every_mark_leads_to_its_event(client, two):
    page = client.get(address(*two)).content.decode()
    figure = page.split('<div class="figure-box">')[1].split("</div>")[0]
    for case in two:
        for event in case.events.all():
            assert f'href="/cases/{case.accession}/#event-{event.public_id}"' in figure


def test_the_choice_is_in_the_address_and_kept(client, two):
    page = client.get(address(*two, align="operation")).content.decode()
    assert '<option value="operation" selected>' in page
    assert "None of these cases can be laid upon the first operation." in text_of(page)
    assert "align=operation" in re.search(r'href="(/cases/compare\.svg[^"]*)"', page)[1]


def test_a_case_without_the_event_is_named_and_not_drawn(client, two):
    other = make.make_published_case(title="Nothing was done", events=1, findings=0)
    other.events.update(category=Category.HISTORY)
    cases.publish(case=other, by=None)
    page = client.get(address(*two, other, align="treatment")).content.decode()
    assert f"{other.accession} is not drawn: no treatment is reported." in text_of(page)
    assert f'aria-label="{other.accession}' not in page


def test_the_files_of_the_figure_take_one_query_a_case(client, two, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(address(*two, ending="svg"))


def test_svg_is_the_same_for_the_same_versions_and_says_which(client, two):
    first, second = (client.get(address(*two, ending="svg")) for _ in range(2))
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert first["Content-Type"] == "image/svg+xml"
    assert f"{two[0].accession}, version 1 of " in first.content.decode()
    again = client.get(address(*two, ending="svg"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_another_version_gives_another_file(client, two):
    before = client.get(address(*two, ending="svg"))
    make.make_event(two[0], day=9, category=Category.DRUG, label="Rivaroxaban")
    cases.publish(case=two[0], by=None)
    after = client.get(address(*two, ending="svg"))
    assert before["ETag"] != after["ETag"]
    assert "Rivaroxaban" in after.content.decode()


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF-"), ("png", b"\x89PNG")])
def test_pdf_and_png(client, two, ending, start):
    answer = client.get(address(*two, ending=ending))
    assert answer.status_code == 200
    assert answer.content.startswith(start)


def test_a_figure_without_cases_is_a_page_that_says_why(client, two):
    answer = client.get(address(*two, align="operation", ending="svg"))
    assert answer.status_code == 422
    assert "None of these cases can be laid upon the first operation." in text_of(
        answer.content.decode()
    )
