"""The review page and the pages of versions: axe, both widths and schemes, the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from patients.actions import cases, publishing
from patients.care import ITEMS
from patients.models import Case
from tests import make
from tests.browser.editing import NAME, make_editor, sign_in
from tests.browser.test_accessibility import HEADINGS, OVERFLOW, skipped_levels, violations
from tests.constraints import update

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def course() -> Case:
    """Published twice, with one change that waits."""
    case = make.make_published_case(title="A course with versions", events=3)
    event = case.events.first()
    update(event, label="A scan that was worded again", detail="What it showed, told at length.")
    cases.publish(case=case, by=None)
    update(event, label="A scan worded a third time")
    make.make_event(case, 35, category="drug", label="Everolimus", dose="10", dose_unit="mg")
    return case


def troubles(page: Page) -> list[object]:
    found: list[object] = list(violations(page))
    if page.evaluate(OVERFLOW):
        found.append("wider than the window")
    levels = page.evaluate(HEADINGS)
    if levels.count(1) != 1 or skipped_levels(levels):
        found.append(f"headings out of order: {levels}")
    return found


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page(open_page, live_server, width: int, scheme: str) -> None:
    case, gone = course(), make.make_published_case()
    cases.withdraw(case=gone, by=None, reason="The authors asked for it.")
    base = case.get_absolute_url()
    page = open_page("/", width=width, scheme=scheme)
    found = []
    readers = (base, f"{base}v/1/", f"{base}v/2/", f"{base}versions/", f"{base}v/2/changes/",
               gone.get_absolute_url())  # fmt: skip
    for path in readers:
        page.goto(path)
        found += [(path, trouble) for trouble in troubles(page)]
    make_editor()
    sign_in(page, live_server.url)
    path = f"{base}publish/"
    page.goto(path)
    found += [(path, trouble) for trouble in troubles(page)]
    page.locator("#id_consent").select_option("held")
    page.get_by_role("button", name="Save the checks").click()
    found += [("refused", trouble) for trouble in troubles(page)]
    page.get_by_role("button", name="Hand in for review").click()
    found += [("handed in", trouble) for trouble in troubles(page)]
    page.get_by_role("link", name="All in review").click()
    found += [("in review", trouble) for trouble in troubles(page)]
    assert found == []


def press_to(page: Page, name: str) -> None:
    """Tabs until the control is focused that is called `name`."""
    for _ in range(200):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
        )
        if focused == name:
            return
    raise AssertionError(f"The keyboard does not reach “{name}”.")


def test_a_case_goes_to_readers_and_away_by_the_keyboard_alone(open_page, live_server) -> None:
    case = make.make_source(make.make_case(title="A course")).case
    make.make_event(case, 0, label="CT", is_index=True)
    make_editor()
    page = open_page("/")
    sign_in(page, live_server.url)
    page.goto(f"{case.get_absolute_url()}publish/")
    for label in ITEMS.values():
        press_to(page, label)
        page.keyboard.type("Pr")
    press_to(page, "What is known of consent")
    page.keyboard.type("A published report: consent")
    press_to(page, "I have looked at how many published cases are like this one")
    page.keyboard.press("Space")
    press_to(page, "Save the checks")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The checks are saved.")).to_be_visible()
    publishing.submit(case=case, by=make.make_user(is_superuser=True))
    page.reload()
    expect(page.get_by_text("8 of 8 are done.")).to_be_visible()
    press_to(page, "Publish")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Published: readers see version 1.")).to_be_visible()
    press_to(page, "Withdraw the case")
    page.keyboard.press("Enter")
    press_to(page, "Why it is withdrawn")
    page.keyboard.type("The authors asked for it.")
    press_to(page, "Withdraw")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Withdrawn: readers see when and why")).to_be_visible()
    case.refresh_from_db()
    assert (case.status, case.status_changes.first().by.username) == ("withdrawn", NAME)
