"""Identifying text looked at in a real browser, by keyboard alone; and axe on its page."""

from __future__ import annotations

from typing import Any

import pytest

from patients.models import Case, Clearing
from tests import make
from tests.browser.test_accessibility import HEADINGS, OVERFLOW, skipped_levels, violations
from tests.browser.test_duplicates import signed_in, tab_to

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SUMMARY = (
    "A 93-year-old woman from Munich was seen by Dr Adler on 12 May 2016 at Hillside General "
    "Hospital (MRN 5520193). 患者于2016年5月12日转入北京协和医院。She was well a year later."
)


@pytest.fixture
def case() -> Case:
    case = make.make_case(title="A liver mass", summary=SUMMARY)
    make.make_event(case, category="imaging", label="MRI", detail="Read by Prof. Weiss.")
    return case


def page_of(case: Case) -> str:
    return f"/cases/{case.accession}/identifying/"


def test_a_finding_is_cleared_and_taken_back_by_keyboard(open_page: Any, case: Case) -> None:
    page = open_page("/cases/")
    signed_in(page, page_of(case))
    tab_to(page, "input[name^=reason-]")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clear/")
    assert "Say why this may stand" in page.inner_text(".error-summary")

    tab_to(page, "input[name^=reason-]")
    page.keyboard.type("Told as in the printed report")
    page.keyboard.press("Enter")  # clears what has a reason, not the first of all
    page.wait_for_url(f"**{page_of(case)}")
    assert Clearing.objects.get().reason == "Told as in the printed report"

    tab_to(page, "form[action*=take-back] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("summary:has-text('Taken back (1)')")
    assert Clearing.objects.get().undone_at is not None


def test_advice_stands_beside_the_field_that_it_is_about(open_page: Any, case: Case) -> None:
    page = open_page("/cases/")
    event = case.events.get()
    signed_in(page, f"/cases/{case.accession}/edit/?open=event-{event.public_id}")
    detail = page.locator(f"#event-{event.public_id}-detail")
    described = detail.get_attribute("aria-describedby").split(" ")
    told = page.inner_text(f"#{described[-1]}")
    assert told == "Name of a person? “Prof. Weiss” may identify the patient."
    detail.fill("Read by somebody in Osaka.")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=“Osaka” may identify the patient")
    assert "Some words may identify the patient" in page.inner_text("#save-status")
    detail.fill("Read by somebody.")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=may identify the patient", state="detached")


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Any, case: Case, width: int, scheme: str) -> None:
    page = open_page("/cases/", width=width, scheme=scheme)
    signed_in(page, page_of(case))
    page.locator("input[name^=reason-]").first.fill("Told as in the printed report")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[action*=take-back]")
    page.get_by_role("button", name="Clear this one").first.click()
    page.wait_for_selector(".error-summary")
    assert violations(page) == []
    assert skipped_levels(page.evaluate(HEADINGS)) == []
    assert page.evaluate(OVERFLOW) <= 0

    event = case.events.get()
    page.goto(f"/cases/{case.accession}/edit/?open=event-{event.public_id}")
    assert violations(page) == []
