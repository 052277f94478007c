"""Citing in three steps: the state is in the address, and nothing is written before the last."""

from __future__ import annotations

import pytest

from literature.models import ReferenceListItem
from patients.actions import cases, edits, revisions_deciding
from patients.models import CaseEdit, Citation, Revision
from tests import make
from tests.pages.citing import cite_url, event_of, signed_in
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
WORDS = "Embolisation lowered the portal pressure in nine of twelve patients. Others did not."
QUOTE = "lowered the portal pressure in nine of twelve"


@pytest.fixture
def case():
    return make.make_published_case(events=2, findings=1)


def shown(response, status=200):
    assert response.status_code == status, response.content[:500]
    return text_of(response.content.decode())


def save(client, case, reference, **data):
    url = f"{cite_url(case)}?reference={reference.public_id}&role=supports"
    return client.post(url, {"quote": "", "note": "", "do": "save", **data})


def test_three_steps_lead_to_a_citation_with_a_verified_quote(client, case):
    user = signed_in(client)
    event = event_of(case)
    study = make.make_text(text=WORDS).reference
    first = client.get(f"{cite_url(case)}?q={study.title}")
    assert f"?reference={study.public_id}" in first.content.decode()
    second = client.get(f"{cite_url(case)}?reference={study.public_id}")
    assert "What it found speaks for what is said here." in shown(second)
    third = client.get(f"{cite_url(case)}?reference={study.public_id}&role=supports")
    assert "Its role: Supports" in shown(third)
    assert not Citation.objects.filter(reference=study).exists()

    answer = save(client, case, study, quote=QUOTE, note="It says so", locator="p. 3")
    assert answer.status_code == 302
    assert answer.url == f"/cases/{case.accession}/#event-{event.public_id}"
    assert not Citation.objects.filter(reference=study).exists()
    revision = Revision.objects.get(author=user)
    assert (revision.kind, revision.state, revision.comment) == (
        "citation", "submitted", "It says so",
    )  # fmt: skip
    curator = make.make_user("curator")
    revisions_deciding.accept(revision=revision, by=curator)
    citation = Citation.objects.get(reference=study)
    assert (citation.event, citation.role, citation.quote) == (event, "supports", QUOTE)
    assert (citation.quote_state, citation.note, citation.locator) == (
        "verified", "It says so", "p. 3",
    )  # fmt: skip
    edit = CaseEdit.objects.get(case=case)
    assert edit.by == curator
    assert edit.words == f"Accepted from {user}: It says so"


def test_who_may_edit_cites_at_once(client, case):
    user = signed_in(client, "curator")
    study = make.make_text(text=WORDS).reference
    save(client, case, study, quote=QUOTE)
    assert Citation.objects.get(reference=study).quote_state == "verified"
    edit = CaseEdit.objects.get(case=case)
    assert edit.by == user
    assert edit.words.startswith("Cited ")


def test_one_form_sent_twice_proposes_once(client, case):
    user = signed_in(client)
    study = make.make_reference()
    for _ in range(3):
        assert save(client, case, study, key="K1").status_code == 302
    assert Revision.objects.filter(author=user).count() == 1


def test_check_shows_the_quote_in_its_place_and_writes_nothing(client, case):
    signed_in(client)
    study = make.make_text(text=WORDS).reference
    answer = save(client, case, study, quote=QUOTE, note="Kept", do="check")
    html = answer.content.decode()
    assert "verified in the abstract" in shown(answer)
    assert f"<mark>{QUOTE}</mark>" in html
    assert "Kept</textarea>" in html
    assert not Citation.objects.filter(reference=study).exists()


def test_check_of_changed_words_shows_what_comes_nearest(client, case):
    signed_in(client)
    study = make.make_text(text=WORDS).reference
    answer = save(
        client, case, study, do="check", quote="raised the portal pressure in nine of twelve"
    )
    html = answer.content.decode()
    assert "not found in the text we hold" in shown(answer)
    assert "<mark>lowered </mark>" in html


@pytest.mark.parametrize("quote", [QUOTE, "raised the portal pressure in nine of twelve"])
def test_no_passage_of_a_text_that_is_held_alone_is_shown(client, case, quote):
    signed_in(client)
    study = make.make_text(text=WORDS, licence="Not known", shown_as="held").reference
    answer = save(client, case, study, do="check", quote=quote)
    html = answer.content.decode()
    assert "no passage of it stands here" in shown(answer)
    assert "Others did not" not in html
    assert "<mark>" not in html


def test_quote_of_another_study_offers_that_one(client, case):
    signed_in(client)
    other = make.make_text(text=WORDS).reference
    study = make.make_reference()
    answer = save(client, case, study, do="check", quote=QUOTE)
    assert "not found in this study, but in another" in shown(answer)
    link = f"?reference={other.public_id}&amp;role=supports"
    assert link in answer.content.decode()


def test_choices_begin_with_the_studies_of_the_case_and_their_numbers(client, case):
    signed_in(client)
    source = Citation.objects.get(case=case, role="source").reference
    listed = make.make_reference({"title": "Listed in the report"})
    ReferenceListItem.objects.create(work=source, number=12, reference=listed)
    ReferenceListItem.objects.create(work=source, number=13, raw="Not yet identified")
    text = shown(client.get(cite_url(case)))
    assert text.index("Cited in this case already") < text.index("In the report’s own list")
    assert "12. Doe 2016: Listed in the report" in text
    link = f"?reference={listed.public_id}&amp;number=12"
    assert link in client.get(cite_url(case)).content.decode()
    last = client.get(f"{cite_url(case)}?reference={listed.public_id}&role=method&number=12")
    assert 'name="number" value="12"' in last.content.decode()


def test_added_by_me_last_is_offered(client, case):
    user = signed_in(client)
    make.make_reference({"title": "Brought in just now"}, added_by=user)
    make.make_reference({"title": "Of somebody else"}, added_by=make.make_user("researcher"))
    text = shown(client.get(cite_url(case)))
    assert "Brought in just now" in text
    assert "Of somebody else" not in text


def test_refused_row_keeps_what_was_typed(client, case):
    signed_in(client)
    study = make.make_reference()
    make.make_citation(event_of(case), study)
    cases.publish(case=case, by=None)
    answer = save(client, case, study, note="Typed with care")
    assert "cited here in this role already" in shown(answer, 422)
    assert "Typed with care</textarea>" in answer.content.decode()
    answer = save(client, case, study, quote="x" * 2001, locator="y" * 101)
    text = shown(answer, 422)
    assert "at most 2000 characters" in text
    assert "at most 100 characters" in text


def test_cites_for_a_finding_and_for_the_case(client, case):
    signed_in(client)
    study = make.make_reference()
    finding = case.imagingfindings.first()
    for tail in (f"findings/{finding.public_id}/cite/", "cite/"):
        url = f"/cases/{case.accession}/{tail}?reference={study.public_id}&role=background"
        assert client.post(url, {"do": "save"}).status_code == 302
    steps = [one["after"] for row in Revision.objects.all() for one in row.changes]
    assert {(one["event_id"], one["finding_id"]) for one in steps} == {
        (None, finding.pk), (None, None),
    }  # fmt: skip


def test_researcher_sees_what_waits_and_takes_it_back(client, case):
    signed_in(client)
    study = make.make_text(text=WORDS).reference
    save(client, case, study, quote=QUOTE)
    page = client.get(f"/cases/{case.accession}/")
    text = shown(page)
    assert "wait for the next version" in text
    assert "verified in the abstract" in text
    revision = Revision.objects.get(case=case)
    assert revision.public_id in page.content.decode()
    answer = client.post(f"/curation/{revision.public_id}/withdraw/")
    assert answer.status_code == 302
    assert "wait for the next version" not in shown(client.get(f"/cases/{case.accession}/"))


def test_published_edited_or_foreign_citation_is_not_taken_back(client, case):
    signed_in(client, "curator")
    study = make.make_reference()
    save(client, case, study)
    citation = Citation.objects.get(reference=study)
    url = f"/cases/{case.accession}/citations/{citation.public_id}/take-back/"
    client.force_login(make.make_user("researcher"))
    assert "Only who added" in shown(client.post(url, follow=True))
    client.force_login(CaseEdit.objects.get(case=case).by)
    citation.note = "Edited by a curator"
    edits.save_rows(case=case, rows=[citation], words="Edited", by=None)
    assert "edited since" in shown(client.post(url, follow=True))
    edits.undo(case=case, by=None)
    cases.publish(case=case, by=None)
    assert "It is published" in shown(client.post(url, follow=True))
    assert Citation.objects.filter(reference=study).exists()


def test_from_the_page_of_a_reference_to_the_event(client, case):
    signed_in(client)
    study = make.make_reference()
    start = f"/cases/cite/?reference={study.public_id}"
    assert start in client.get(f"/references/{study.public_id}/").content.decode()
    assert f"&amp;case={case.accession}" in client.get(start).content.decode()
    parts = client.get(f"{start}&case={case.accession}").content.decode()
    assert f"{cite_url(case)}?reference={study.public_id}" in parts


@pytest.mark.parametrize(
    "query",
    [
        "?reference=NOTANIDATA", "?reference=0123456789", "?q=%00", "?role=nonsense",
        "?number=abc&role=method", "?q=" + "x" * 5000, "?case=CB-1&reference=%F0",
    ],
)  # fmt: skip
def test_address_with_nonsense_is_the_first_step_or_a_404(client, case, query):
    signed_in(client)
    assert client.get(f"{cite_url(case)}{query}").status_code in (200, 404)
    assert client.get(f"/cases/cite/{query}").status_code == 404


def test_nul_in_what_is_typed_is_refused(client, case):
    signed_in(client)
    study = make.make_reference()
    answer = save(client, case, study, note="a\x00b")
    assert "Null characters are not allowed" in shown(answer, 422)


def test_script_in_a_text_does_not_run(client, case):
    signed_in(client)
    study = make.make_text(text=f"<script>alert(1)</script> {WORDS}").reference
    answer = save(client, case, study, do="check", quote=QUOTE)
    assert "<script>alert" not in answer.content.decode()


def test_page_of_the_case_tells_readers_what_is_known_of_quotes(client):
    case = make.make_published_case(events=1, findings=0)
    event = case.events.get()
    held = make.make_text(text=WORDS)
    make.make_citation(event, held.reference, quote=QUOTE)
    make.make_citation(event, quote=QUOTE)
    make.make_citation(event, quote="Words that nobody wrote down")
    nothing = make.make_text(text="Something else altogether.").reference
    make.make_citation(event, nothing, quote="Words that nobody wrote down")
    cases.publish(case=case, by=None)
    html = client.get(f"/cases/{case.accession}/").content.decode()
    text = text_of(html)
    for words in (
        "verified in the abstract", "no text held", "not found in the text we hold",
        f"not found in this study, but in another: {held.reference}",
    ):  # fmt: skip
        assert words in text
    assert "verified in the abstract" in text_of(
        client.get(f"/references/{held.reference.public_id}/").content.decode()
    )
