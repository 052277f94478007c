"""Cases side by side: what is shown, what is refused, and the files of the same query."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from patients.actions import cases
from patients.models import Case
from tests import make
from tests.pages.comparing import address, published
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return published("A course", "Octreotide"), published("Another course", "Everolimus")


def test_two_cases_stand_side_by_side_each_statement_with_its_place(client, two):
    page = client.get(address(*two)).content.decode()
    assert "Octreotide (" in text_of(page)
    event = two[0].events.get(label="Octreotide")
    assert f'href="/cases/{two[0].accession}/#event-{event.public_id}"' in page
    assert text_of(page).count("Not reported") > 2


def test_comparing_takes_one_query_a_case_for_a_reader(client, two, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(address(*two))


def test_differences_are_pointed_out_in_words(client, two):
    assert "differs" not in client.get(address(*two)).content.decode().split("<table")[1]
    page = client.get(address(*two, differences=1)).content.decode()
    assert 'class="differs-mark">differs<' in page


def test_no_and_not_reported_are_told_apart(client, two):
    one = two[0]
    scan = make.make_event(one, day=9, category="imaging", label="CT")
    make.make_finding(scan, patency="patent")
    cases.publish(case=one, by=None)
    page = client.get(address(*two, column="vein")).content.decode()
    cells = [text_of(cell) for cell in page.split("<td>")[1:]]
    assert cells[1].startswith("No. ")
    assert cells[2].startswith("Not reported")


def test_columns_are_chosen(client, two):
    page = client.get(address(*two, column="treatments")).content.decode()
    assert page.count('scope="row"') == 1


@pytest.mark.parametrize("many", [0, 1])
def test_fewer_than_two_asks_for_more(client, two, many):
    answer = client.get(address(*two[:many]))
    assert answer.status_code == 200
    assert "Choose two to six cases" in text_of(answer.content.decode())


def test_a_draft_and_a_case_that_never_was_read_alike(client, two):
    draft = make.make_case(title="Nobody sees this")
    pages = [
        client.get(f"{address(*two)}&case={name}").content.decode().replace(name, "CB-…")
        for name in (draft.accession, "CB-0000000")
    ]
    assert pages[0] == pages[1]
    assert "Nobody sees this" not in pages[0]


def test_a_withdrawn_case_is_not_shown(client, two):
    cases.withdraw(case=two[0], by=None)
    page = client.get(address(*two)).content.decode()
    assert "A course" not in page
    assert f"{two[0].accession} was withdrawn." in text_of(page)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("case=hello", "“HELLO” is no accession"),
        ("case=%00", "is no accession"),
        ("column=shoe", "There is no column “shoe”."),
        ("align=birth", "Courses cannot be laid upon “birth”; they can upon treatment, "),
        ("&".join(f"case=CB-{n:07d}" for n in range(40)), "There is no case CB-0000000."),
    ],
)
def test_what_is_asked_wrongly_is_said(client, two, query, reason):
    answer = client.get(f"{address(*two)}&{query}")
    assert answer.status_code == 200
    assert reason in text_of(answer.content.decode())


def test_a_case_twice_is_shown_once(client, two):
    text = text_of(client.get(address(two[0], *two)).content.decode())
    assert "A case is not compared with itself" in text


def test_seven_are_too_many(client):
    found = [published(f"Course {number}") for number in range(7)]
    page = client.get(address(*found)).content.decode()
    assert "At most 6 cases are compared at once" in page
    assert page.count("compare-drop") == 6


def rows_of(client, *found):
    answer = client.get(address(*found, ending="csv"))
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_a_withdrawn_case_is_in_no_file(client, two):
    cases.withdraw(case=two[0], by=None)
    for ending in ("csv", "svg"):
        answer = client.get(address(*two, ending=ending))
        assert answer.status_code == 400
        assert "A course" not in answer.content.decode()


def test_csv_has_a_row_a_case_and_the_references(client, two):
    rows = rows_of(client, *two)
    assert rows[0][:2] == ["Case", "Patient"]
    assert [row[0] for row in rows[1:3]] == [f"{case.accession} {case.title}" for case in two]
    assert rows[4][0].startswith("1. ")


@pytest.mark.parametrize("drug", ["=1+1", " @SUM(A1)", "+cmd", "-1"])
def test_no_cell_is_a_formula(client, two, drug):
    rows = rows_of(client, published("=A title", drug), two[0])
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "@", "+"))]


def test_markdown_keeps_signs_from_meaning_anything(client, two):
    other = published("A | pipe and *stars*", "Octreotide")
    text = client.get(address(other, two[0], ending="md")).content.decode()
    assert "A \\| pipe and \\*stars\\*" in text
    assert len({line.count("|") - line.count("\\|") for line in text.splitlines()[:4]}) == 1


def test_docx_holds_the_table_and_the_references(client, two):
    answer = client.get(address(*two, ending="docx"))
    with ZipFile(BytesIO(answer.content)) as archive:
        document = archive.read("word/document.xml").decode()
    assert "<w:tbl>" in document
    for words in ("Octreotide", "Everolimus", "References", two[0].accession):
        assert words in document


@pytest.mark.parametrize("ending", ["csv", "md", "docx", "svg", "pdf", "png"])
def test_no_file_is_made_of_what_cannot_be_compared(client, two, ending):
    answer = client.get(f"{address(*two, ending=ending)}&case=CB-0000000")
    assert answer.status_code == 400
    assert "There is no case CB-0000000." in text_of(answer.content.decode())


def test_cases_are_ticked_in_the_list(client, two):
    page = client.get("/cases/").content.decode()
    assert page.count('name="case" value="CB-') == 2
    assert 'form="compare"' in page


def test_a_curator_compares_working_records(client, two):
    Case.objects.filter(pk=two[0].pk).update(title="Being mended")
    client.force_login(make.make_user("curator"))
    assert "Being mended" in client.get(address(*two)).content.decode()
