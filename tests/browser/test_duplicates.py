"""Duplicates decided in a real browser, by keyboard alone; and axe on every page of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from literature.actions import merging
from literature.models import DuplicatePair, Merge, Reference, SourceText
from tests import make
from tests.browser.test_accessibility import HEADINGS, OVERFLOW, skipped_levels, violations

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def pair() -> DuplicatePair:
    first = make.make_reference({"title": "A work on veins", "DOI": "10.5555/a"})
    second = make.make_reference({"title": "A Work on Veins.", "PMID": "77"})
    for reference, words in ((first, "One wording."), (second, "Another wording.")):
        SourceText.objects.create(
            reference=reference, language="en", depth="abstract", licence="CC0", text=words
        )
    return make.make_duplicate_pair(first, second)


def signed_in(page: Page, path: str) -> None:
    client = Client()
    # After a test that committed the roles may be gone, and an account of all rights needs none.
    client.force_login(make.make_user(is_superuser=True))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": page.url}])
    page.goto(path)


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Presses Tab until what fits `selector` has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} is not reached by Tab")


def test_two_records_are_merged_and_taken_apart_by_keyboard(
    open_page: Any, pair: DuplicatePair
) -> None:
    page = open_page("/references/")
    signed_in(page, "/references/duplicates/")
    tab_to(page, ".pair-link a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/duplicates/*/*/")

    tab_to(page, ".decision-block button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/merge/")
    assert "Choose which one stays" in page.inner_text(".error-summary")

    tab_to(page, "input[name^='pick:sourcetext']")
    page.keyboard.press("ArrowDown")  # the first press picks the other one: none was picked
    tab_to(page, ".decision-block button")
    page.keyboard.press("Enter")
    page.get_by_text("Merged:").wait_for()
    assert Reference.objects.count() == 1
    assert SourceText.objects.get().text == "Another wording."

    page.goto("/references/duplicates/merged/")
    tab_to(page, ".pair-rows button")
    page.keyboard.press("Enter")
    page.get_by_text("a record of its own again").wait_for()
    assert Reference.objects.count() == 2
    assert Merge.objects.get().kept is None


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(
    open_page: Any, pair: DuplicatePair, width: int, scheme: str
) -> None:
    kept, gone = make.make_reference(), make.make_reference()
    merging.merge(kept=kept, gone=gone, csl=kept.csl, by=None)
    make.make_duplicate_pair(likeness="same", reason="All the same.")
    page = open_page("/references/", width=width, scheme=scheme)
    signed_in(page, "/references/")
    problems = []
    for path in (
        "/references/duplicates/",
        "/references/duplicates/?state=distinct",
        f"/references/duplicates/{pair.first.public_id}/{pair.second.public_id}/",
        "/references/duplicates/compare/?a=x&b=y",
        "/references/duplicates/merged/",
    ):
        page.goto(path)
        problems += [(path, *found) for found in violations(page)]
        if page.evaluate(OVERFLOW):
            problems.append((path, "wider than the window"))
        levels = page.evaluate(HEADINGS)
        if levels.count(1) != 1 or skipped_levels(levels):
            problems.append((path, f"headings out of order: {levels}"))
    assert problems == []
