"""Texts of a reference: added by those who may, shown as far as their licence lets us."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from literature.models import SourceText
from tests import make
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
TYPED = {
    "depth": "abstract", "language": "en", "licence": "CC BY 4.0", "other_licence": "",
    "shown_as": "", "title": "", "text": "First paragraph.\r\n\r\nSecond one.",
}  # fmt: skip
JATS = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">
<article xml:lang="en"><front><article-meta><abstract><p>What was done.</p></abstract>
<trans-abstract xml:lang="zh"><p>做了什么。</p></trans-abstract></article-meta></front>
<body><sec><title>Results</title><p>Pressure fell<sup><xref ref-type="bibr">12</xref></sup> in
<italic>nine</italic> (<xref ref-type="fig">Figure 1</xref>).</p>
<table-wrap><table><tr><td>A</td><td>B&eacute;</td></tr></table></table-wrap></sec></body>
<back><ref-list><ref><mixed-citation>Never read</mixed-citation></ref></ref-list></back></article>
"""


def add_url(reference) -> str:
    return f"/references/{reference.public_id}/texts/add/"


def add(client, reference, *, role="researcher", **changes):
    client.force_login(make.make_user(role))
    return client.post(add_url(reference), {**TYPED, **changes})


def page(client, reference):
    return text_of(client.get(f"/references/{reference.public_id}/").content.decode())


def test_researcher_adds_an_abstract_that_readers_then_see_in_paragraphs(client):
    reference = make.make_reference()
    answer = add(client, reference)
    assert answer.status_code == 302
    text = reference.texts.get()
    assert (text.text, text.shown_as) == ("First paragraph.\n\nSecond one.", "full")
    assert text.added_by is not None
    client.logout()
    html = client.get(f"/references/{reference.public_id}/").content.decode()
    assert "<p>First paragraph.</p>" in html
    assert "<p>Second one.</p>" in html


@pytest.mark.parametrize(
    ("licence", "other", "asked", "shown_as"),
    [
        ("CC0 1.0", "", "", "full"),
        ("CC BY-SA 4.0", "", "held", "held"),
        ("CC BY-NC 4.0", "", "", "held"),
        ("CC BY-NC 4.0", "", "full", "full"),
        ("Permission of the publisher", "", "", "held"),
        ("Quotation only, not to be shown", "", "", "held"),
        ("other", "", "", "held"),
        ("other", "A licence of our own", "", "held"),
    ],
)
def test_what_is_not_open_is_held(client, licence, other, asked, shown_as):
    reference = make.make_reference()
    answer = add(client, reference, licence=licence, other_licence=other, shown_as=asked)
    assert answer.status_code == 302
    text = reference.texts.get()
    assert text.shown_as == shown_as
    assert text.licence == (licence if licence != "other" else other or "Not known")


@pytest.mark.parametrize("licence", ["Quotation only, not to be shown", "other"])
def test_what_may_not_be_shown_cannot_be(client, licence):
    reference = make.make_reference()
    answer = add(client, reference, licence=licence, shown_as="full")
    assert answer.status_code == 422
    assert "does not let us show the text" in text_of(answer.content.decode())
    assert "First paragraph." in answer.content.decode()


def test_held_text_shows_on_no_surface(client):
    secret = "A sentence that nobody may read here."
    text = make.make_text(text=secret, licence="Not known", shown_as="held")
    long = make.make_text(text.reference, secret, depth="full_text", shown_as="held")
    url = f"/references/{text.reference.public_id}/"
    for role in ("", "researcher", "curator", "admin"):
        if role:
            client.force_login(make.make_user(role))
        words = "?q=sentence+nobody"
        for address in (
            url, f"/api/v1{url}", f"/references/{words}", f"/api/v1/references/{words}",
            "/references/", long.get_absolute_url(),
        ):  # fmt: skip
            assert secret not in client.get(address).content.decode()
        assert "held for checking quotes" in page(client, text.reference)
    assert client.get(long.get_absolute_url()).status_code == 404
    api = client.get(f"/api/v1{url}").json()
    assert [(row["shown_as"], row["text"]) for row in api["texts"]] == [("held", ""), ("held", "")]


def test_full_text_has_a_page_of_its_own(client):
    text = make.make_text(text="One.\n\nTwo.", depth="full_text")
    reference = client.get(f"/references/{text.reference.public_id}/").content.decode()
    assert f'href="{text.get_absolute_url()}"' in reference
    assert "One." not in reference
    assert "<p>One.</p>" in client.get(text.get_absolute_url()).content.decode()
    api = client.get(f"/api/v1/references/{text.reference.public_id}/").json()
    assert api["texts"][0]["text"] == ""


def test_summary_of_ours_shows_and_says_so(client):
    reference = make.make_reference()
    own = {"depth": "summary", "licence": "Written for Casebase"}
    assert add(client, reference, **own).status_code == 302
    assert reference.texts.get().is_shown
    answer = add(client, make.make_reference(), depth="summary")
    assert "goes with a summary of ours alone" in text_of(answer.content.decode())
    answer = add(client, make.make_reference(), licence="Written for Casebase")
    assert "goes with a summary of ours alone" in text_of(answer.content.decode())


@pytest.mark.parametrize("as_file", [False, True])
@pytest.mark.parametrize(
    ("depth", "language", "expected"),
    [
        ("abstract", "en", "What was done."),
        ("abstract", "zh-Hans", "做了什么。"),
        ("full_text", "en", "Results\n\nPressure fell in nine (Figure 1).\n\nA Bé"),
    ],
)
def test_jats_comes_in_as_paragraphs(client, as_file, depth, language, expected):
    reference = make.make_reference()
    changes = {"depth": depth, "language": language, "text": JATS}
    if as_file:
        changes |= {"text": "", "file": SimpleUploadedFile("a.txt", JATS.encode("utf-16"))}
    answer = add(client, reference, **changes)
    assert answer.status_code == 302, text_of(answer.content.decode())
    assert reference.texts.get().text == expected


def test_plain_file_comes_in_in_any_encoding(client):
    reference = make.make_reference()
    file = SimpleUploadedFile("a.pdf", "门静脉栓塞后压力下降，随访三年未复发。".encode("gb18030"))
    assert add(client, reference, text="", file=file, language="zh-Hans").status_code == 302
    assert reference.texts.get().text == "门静脉栓塞后压力下降，随访三年未复发。"


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<article><body><p>&b;</p></body></article>"
)
OUTSIDE = (
    '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><article><body><p>&a;</p></body>'
    "</article>"
)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": ""}, "Paste the text or choose a file"),
        ({"text": " \n "}, "Paste the text or choose a file"),
        ({"language": "English"}, "BCP 47"),
        ({"licence": ""}, "Say what allows us"),
        ({"licence": "Mine"}, "Select a valid choice"),
        ({"depth": "all"}, "Select a valid choice"),
        ({"text": "", "file": b""}, "There is no text in it"),
        ({"text": "", "file": b"%PDF-1.7 and so on"}, "This is a PDF"),
        ({"text": "", "file": b"PK\x03\x04 and so on"}, "zip or Word file"),
        ({"text": "", "file": b"\x00\x01\x02\x03" * 500}, "This is no text"),
        ({"text": "<html><body>A page</body></html>"}, "This is a web page"),
        ({"text": "<rss><channel>News</channel></rss>"}, "it is not JATS"),
        ({"text": BOMB, "depth": "full_text"}, "entit"),
        ({"text": OUTSIDE, "depth": "full_text"}, "entit"),
        ({"text": "<article><body>" + "<sec>" * 200_00, "depth": "full_text"}, "damaged"),
        ({"text": JATS, "language": "de"}, "no abstract in the language de"),
        ({"text": "", "file": b"x" * 10_000_001}, "10 MB at most"),
        ({"text": "", "file": b"word " * 500_000}, "2,000,000 characters at most"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(client, changes, reason):
    reference = make.make_reference()
    if isinstance(changes.get("file"), bytes):
        changes = {**changes, "file": SimpleUploadedFile("a.xml", changes["file"])}
    answer = add(client, reference, **changes)
    assert answer.status_code == 422
    assert reason in text_of(answer.content.decode())
    assert not reference.texts.exists()


def test_too_much_in_the_box_is_refused(client):
    answer = add(client, make.make_reference(), text="x" * 1_200_000)
    assert answer.status_code == 413
    assert "bring a long text as a file" in text_of(answer.content.decode())


def test_second_text_of_one_kind_is_refused_and_says_why(client):
    reference = make.make_reference()
    add(client, reference)
    answer = add(client, reference, text="Another one.")
    assert "held already" in text_of(answer.content.decode())
    assert "Another one." in answer.content.decode()


def test_null_character_in_the_box_is_refused(client):
    answer = add(client, make.make_reference(), text="a\x00b")
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("role", "adds", "removes"),
    [
        ("", 302, 302), ("clinician", 404, 404), ("researcher", 200, 404), ("curator", 200, 200),
        ("admin", 200, 200),
    ],
)  # fmt: skip
def test_who_may(client, role, adds, removes):
    text = make.make_text()
    if role:
        client.force_login(make.make_user(role))
    remove = f"/references/{text.reference.public_id}/texts/abstract/en/remove/"
    assert client.get(add_url(text.reference)).status_code == adds
    assert client.get(remove).status_code == removes
    assert SourceText.objects.filter(pk=text.pk).exists()
    answer = client.post(remove)
    assert answer.status_code == (302 if removes == 200 else removes)
    assert SourceText.objects.filter(pk=text.pk).exists() == (removes != 200)
    posted = client.post(add_url(text.reference), {**TYPED, "language": "de"})
    assert posted.status_code == (302 if adds == 200 else adds)
    assert SourceText.objects.filter(language="de").exists() == (adds == 200)


def test_form_without_its_token_is_refused():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(make.make_user("researcher"))
    reference = make.make_reference()
    assert client.post(add_url(reference), TYPED).status_code == 403
    assert not reference.texts.exists()
