"""What was accepted reaches readers: identifying text is cleared first, the new version says what
changed, the old one stays, and the history tells it all. With the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from patients.actions import revisions_deciding
from patients.care import ITEMS
from tests import make
from tests.browser.test_citing import sign_in
from tests.browser.test_publishing import press_to
from tests.patients.revising import change_event, make_proposal, submit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
IDENTIFYING = "Scan read by Dr Miller"


def accepted(case, curator):
    revision = submit(change_event(make_proposal(case), label=IDENTIFYING))
    return revisions_deciding.accept(revision=revision, by=curator)


def press(page: Page, name: str) -> None:
    press_to(page, name)
    page.keyboard.press("Enter")


def check_all(page: Page) -> None:
    for label in ITEMS.values():
        press_to(page, label)
        page.keyboard.type("Pr")
    press_to(page, "What is known of consent")
    page.keyboard.type("A published report: consent")
    press_to(page, "I have looked at how many published cases are like this one")
    page.keyboard.press("Space")
    press(page, "Save the checks")
    expect(page.get_by_text("The checks are saved.")).to_be_visible()


def clear(page: Page) -> None:
    press_to(page, "Why it may stay")
    page.keyboard.type("A made-up name of a test.")
    press(page, "Clear this one")
    expect(page.get_by_text("Nothing waits.")).to_be_visible()


def test_from_an_accepted_proposal_to_the_next_version(open_page) -> None:
    case = make.make_published_case(title="A course")
    was = case.events.first().label
    first, second = make.make_user("curator"), make.make_user("curator")
    accepted(case, first)
    base = case.get_absolute_url()

    page = open_page("/")
    sign_in(page, first)
    page.goto(f"{base}publish/")
    press(page, "Hand in for review")
    expect(page.get_by_text("Handed in", exact=False).first).to_be_visible()

    page = open_page("/")
    sign_in(page, second)
    page.goto(f"{base}publish/")
    check_all(page)
    press(page, "Publish")
    expect(page.get_by_role("alert")).to_contain_text("Not published")
    assert case.versions.count() == 1
    page.goto(f"{base}identifying/")
    clear(page)
    page.goto(f"{base}publish/")
    press(page, "Publish")
    expect(page.get_by_text("Published: readers see version 2.")).to_be_visible()

    page.goto(f"{base}versions/")
    expect(page.locator("main")).to_contain_text(IDENTIFYING)
    page.goto(f"{base}v/1/")
    expect(page.locator("main")).to_contain_text(was)
    expect(page.locator("main")).not_to_contain_text(IDENTIFYING)
    page.goto(f"{base}history/")
    expect(page.locator("main")).to_contain_text(f"by {second}")
    expect(page.locator("main")).to_contain_text(IDENTIFYING)
