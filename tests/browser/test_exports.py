"""Taking references out: copied with one click, without script, and for everybody."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.test_accessibility import OVERFLOW, violations

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
FORMATTED = "1. Doe J. {}. Journal of Tests. 2016;12:34-56."
READ = "() => navigator.clipboard.readText()"


@pytest.fixture
def reference():
    return make.make_reference({"title": "A study of rare courses"})


def allow_clipboard(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def test_one_click_copies_the_citation_of_a_reference(open_page, reference):
    page = allow_clipboard(open_page(reference.get_absolute_url()))
    page.get_by_role("link", name="Copy citation").click()
    expect(page.locator("#copied")).to_have_text("Copied.")
    assert page.evaluate(READ) == FORMATTED.format("A study of rare courses")


def test_where_the_browser_refuses_the_text_is_one_step_away(open_page, reference):
    page = open_page(reference.get_absolute_url())
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error()); }")
    page.get_by_role("link", name="Copy citation").click()
    expect(page.get_by_label("The same as plain text")).to_have_value(
        FORMATTED.format("A study of rare courses")
    )


def test_without_script_the_text_stands_in_a_field(browser, live_server, reference):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(reference.get_absolute_url())
    page.get_by_role("link", name="Copy citation").click()
    expect(page.get_by_label("The same as plain text")).to_have_value(
        FORMATTED.format("A study of rare courses")
    )
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    context.close()


def test_chosen_references_are_formatted_copied_and_downloaded(open_page, reference):
    make.make_reference({"title": "Second"})
    make.make_reference({"title": "Third"})
    page = allow_clipboard(open_page("/references/"))
    page.get_by_label("Choose A study of rare courses").check()
    page.get_by_label("Choose Third").check()
    page.get_by_role("button", name="Export the chosen ones").click()
    expect(page.locator(".formatted li")).to_have_count(2)
    page.get_by_label("Citation style").select_option(label="APA")
    page.get_by_role("button", name="Format").click()
    expect(page.get_by_role("heading", name="APA")).to_be_visible()
    page.get_by_role("button", name="Copy all").click()
    expect(page.locator("#copied")).to_have_text("Copied.")
    text = page.evaluate(READ)
    assert [line[:18] for line in text.splitlines()] == ["Doe, J. (2016a). A", "Doe, J. (2016b). T"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Word (DOCX)").click()
    assert download.value.suggested_filename == "references-apa.docx"


def test_another_style_is_found_by_words(open_page, reference):
    page = open_page(f"/references/export/?id={reference.public_id}")
    page.get_by_label("Another style, by words of its name").fill("lancet")
    page.get_by_role("button", name="Format").click()
    page.get_by_role("link", name="The Lancet", exact=True).click()
    expect(page.get_by_role("heading", name="The Lancet", exact=True)).to_be_visible()
    assert page.get_by_label("Citation style").input_value() == "the-lancet"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1240, 390])
def test_every_state_is_for_everybody(open_page, width, scheme):
    case = make.make_published_case()
    first = case.events.first().citations.first() or make.make_citation(case.events.first())
    reference = first.reference
    for path in (
        "/references/",
        reference.get_absolute_url(),
        f"/cases/{case.accession}/references/?style=apa",
        f"/references/export/?id={reference.public_id}",
        f"/references/export/?id={reference.public_id}&other=lancet",
        "/references/export/?id=NOTHING",
    ):
        page = open_page(path, width=width, scheme=scheme)
        assert violations(page) == [], path
        assert not page.evaluate(OVERFLOW), path
        page.close()
