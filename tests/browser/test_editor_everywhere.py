"""The editor without JavaScript, for assistive technology, and on narrow screens."""

import pytest
from playwright.sync_api import expect

from tests.browser.editing import (
    edit_path,
    key_of,
    make_course,
    make_seed_course,
    open_row,
    sign_in,
    wait_until_saved,
)
from tests.browser.site import SEED_CASE
from tests.browser.test_accessibility import HEADINGS, OVERFLOW, skipped_levels, violations
from tests.browser.test_keyboard import AT, NUMBER_CONTROLS

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def plain_page(browser, live_server):
    """A page in a browser that runs no script."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


def test_a_case_is_written_without_script(plain_page, live_server):
    course = make_course()
    page = plain_page
    sign_in(page, live_server.url)
    page.goto(edit_path(course))
    key = key_of(course, "CT")
    page.click(f"#open-{key}")
    page.fill(f"#{key}-when", "3 days after TACE")
    page.fill(f"#{key}-detail", "Seen again")
    page.click(f"#{key}-row >> text=Preview")
    expect(page.locator(f"#{key}-preview")).to_contain_text("Understood as:")
    assert course.events.get(label="CT").start_low == 40
    page.click(f"#{key}-save")
    expect(page.locator("#notices")).to_contain_text("Saved.")
    row = course.events.get(label="CT")
    assert (row.start_low, row.anchor.label, row.detail) == (3, "TACE", "Seen again")

    page.fill(f"#{key}-when", "3 days after Xyzzy")
    page.click(f"#{key}-save")
    page.locator(f"#{key}-preview .suggestion").first.click()
    expect(page.locator("#notices")).to_contain_text("Saved.")

    page.click(".adders >> text=Drug therapy")
    page.locator(".row-new [name=label]").fill("Octreotide")
    page.locator(".row-new [name=dose]").fill("30")
    page.locator(".row-new >> text=Save").last.click()
    expect(page.locator("#editor")).to_contain_text("A dose is above zero and has a unit.")
    page.locator(".row-new [name=dose_unit]").fill("mg")
    page.locator(".row-new >> text=Save").last.click()
    assert course.events.get(label="Octreotide").dose == 30
    page.click("text=Move up")
    page.click("text=Remove")
    expect(page.locator("#notices")).to_contain_text("Removed event “Octreotide”")
    page.click("#notices >> text=Undo")
    assert course.events.filter(label="Octreotide").exists()


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, live_server, width, scheme):
    case = make_seed_course(SEED_CASE)
    page = open_page("/healthz", width=width, scheme=scheme)
    sign_in(page, live_server.url)
    drug = case.events.filter(category="drug").first()
    key = f"event-{drug.public_id}"
    problems = []

    def look(state):
        problems.extend((state, *found) for found in violations(page))
        if page.evaluate(OVERFLOW):
            problems.append((state, "wider than the window"))
        levels = page.evaluate(HEADINGS)
        if levels[:1] != [1] or levels.count(1) != 1 or skipped_levels(levels):
            problems.append((state, f"headings out of order: {levels}"))

    page.goto(edit_path(case))
    look("closed")
    open_row(page, key)
    look("open")
    page.fill(f"#{key}-when", "3 days after Xyzzy")
    expect(page.locator(f"#{key}-preview")).to_contain_text("Not saved")
    look("asked")
    page.fill(f"#{key}-when", "3 days after hepatic artery embolisation")
    wait_until_saved(page)
    look("saved")
    page.locator(".adders a >> text=Pathology").click()
    page.wait_for_selector("li[data-new] form")
    look("new row")
    page.locator(".history summary").click()
    look("history")
    page.goto("/cases/new/")
    look("new case")
    page.click("text=Begin the draft")
    look("refused case")
    assert problems == []


@pytest.mark.parametrize("width", [1240, 390])
def test_tab_reaches_every_control_and_leaves_again(open_page, live_server, width):
    course = make_course()
    page = open_page("/healthz", width=width)
    sign_in(page, live_server.url)
    page.goto(edit_path(course))
    open_row(page, key_of(course, "TACE"))
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.evaluate("document.querySelector('.skip-link').focus()")
    count = page.evaluate(NUMBER_CONTROLS)
    reached, unseen = {"0"}, []
    for _ in range(count + 10):  # a date has a stop for each of its parts
        page.keyboard.press("Tab")
        at = page.evaluate(AT)
        if at is None:
            break
        reached.add(at["stop"])
        if not at["outlined"]:
            unseen.append(at["html"])
    assert set(map(str, range(count))) - reached == set()
    assert unseen == []
    assert page.evaluate("document.activeElement === document.body")
