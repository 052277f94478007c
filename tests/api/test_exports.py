"""References taken out over REST."""

from io import BytesIO

import pytest

from literature.actions.merging import merge
from literature.bibliography import pandoc
from literature.importers.registry import IMPORTERS
from literature.models import Origin, Reference
from patients.actions import cases
from patients.models import Case
from patients.vocabulary import Status
from tests import make
from tests.api.client import fields, problem

pytestmark = pytest.mark.django_db


def export(api, **query):
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return api().get(f"references/export/?{words}")


@pytest.fixture
def reference():
    return make.make_reference({"title": "A rare course", "DOI": "10.5555/rare"})


@pytest.mark.parametrize("format", ["ris", "bibtex", "nbib", "csl-json"])
def test_an_exchange_format_is_read_as_it_was(api, reference, format):
    body = export(api, ids=reference.public_id, format=format).json()
    assert (body["format"], body["style"], body["count"]) == (format, "", 1)
    assert body["entries"] == []
    (entry,) = IMPORTERS[format].read(BytesIO(body["content"].encode()))
    assert {name: value for name, value in entry.csl.items() if name != "id"} == reference.csl


@pytest.mark.parametrize("format", ["", "text", "html", "markdown"])
def test_a_formatted_list_comes_whole_and_entry_by_entry(api, reference, format):
    body = export(api, ids=reference.public_id, format=format, style="nature").json()
    assert (body["format"], body["style"], body["style_title"]) == (
        format or "text", "nature", "Nature",
    )  # fmt: skip
    (entry,) = body["entries"]
    assert entry["reference"] == reference.public_id
    assert entry["number"] == "1."
    assert entry["text"] == "1. Doe, J. A rare course. Journal of Tests 12, 34–56 (2016)."
    assert "<em>Journal of Tests</em> <strong>12</strong>" in entry["html"]
    assert "A rare course" in body["content"]


def test_without_a_style_it_is_vancouver(api, reference):
    body = export(api, ids=reference.public_id).json()
    assert body["style"] == "nlm-citation-sequence"
    assert body["content"] == (
        "1. Doe J. A rare course. Journal of Tests. 2016;12:34-56. doi:10.5555/rare\n"
    )
    assert body["file_name"] == f"reference-{reference.public_id}-nlm-citation-sequence.txt"


def test_ids_keep_their_order_and_count_once(api):
    rows = [make.make_reference() for _ in range(3)]
    wanted = [rows[2], rows[0], rows[2]]
    body = export(api, ids=",".join(row.public_id for row in wanted)).json()
    assert [entry["reference"] for entry in body["entries"]] == [
        rows[2].public_id, rows[0].public_id,
    ]  # fmt: skip


def test_a_style_may_sort_by_author(api):
    rows = [make.make_reference({"author": [{"family": name}]}) for name in ("Zoe", "Abe")]
    body = export(api, ids=",".join(row.public_id for row in rows), style="apa").json()
    assert [entry["reference"] for entry in body["entries"]] == [
        rows[1].public_id, rows[0].public_id,
    ]  # fmt: skip
    assert {entry["number"] for entry in body["entries"]} == {""}


def test_an_id_that_was_merged_leads_to_the_record_that_was_kept(api, reference):
    gone = make.make_reference({"title": "A rare course"})
    merge(kept=reference, gone=gone, csl=reference.csl, by=None)
    body = export(api, ids=f"{gone.public_id},{reference.public_id}").json()
    assert [entry["reference"] for entry in body["entries"]] == [reference.public_id]


def test_a_search_is_taken_out_in_its_order(api, reference):
    other = make.make_reference({"title": "Another rare course", "issued": None})
    make.make_reference({"title": "Something else"})
    body = export(api, q="rare", ordering="title").json()
    assert [entry["reference"] for entry in body["entries"]] == [
        reference.public_id, other.public_id,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "named", "reason"),
    [
        ({"ids": "0123456789"}, "ids", "no reference “0123456789”"),
        ({"ids": "x,<script>"}, "ids", "no reference “x”, “<script>”"),
        ({"ids": ","}, "ids", "no reference “”"),
        ({"ids": "ABC", "q": "rare"}, "ids", "either ids or a search"),
        ({"q": "nothing-like-this"}, "", "finds no reference"),
        ({"format": "docx"}, "format", "docx"),
        ({"style": "no-such-style"}, "style", "no citation style"),
        ({"style": "../styles/apa"}, "style", "no citation style"),
        ({"style": "/etc/passwd"}, "style", "no citation style"),
        ({"style": "book-history"}, "", "footnotes only"),
        ({"page": "2"}, "page", "not a parameter"),
        ({"wrong": "1"}, "wrong", "not a parameter"),
        ({"year_from": "2020", "year_to": "2010"}, "year_to", "before the first"),
    ],
)
def test_what_cannot_be_taken_out_is_refused_by_name(api, reference, query, named, reason):
    response = export(api, **query)
    assert fields(response) == {named}
    assert reason in problem(response, 400)["errors"][0]["detail"]


def test_more_than_may_be_chosen_are_refused_with_the_reason(api):
    response = export(api, ids=",".join(f"{number:09d}A" for number in range(501)))
    assert fields(response) == {"ids"}


def test_more_than_a_search_may_find_are_refused_with_the_reason(api):
    csl = make.make_csl()
    Reference.objects.bulk_create([Reference(csl=csl) for _ in range(2_001)])
    said = problem(export(api, format="ris"), 400)
    assert "more than 2,000 references" in said["errors"][0]["detail"]


def test_two_thousand_leave_in_one_go(api, django_assert_max_num_queries):
    csl = make.make_csl()
    Reference.objects.bulk_create([Reference(csl=csl) for _ in range(2_000)])
    client = api()
    with django_assert_max_num_queries(6):
        body = client.get("references/export/?format=bibtex").json()
    assert body["content"].count("@article{") == body["count"] == 2_000


def test_what_takes_too_long_may_be_tried_again(api, reference, monkeypatch):
    monkeypatch.setattr(pandoc, "SECONDS", 0.0001)
    problem(export(api, ids=reference.public_id, style="plos-one"), 503)


def test_abstracts_stay_here(api, reference):
    make.make_text(reference, "Words of the abstract.", shown_as="held")
    Origin.objects.create(
        reference=reference,
        format="ris",
        original="TY  - JOUR\nTI  - A title\nAB  - Words of the abstract.\nKW  - kept\nER  - \n",
    )
    content = export(api, ids=reference.public_id, format="ris").json()["content"]
    assert "KW  - kept" in content
    assert "abstract" not in content


# -- of a case --------------------------------------------------------------------------------


def case_with_numbers():
    """Cites works as numbers 7, none and 3 of its report, in this order."""
    case = make.make_case()
    event = make.make_event(case, day=0, is_index=True)
    rows = [make.make_reference({"title": title}) for title in ("Seventh", "Unnumbered", "Third")]
    for row, number in zip(rows, (7, None, 3), strict=True):
        make.make_citation(event, row, number=number)
    make.make_source(case, make.make_reference({"title": "The report"}))
    cases.publish(case=case, by=None)
    return case


def test_a_case_numbers_in_the_order_of_its_page(api):
    body = api().get(f"cases/{case_with_numbers().accession}/references/").json()
    titles = [entry["text"].split(". ")[2] for entry in body["entries"]]
    assert titles == ["The report", "Seventh", "Unnumbered", "Third"]
    assert [entry["number"] for entry in body["entries"]] == ["1.", "2.", "3.", "4."]
    assert body["remarks"] == []


def test_a_case_may_have_the_numbers_that_its_report_prints(api):
    path = f"cases/{case_with_numbers().accession}/references/?order=printed"
    body = api().get(path).json()
    numbers = {entry["text"].split(". ")[2]: entry["number"] for entry in body["entries"]}
    assert numbers["Third"] == "3."
    assert numbers["Seventh"] == "7."
    assert {numbers["The report"], numbers["Unnumbered"]} == {"8.", "9."}
    assert "2 of 4 works have the number" in body["remarks"][0]


def test_a_case_leaves_as_a_file_of_its_name(api):
    case = case_with_numbers()
    body = api().get(f"cases/{case.accession}/references/?format=csl-json").json()
    assert body["file_name"] == f"{case.accession}-references.json"
    assert body["count"] == 4


def test_a_case_that_cites_nothing_has_an_empty_list(api):
    case = make.make_case()
    make.make_event(case, day=0, is_index=True)
    body = api("curator").get(f"cases/{case.accession}/references/").json()
    assert (body["count"], body["content"], body["entries"]) == (0, "", [])


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
@pytest.mark.parametrize("role", ["", "clinician", "researcher"])
def test_a_hidden_case_is_not_told_from_one_that_is_not(api, role, status):
    case = case_with_numbers()
    Case.objects.filter(pk=case.pk).update(status=status)
    hidden = api(role).get(f"cases/{case.accession}/references/")
    unknown = api(role).get("cases/CB-0000000/references/")
    assert problem(hidden, 404) == problem(unknown, 404)
