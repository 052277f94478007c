"""The page where references come in, and what it refuses."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from literature.importers.limits import MAX_BYTES
from literature.models import Import, ImportState, Reference
from tests import make
from tests.pages.importing import ADD, begin, ris
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def researcher(client):
    user = make.make_user("researcher")
    client.force_login(user)
    return user


def words(response):
    return text_of(response.content.decode())


def as_file(data, name="list.ris"):
    return SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (ris("A study"), "ris"),
        ("@article{a, title={A study}, year={2016}}", "bibtex"),
        ('[{"type": "book", "title": "A study"}]', "csl-json"),
        ("1. Doe J, Roe K. A study. Ann Surg. 2016;12(3):34-56.", "pasted"),
    ],
)
def test_a_text_is_recognised_and_read(client, researcher, text, format):
    answer = client.post(ADD, {"text": text})
    imported = Import.objects.get()
    assert (answer.status_code, answer.url) == (302, imported.get_absolute_url())
    assert (imported.format, imported.state) == (format, ImportState.READY)
    assert (imported.name, imported.by_id) == ("pasted text", researcher.pk)
    assert "A study" in words(client.get(answer.url))
    assert not Reference.objects.exists()


def test_a_file_is_read_whatever_its_name(client, researcher):
    answer = client.post(ADD, {"file": as_file(ris("A study"), "thesis.bib")})
    imported = Import.objects.get()
    assert answer.url == imported.get_absolute_url()
    assert (imported.format, imported.name) == ("ris", "thesis.bib")


def test_abstracts_are_held_only_with_a_licence(client, researcher):
    text = ris("A study", AB="What it found.")
    refused = client.post(ADD, {"text": text, "hold_abstracts": "on"})
    assert refused.status_code == 422
    assert "Say which licence" in words(refused)
    assert "What it found." in refused.content.decode()
    client.post(ADD, {"text": text, "hold_abstracts": "on", "licence": "CC BY 4.0"})
    client.post(ADD, {"text": text, "licence": "not asked for"})
    assert [row.licence for row in Import.objects.order_by("pk")] == ["CC BY 4.0", ""]


@pytest.mark.parametrize("named", ["id", "doi", "title"])
def test_a_list_is_attached_to_the_work_that_is_named(client, researcher, named):
    work = make.make_reference({"title": "The chapter", "DOI": "10.5555/chapter"})
    make.make_reference({"title": "The chapter before"})
    typed = {"id": work.public_id.lower(), "doi": "https://doi.org/10.5555/chapter",
             "title": "the chapter"}[named]  # fmt: skip
    answer = client.post(ADD, {"text": ris("A study"), "attach": typed})
    assert Import.objects.get().attach_to == work
    assert "Reference list of The chapter" in words(client.get(answer.url))


def test_a_title_that_fits_several_works_is_asked_about(client, researcher):
    works = [
        make.make_reference({"title": f"Carcinoid of the {site}"}) for site in ("ileum", "lung")
    ]
    answer = client.post(ADD, {"text": ris("A study"), "attach": "carcinoid"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Several works fit" in html
    for work in works:
        assert f'name="attach" value="{work.public_id}"' in html
    assert "A study" in html


def test_an_unknown_work_is_refused_and_what_was_typed_is_kept(client, researcher):
    answer = client.post(ADD, {"text": ris("A study"), "attach": "Nothing like this"})
    assert answer.status_code == 422
    assert "No reference here has this id" in words(answer)
    assert "A study" in answer.content.decode()
    assert "Nothing like this" in answer.content.decode()


def test_the_work_of_a_link_is_filled_in(client, researcher):
    work = make.make_reference({"title": "The chapter"})
    html = client.get(f"{ADD}?attach={work.public_id}").content.decode()
    assert f'value="{work.public_id}"' in html
    assert "That is: The chapter" in text_of(html)
    assert client.get(f"{ADD}?attach=nothing").status_code == 200


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, "Paste something, or choose a file."),
        ({"text": " \n "}, "Paste something, or choose a file."),
        ({"text": "Nothing that could be a reference."}, ""),
        ({"text": "A\x00B"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(client, researcher, data, reason):
    answer = client.post(ADD, data)
    assert answer.status_code == 422
    assert "Not read yet" in words(answer)
    assert reason in words(answer)
    assert data.get("text", "").strip().replace("\x00", "") in answer.content.decode().replace(
        "\x00", ""
    )


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.ris"),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(200), "list.ris"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "paper.pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "scan.png"),
        (b"<!doctype html><html><body><p>Hello</p></body></html>", "page.html"),
    ],
)
def test_files_that_are_something_else_are_refused(client, researcher, data, name):
    answer = client.post(ADD, {"file": as_file(data, name)})
    assert answer.status_code == 422
    assert "Or choose a file" in words(answer)
    assert not Import.objects.exists()


def test_text_and_file_at_once_are_refused(client, researcher):
    answer = client.post(ADD, {"text": ris("A study"), "file": as_file(ris("B"))})
    assert answer.status_code == 422
    assert "one at a time" in words(answer)


class Unread(BytesIO):
    """A body that fails the test if anybody reads it."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


def post_unread(client, length):
    sent = {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    return client.generic("POST", ADD, **sent, **{"wsgi.input": Unread()})


def test_the_body_of_somebody_who_may_add_is_read(client, researcher):
    with pytest.raises(AssertionError, match="the body was read"):
        post_unread(client, 1000)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, researcher):
    answer = post_unread(client, 300_000_000)
    assert answer.status_code == 413
    assert f"{MAX_BYTES // 1_000_000} MB at most" in words(answer)
    assert not Import.objects.exists()


def test_who_may_not_add_does_not_get_a_body_read(client):
    client.force_login(make.make_user("clinician"))
    answer = post_unread(client, 1000)
    assert answer.status_code == 404


def test_a_box_that_is_too_full_is_refused(client, researcher):
    for size, status in ((950 * 1024, 422), (3 * 1024 * 1024, 413)):
        answer = client.post(ADD, {"text": "x" * size})
        assert answer.status_code == status
        assert "900 KB" in words(answer)
    assert not Import.objects.exists()


def test_identifiers_without_look_up_are_kept_and_the_page_says_so(client, researcher):
    answer = client.post(ADD, {"text": "10.5555/abc\nPMID: 31415"})
    assert answer.status_code == 422
    assert "not set up here" in words(answer)
    assert "Every other way in works." in words(answer)
    assert "PMID: 31415" in answer.content.decode()


def test_one_typed_by_hand_is_compared_before_it_is_added(client, researcher):
    held = make.make_reference({"title": "Held already", "DOI": "10.5555/held"})
    answer = client.post(
        f"{ADD}by-hand/",
        {"type": "article-journal", "title": "Held already", "authors": "Doe, J",
         "doi": "10.5555/held", "year": "2016"},
    )  # fmt: skip
    row = Import.objects.get().rows.get()
    assert answer.url == row.imported.get_absolute_url()
    assert (row.verdict, row.match) == ("same", held)
    assert row.csl["author"] == [{"family": "Doe", "given": "J"}]


def test_a_wrong_field_by_hand_is_named_and_nothing_is_lost(client, researcher):
    answer = client.post(
        f"{ADD}by-hand/", {"type": "book", "title": "A title to keep", "doi": "nonsense"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_doi"' in html
    assert "A title to keep" in html
    assert '<details id="by-hand" class="by-hand" open>' in html


def test_markup_in_what_was_typed_is_shown_as_text(client, researcher):
    answer = client.post(ADD, {"text": "<script>alert(1)</script>", "attach": "<b>x</b>"})
    assert "<script>alert(1)" not in answer.content.decode()
    answer = client.post(ADD, {"text": ris("<script>alert(1)</script>")})
    assert "<script>alert(1)" not in client.get(answer.url).content.decode()


def test_a_pasted_text_can_be_corrected_and_read_again(client, researcher):
    work = make.make_reference({"title": "The chapter"})
    first = client.post(ADD, {"text": ris("A sduty"), "attach": work.public_id})
    again = f"{ADD}?again={Import.objects.get().public_id}"
    assert again in client.get(first.url).content.decode()
    html = client.get(again).content.decode()
    assert "TI  - A sduty" in html
    assert f'value="{work.public_id}"' in html


def test_the_text_of_somebody_else_is_not_shown(client, researcher):
    other = begin(ris("A secret"), name="pasted text")
    assert client.get(f"{ADD}?again={other.public_id}").status_code == 404
    assert client.get(f"{ADD}?again=nonsense").status_code == 404


def test_a_file_is_not_put_into_the_box(client, researcher):
    own = begin(ris("A study"), researcher)
    assert "again=" not in client.get(own.get_absolute_url()).content.decode()
    assert "TI  -" not in client.get(f"{ADD}?again={own.public_id}").content.decode()
