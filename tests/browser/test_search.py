"""The search as people use it: with the keyboard, without JavaScript, signed in."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from patients.searching import engine
from tests import make
from tests.browser.site import SEED_CASE, load_demo
from tests.browser.test_accessibility import OVERFLOW, STANDARDS, violations
from tests.browser.test_citing import sign_in
from tests.browser.test_publishing import press_to

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PANCREAS = re.compile(r"^Pancreas\W+\d+ case")


@pytest.fixture
def without_javascript(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_words_facets_and_sequence_without_javascript(without_javascript, monkeypatch):
    load_demo()
    page = without_javascript
    page.goto("/cases/")
    page.get_by_label("Search cases").fill("奥曲肽")
    page.get_by_role("button", name="Search", exact=True).first.click()
    expect(page.get_by_role("heading", name="3 cases")).to_be_visible()
    page.get_by_role("link", name=PANCREAS).click()
    expect(page.get_by_role("heading", name="1 case", exact=True)).to_be_visible()
    page.goto("/cases/")
    page.get_by_text("By sequence or year").click()
    page.get_by_role("textbox", name="First", exact=True).fill("embolisation")
    page.get_by_role("textbox", name="Then", exact=True).fill("抗凝药")
    page.get_by_label("Within days").fill("30")
    page.get_by_label("Within days").press("Enter")
    expect(page.get_by_text(SEED_CASE)).to_be_visible()
    expect(page.get_by_text("Possible", exact=True)).to_be_visible()
    monkeypatch.setattr(engine, "LARGE", -2)
    page.goto("/cases/?sex=male")
    page.get_by_role("link", name="Filters, with how many cases each has").click()
    page.get_by_role("link", name=PANCREAS).click()
    expect(page.get_by_role("heading", name="3 cases")).to_be_visible()


def test_on_a_narrow_screen_without_javascript_filters_fold_and_order_is_kept(browser, live_server):
    load_demo()
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto("/cases/?q=portal+vein")
    first = page.locator(".case-row").first
    assert first.bounding_box()["y"] < 800, "a case stands on the first screen"
    expect(page.get_by_role("link", name=PANCREAS)).to_be_hidden()
    press_to(page, "Narrow down")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=PANCREAS).click()
    page.get_by_label("Order", exact=True).select_option("title")
    page.get_by_role("button", name="Sort").click()
    expect(page).to_have_url(re.compile(r"q=portal\+vein.*sort=title|sort=title.*q=portal\+vein"))
    expect(page).to_have_url(re.compile("site=pancreas"))
    context.close()


def test_a_refused_sequence_says_where_and_loses_nothing(open_page):
    make.make_term(slug="embolisation", kind="procedure", display="Hepatic artery embolisation")
    make.make_published_case(title="A vein")
    page = open_page("/cases/?q=vein&sex=unknown")
    page.get_by_role("link", name="Search without it").click()
    page.wait_for_url("**/cases/?q=vein")
    press_to(page, "By sequence or year")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("embolisatio")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Names like it: Hepatic artery embolisation.")
    press_to(page, "First")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#id_first"
    page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name="First", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_value("embolisatio")
    expect(field).to_have_accessible_description(re.compile("is called “embolisatio” here"))
    expect(page.get_by_label("Search cases")).to_have_value("vein")
    page.keyboard.press("End")
    page.keyboard.type("n")
    page.keyboard.press("Tab")
    page.keyboard.type("surgery")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="No case found")).to_be_visible()
    expect(page.get_by_role("link", name="Drop the sequence")).to_be_visible()


def test_counts_of_a_large_base_come_after_the_page(open_page, monkeypatch):
    load_demo()
    monkeypatch.setattr(engine, "LARGE", -2)
    page = open_page("/cases/?sex=male")
    page.get_by_role("link", name=PANCREAS).click()
    page.wait_for_url("**site=pancreas**")


def test_works_are_offered_while_somebody_types(open_page):
    for end in ("one", "two"):
        reference = make.make_reference({"DOI": f"10.5555/works.{end}", "title": f"Work {end}"})
    page = open_page("/references/", width=390, scheme="dark")
    field = page.get_by_label("Words, DOI, PMID or PMCID")
    options = page.get_by_role("listbox", name="Works that may be meant").get_by_role("option")
    field.press_sequentially("10.5555/works.")
    expect(options).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text(re.compile("^2 works to choose from"))
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    # The list lies over what stands below, so only the form is looked at.
    answer = Axe().run(page, context="#reference-search", options={"runOnly": STANDARDS}).response
    assert [found["id"] for found in answer["violations"]] == []
    assert page.evaluate(OVERFLOW) == 0
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("10.5555/works.")
    field.press_sequentially("two")
    expect(options).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(f"**{reference.get_absolute_url()}")


def test_a_search_is_saved_and_renamed_by_keyboard(open_page):
    make.make_published_case(title="Octreotide")
    page = open_page("/")
    sign_in(page, make.make_user("researcher"))
    for query, name in (("octreotide", "Octreotide"), ("heparin", "Heparin")):
        page.goto(f"/cases/?q={query}")
        press_to(page, "Save this search as")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.get_by_text("is saved").wait_for()
    page.goto("/cases/searches/")
    assert violations(page) == []
    press_to(page, "Rename or delete Octreotide")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("Heparin")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("of this name already")
    field = page.get_by_label("Another name for Octreotide")
    expect(field).to_have_value("Heparin")
    field.fill("Somatostatin analogue")
    field.press("Enter")
    page.get_by_role("link", name="Somatostatin analogue", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/?q=octreotide")
    expect(page.get_by_role("heading", name="1 case", exact=True)).to_be_visible()
