"""axe on every page, light and dark, wide and narrow; and what axe cannot see."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.site import every_page, load_demo

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))"


def violations(page):
    answer = Axe().run(page, options={"runOnly": STANDARDS}).response
    return [
        (found["id"], found["nodes"][0]["html"][:200]) for found in answer["violations"]
    ]  # fmt: skip


def skipped_levels(levels):
    return [pair for pair in zip(levels, levels[1:], strict=False) if pair[1] > pair[0] + 1]


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page(open_page, width, scheme):
    load_demo()
    page = open_page("/", width=width, scheme=scheme)
    problems = []
    for path in every_page():
        page.goto(path)
        problems += [(path, *found) for found in violations(page)]
        if page.evaluate(OVERFLOW):
            problems.append((path, "wider than the window"))
        levels = page.evaluate(HEADINGS)
        if levels[:1] != [1] or levels.count(1) != 1 or skipped_levels(levels):
            problems.append((path, f"headings out of order: {levels}"))
        if page.locator("script:not([src])").count():
            problems.append((path, "has a script within the page"))
    assert problems == []
