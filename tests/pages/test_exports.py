"""References taken out: from a case, by selection, by search; as a page and as files."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils.html import strip_tags

from literature.bibliography import pandoc
from literature.models import Import, Origin, SourceText
from tests import make

pytestmark = pytest.mark.django_db

EXPORT = "/references/export/"


def words(answer):
    return " ".join(strip_tags(answer.content.decode()).split())


def body(answer):
    return b"".join(answer) if answer.streaming else answer.content


@pytest.fixture
def reference():
    return make.make_reference(
        {"title": "A study of rare courses", "author": [{"family": "Öberg", "given": "K"}]}
    )


def test_one_reference_is_formatted_in_the_usual_style(client, reference):
    answer = client.get(EXPORT, {"id": reference.public_id})
    assert answer.status_code == 200
    assert "1. Öberg K. A study of rare courses." in words(answer)
    assert "Vancouver (NLM)" in words(answer)


def test_any_style_is_found_by_words_of_its_name(client, reference):
    query = {"id": reference.public_id}
    assert "Öberg, K. (2016)." in words(client.get(EXPORT, {**query, "style": "apa"}))
    several = client.get(EXPORT, {**query, "other": "lancet"})
    assert several.status_code == 400
    assert "Several styles fit" in words(several)
    assert f"?id={reference.public_id}&amp;style=the-lancet" in several.content.decode()
    chosen = client.get(EXPORT, {**query, "other": "the-lancet"})
    assert "The Lancet" in words(chosen)
    none = client.get(EXPORT, {**query, "other": "zzzz"})
    assert none.status_code == 400
    assert "no style with “zzzz”" in words(none)


@pytest.mark.parametrize(
    ("format", "type", "ending", "holds"),
    [
        ("ris", "application/x-research-info-systems", "ris", "TI  - A study of rare courses"),
        ("bibtex", "application/x-bibtex", "bib", "@article{oberg2016,"),
        ("nbib", "application/nbib", "nbib", "TI  - A study of rare courses."),
        (
            "csl-json",
            "application/vnd.citationstyles.csl+json",
            "json",
            '"A study of rare courses"',
        ),
        ("text", "text/plain", "txt", "1. Öberg K."),
        ("html", "text/html", "html", "<h1>References</h1>"),
        ("markdown", "text/markdown", "md", "A study of rare courses"),
    ],
)
def test_every_format_is_a_download(client, reference, format, type, ending, holds):
    answer = client.get(EXPORT, {"id": reference.public_id, "format": format})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(type)
    assert answer["Content-Disposition"].startswith("attachment;")
    assert f'.{ending}"' in answer["Content-Disposition"]
    assert holds in body(answer).decode()


def test_word_gets_a_document(client, reference):
    answer = client.get(EXPORT, {"id": reference.public_id, "format": "docx"})
    with ZipFile(BytesIO(body(answer))) as file:
        assert "A study of rare courses" in file.read("word/document.xml").decode()


def test_tags_that_came_in_go_out_in_the_same_format_alone(client, reference):
    Origin.objects.create(
        reference=reference, format="ris", original="TY  - JOUR\nKW  - my keyword\nER  - \n"
    )
    ris = client.get(EXPORT, {"id": reference.public_id, "format": "ris"})
    assert b"KW  - my keyword" in body(ris)
    bibtex = client.get(EXPORT, {"id": reference.public_id, "format": "bibtex"})
    assert b"my keyword" not in body(bibtex)


NOTED = {
    "ris": "TY  - JOUR\nTI  - A study\nKW  - rare\nRN  - mine alone\nL1  - C:/me/a.pdf\nER  - \n",
    "bibtex": "@article{own, title = {A study}, keywords = {rare}, annote = {mine alone}}",
}


@pytest.mark.parametrize("format", NOTED)
@pytest.mark.parametrize(
    ("role", "is_theirs"), [("", False), ("researcher", False), ("owner", True), ("curator", True)]
)
def test_notes_go_out_to_who_brought_them_in_and_sees_all_imports(
    client, reference, format, role, is_theirs
):
    owner = make.make_user("researcher")
    imported = Import.objects.create(name="x", format=format, size=1, sha256="0", by=owner)
    Origin.objects.create(
        reference=reference, imported=imported, format=format, original=NOTED[format]
    )
    if role:
        client.force_login(owner if role == "owner" else make.make_user(role))
    answer = client.get(EXPORT, {"id": reference.public_id, "format": format})
    text = body(answer).decode()
    assert "rare" in text
    assert ("mine alone" in text) is is_theirs


def test_a_key_that_came_in_goes_out(client, reference):
    Origin.objects.create(reference=reference, format="bibtex", original=NOTED["bibtex"])
    answer = client.get(EXPORT, {"id": reference.public_id, "format": "bibtex"})
    assert body(answer).decode().startswith("@article{own,")


def test_keys_stay_when_the_file_or_the_library_grows(client):
    first, second = (make.make_reference() for _ in range(2))
    make.make_reference()
    alone = client.get(EXPORT, {"id": second.public_id, "format": "bibtex"})
    assert "{doe2016b," in body(alone).decode()
    turned = client.get(EXPORT, {"id": [second.public_id, first.public_id], "format": "bibtex"})
    assert "{doe2016b," in body(turned).decode()


@pytest.mark.parametrize("format", ["ris", "bibtex", "nbib", "csl-json", "text", "html"])
def test_texts_that_the_library_holds_stay_here(client, reference, format):
    SourceText.objects.create(
        reference=reference, language="en", depth="abstract", licence="CC BY 4.0",
        text="Held words", shown_as="full",
    )  # fmt: skip
    original = {
        "ris": "TY  - JOUR\nTI  - A study\nAB  - Held words\nER  - \n",
        "bibtex": "@article{a, title = {A study}, abstract = {Held words}}",
        "nbib": "PMID- 1\nTI  - A study.\nAB  - Held words\n",
        "csl-json": '{"type": "article-journal", "title": "A study", "abstract": "Held words"}',
    }.get(format)
    if original:
        Origin.objects.create(reference=reference, format=format, original=original)
    answer = client.get(EXPORT, {"id": reference.public_id, "format": format})
    assert "Held words" not in body(answer).decode()


@pytest.mark.parametrize(
    "style",
    ["../apa", "/etc/passwd", "apa.csl", "dependent/apa", "no such style", "apa\n", "a" * 300],
)
@pytest.mark.parametrize("format", ["", "text", "docx"])
def test_a_style_that_is_none_is_refused_in_a_sentence(client, reference, style, format):
    query = {"id": reference.public_id, "style": style, "format": format}
    answer = client.get(EXPORT, query)
    if style == "apa\n":  # white space around a name is nothing
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    assert "There is no citation style" in words(answer) or "at most 200" in words(answer)


def test_a_style_of_footnotes_says_so(client, reference):
    answer = client.get(EXPORT, {"id": reference.public_id, "style": "international-affairs"})
    assert answer.status_code == 400
    assert "formats footnotes only" in words(answer)


def test_who_comes_when_it_is_busy_is_told_to_come_again(client, reference, monkeypatch):
    monkeypatch.setattr(pandoc, "SECONDS", 0.0001)
    query = {"id": reference.public_id, "style": "springer-vancouver"}
    for more in ({}, {"format": "text"}):
        answer = client.get(EXPORT, query | more)
        assert answer.status_code == 503
        assert answer["Retry-After"] == "30"
        assert "took too long" in words(answer)


def test_script_in_every_field_stays_text(client):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    reference = make.make_reference(
        {"title": evil, "container-title": evil, "author": [{"family": evil, "given": evil}]}
    )
    for style in ("apa", "nature", "nlm-citation-sequence"):
        html = client.get(EXPORT, {"id": reference.public_id, "style": style}).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;alert" in html


def test_one_reference_stands_in_a_field_to_copy_from(client, reference):
    html = client.get(EXPORT, {"id": reference.public_id}).content.decode()
    field = html.split('<textarea id="plain" readonly rows="3">')[1].split("</textarea>")[0]
    assert field.startswith("1. Öberg K. A study of rare courses.")
    page = client.get(reference.get_absolute_url()).content.decode()
    assert f'href="{EXPORT}?id={reference.public_id}"' in page
    assert "Copy citation" in page


def test_the_list_of_references_offers_what_was_found_and_what_is_chosen(client, reference):
    html = client.get("/references/?q=rare").content.decode()
    assert f'form="selection" name="id" value="{reference.public_id}"' in html
    assert f'href="{EXPORT}?q=rare"' in html


def test_a_download_is_an_attachment_that_no_browser_guesses_at(client, reference):
    for format in ("ris", "html"):
        answer = client.get(EXPORT, {"id": reference.public_id, "format": format})
        assert answer["Content-Disposition"].startswith('attachment; filename="reference-')
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_queries_stay_the_same_when_references_are_added(client, django_assert_max_num_queries):
    def count(rows, format):
        query = {"id": [row.public_id for row in rows], "format": format}
        with django_assert_max_num_queries(12) as counted:
            assert client.get(EXPORT, query).status_code == 200
        return len(counted)

    rows = [make.make_reference() for _ in range(12)]
    for format in ("", "ris", "bibtex", "docx"):
        assert count(rows[:2], format) == count(rows, format)


def test_a_selection_keeps_its_order(client):
    rows = [make.make_reference() for _ in range(3)]
    wanted = [rows[2], rows[0]]
    answer = client.get(EXPORT, {"id": [row.public_id for row in wanted], "format": "text"})
    lines = body(answer).decode().splitlines()
    assert [row.title in line for row, line in zip(wanted, lines, strict=True)] == [True, True]


def test_keys_are_unique_in_a_file(client):
    rows = [make.make_reference() for _ in range(3)]
    answer = client.get(EXPORT, {"id": [row.public_id for row in rows], "format": "bibtex"})
    text = body(answer).decode()
    assert [f"{{doe2016{letter}," in text for letter in ("", "b", "c")] == [True] * 3


def test_a_search_is_taken_out_whole(client, reference):
    make.make_reference({"title": "Something else"})
    answer = client.get(EXPORT, {"q": "rare courses", "format": "text"})
    assert len(body(answer).decode().splitlines()) == 1


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"id": "NOSVCHTHNG"}, "There is no reference “NOSVCHTHNG”"),
        ({"id": "../../etc/passwd"}, "There is no reference “../../etc/passwd”"),
        ({"id": ""}, "There is no reference"),
        ({"id": [f"A{number:09d}" for number in range(501)]}, "At most 500"),
        ({"q": "nothinglikethis"}, "finds no reference"),
        ({"year_from": "x"}, "whole number"),
    ],
)
def test_what_cannot_be_taken_out_is_said(client, query, reason):
    answer = client.get(EXPORT, query)
    assert answer.status_code == 400
    assert reason in words(answer)


def test_a_format_that_is_none_is_refused(client, reference):
    assert client.get(EXPORT, {"id": reference.public_id, "format": "exe"}).status_code == 400


def test_a_case_gives_its_references_in_the_order_of_its_page(client):
    case = make.make_published_case()
    answer = client.get(f"/cases/{case.accession}/references/?format=text")
    assert answer.status_code == 200
    assert f"{case.accession}-references" in answer["Content-Disposition"]
    page = client.get(f"/cases/{case.accession}/references/")
    assert f"References of {case.accession}" in words(page)


def test_the_case_page_leads_to_its_references(client):
    case = make.make_published_case()
    address = f"/cases/{case.accession}/references/"
    assert f'href="{address}"' in client.get(case.get_absolute_url()).content.decode()
    page = client.get(address, {"order": "printed"})
    assert "the numbers are ours" in words(page)
    assert client.get(address, {"order": "sideways"}).status_code == 400


def test_a_hidden_case_and_an_unknown_one_are_the_same(client):
    draft = make.make_case()
    for accession in (draft.accession, "CB-0000000"):
        answer = client.get(f"/cases/{accession}/references/?format=ris")
        assert answer.status_code == 404
    client.force_login(make.make_user(role="curator"))
    assert client.get(f"/cases/{draft.accession}/references/").status_code == 200


def test_nothing_is_written_by_a_get(client, reference):
    assert client.post(EXPORT).status_code == 405
