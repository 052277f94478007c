"""Weights are changed and two cases are decided on with the keyboard alone; axe on their pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from patients.models import SamePatientPair
from tests import make
from tests.browser.test_accessibility import OVERFLOW, violations
from tests.browser.test_citing import sign_in
from tests.browser.test_publishing import press_to
from tests.patients.likeness.world import look, make_report_of, publish_like, work

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def first_of(page: Page) -> str:
    return page.locator(".like-list h3").first.inner_text()


def test_weights_are_changed_with_the_keyboard(open_page) -> None:
    seed = publish_like("Seed", vein="portal-vein", drugs=("heparin", "octreotide"))
    publish_like("Same vein", vein="portal-vein", drugs=())
    publish_like("Same drugs", drugs=("heparin", "octreotide"))
    work()
    page = open_page(f"{seed.get_absolute_url()}like/")
    assert first_of(page) == "Same vein"
    press_to(page, "Veins and their course")
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    page.wait_for_url("**vein=0**")
    assert first_of(page) == "Same drugs"
    press_to(page, "Back to the usual weights")
    page.keyboard.press("Enter")
    page.wait_for_url("**/like/")
    assert first_of(page) == "Same vein"


def test_a_pair_is_decided_with_the_keyboard(open_page) -> None:
    make_report_of("Li")
    make_report_of("Li")
    look()
    pair = SamePatientPair.objects.get()
    problems = []
    for width, scheme in ((1240, "light"), (390, "dark")):
        page = open_page("/", width=width, scheme=scheme)
        sign_in(page, make.make_user("curator"))
        for path in ("", f"{pair.public_id}/"):
            page.goto(f"/curation/same-patient/{path}")
            problems += [(path, found) for found in violations(page)]
            if page.evaluate(OVERFLOW):
                problems.append((path, "wider than the window"))
    assert problems == []
    press_to(page, "The same patient: give both cases one patient")
    page.keyboard.press("Space")
    press_to(page, "Save the decision")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Noted: the same patient.")).to_be_visible()
    pair.refresh_from_db()
    assert pair.state == "same"


def test_weights_fold_on_a_narrow_screen_without_javascript(browser, live_server) -> None:
    seed = publish_like("Seed", vein="portal-vein", drugs=("heparin", "octreotide"))
    publish_like("Same vein", vein="portal-vein", drugs=())
    work()
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{seed.get_absolute_url()}like/?vein=many")
    weight = page.get_by_label("Veins and their course", exact=True)
    expect(page.get_by_role("alert")).to_contain_text("a whole number from 0 to 10")
    expect(weight).to_have_value("many")
    weight.fill("4")
    weight.press("Enter")
    expect(page).to_have_url(re.compile("vein=4"))
    expect(weight).to_be_hidden()
    press_to(page, "What counts")
    page.keyboard.press("Enter")
    expect(weight).to_have_value("4")
    context.close()
