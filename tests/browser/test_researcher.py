"""A researcher’s whole way with the keyboard alone: a reading list comes in, one of its studies is
tied to the embolisation with words that it says, and the case's bibliography leaves as DOCX."""

from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from literature import actions
from literature.models import Import, ReferenceListItem
from patients.actions import revisions_deciding
from patients.models import Citation, Revision
from tests import make
from tests.browser.site import CHAPTER, SEED_CASE, load_demo
from tests.browser.test_citing import QUOTE, WORDS, embolisation, sign_in
from tests.browser.test_desk import CHAPTER_LIST, choose, press, tab_to
from tests.pages.importing import ADD, LIST

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
UNCERTAIN = (20, 33)
MISSING = ("DOI", "PMID", "PMCID", "volume", "issue", "page", "author")


def listed(number):
    """The reference that the chapter lists under this number."""
    return ReferenceListItem.objects.get(work__doi=CHAPTER, number=number).reference


def make_uncertain(reference):
    """Leaves what another work may share: nobody but a person can say then."""
    reference.csl = {name: value for name, value in reference.csl.items() if name not in MISSING}
    actions.save(reference=reference, by=None)


def paste_and_decide(page):
    page.goto(ADD)
    tab_to(page, page.get_by_label("Paste what you have"))
    page.keyboard.insert_text(CHAPTER_LIST.read_text())
    press(page, page.get_by_role("button", name="Read", exact=True))
    page.wait_for_url(f"**{LIST}*/")
    imported = Import.objects.get()
    assert imported.rows.filter(verdict="same").count() == 56
    press(page, page.get_by_role("link", name="Look at them one by one"))
    page.wait_for_url("**?verdict=probable")
    for position in UNCERTAIN:
        choose(page, position, "Use it, and fill its empty fields")
    press(page, page.get_by_role("button", name="Save decisions", exact=True))
    expect(page.get_by_text("Decisions saved.")).to_be_visible()
    press(page, page.get_by_role("button", name="Bring in 58 references"))
    expect(page.get_by_text("Brought in:")).to_be_visible()


def cite(page, study, event):
    page.goto(f"/cases/{SEED_CASE}/")
    press(page, page.get_by_role("link", name=f"Cite a study for {event.label}"))
    page.wait_for_url("**/cite/")
    tab_to(page, page.get_by_label("Find the study in the library"))
    page.keyboard.insert_text(study.title)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cite/?q=*")
    press(page, page.get_by_role("link", name=study.title).first)
    page.wait_for_url("**/cite/?reference=*")
    tab_to(page, page.get_by_label("Supports"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**role=supports")
    tab_to(page, page.get_by_label("The exact words"))
    page.keyboard.insert_text(QUOTE)
    press(page, page.get_by_role("button", name="Propose the citation"))
    page.wait_for_url(f"**/cases/{SEED_CASE}/#event-{event.public_id}")


def test_a_reading_list_becomes_evidence_and_a_bibliography(open_page):
    load_demo()
    for number in UNCERTAIN:
        make_uncertain(listed(number))
    study, event = listed(UNCERTAIN[0]), embolisation()
    make.make_text(study, WORDS, depth="full_text")
    page = open_page("/")
    sign_in(page, make.make_user("researcher"))

    paste_and_decide(page)
    assert listed(UNCERTAIN[0]).csl["volume"]

    cite(page, study, event)
    revisions_deciding.accept(revision=Revision.objects.get(), by=make.make_user("curator"))
    citation = Citation.objects.get(event=event, reference=study, quote=QUOTE)
    assert citation.quote_state == "verified"

    press(page, page.get_by_role("link", name="Take them out"))
    with page.expect_download() as download:
        press(page, page.get_by_role("link", name="Word (DOCX)"))
    with ZipFile(download.value.path()) as archive:
        assert "Hepatic" in archive.read("word/document.xml").decode()
