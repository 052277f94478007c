"""Derived results and the CARE checklist as curators see them: axe, and the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from patients.actions import cases
from patients.models import Case
from tests import make
from tests.browser.editing import make_editor, sign_in
from tests.browser.test_publishing import press_to, troubles

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def graded() -> tuple[Case, str]:
    """A case whose report disagrees with its numbers, with a time that cannot be derived."""
    term = make.make_term()
    case = make.make_case(title="A course with a grade", diagnosis=term)
    make.make_source(case)
    event = make.make_event(
        case, 0, label="Biopsy", ki67_low=5, ki67_high=5, grade="G1", term=term
    )  # fmt: skip
    make.make_event(case, category="surgery", label="Resection", term=make.make_term())
    cases.publish(case=case, by=None)
    return case, f"who_grade.event-{event.public_id}"


def opened(page: Page) -> Page:
    for details in page.locator("section.derived details, section.care details").all():
        details.locator("summary").click()
    return page


@pytest.mark.parametrize(("width", "scheme"), [(1240, "light"), (390, "dark")])
def test_every_page(open_page, live_server, width: int, scheme: str) -> None:
    case, key = graded()
    base = case.get_absolute_url()
    page = open_page(base, width=width, scheme=scheme)
    found = [("reader", trouble) for trouble in troubles(opened(page))]
    make_editor()
    sign_in(page, live_server.url)
    for path in (base, f"{base}derived/", f"{base}derived/{key}/"):
        page.goto(path)
        found += [(path, trouble) for trouble in troubles(opened(page))]
    page.get_by_role("button", name="Set aside").click()
    found += [("refused", trouble) for trouble in troubles(page)]
    page.locator("#id_reason").fill("Counted in another area.")
    page.get_by_role("button", name="Set aside").click()
    found += [("set aside", trouble) for trouble in troubles(page)]
    page.goto(f"{base}derived/{key}/")
    found += [("to be taken back", trouble) for trouble in troubles(page)]
    assert found == []


def follow(page: Page, name: str) -> None:
    """Tabs to a link or button and presses it."""
    press_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_result_is_set_aside_and_taken_back_by_the_keyboard_alone(open_page, live_server) -> None:
    case, _ = graded()
    make_editor()
    page = open_page("/")
    sign_in(page, live_server.url)
    page.goto(case.get_absolute_url())
    follow(page, "Set results aside")
    follow(page, "Set aside: WHO grade, Biopsy")
    press_to(page, "Why the result does not fit this case")
    page.keyboard.type("Counted in another area.")
    follow(page, "Set aside")
    expect(page.get_by_text("Set aside by a curator:")).to_be_visible()
    follow(page, "Look at it, or take it back: WHO grade, Biopsy")
    follow(page, "Take back: let the result stand")
    expect(page.get_by_text("Taken back: the result stands again.")).to_be_visible()
