"""A walk with the Tab key reaches every link and control, and shows where it is."""

import pytest

from tests.browser.site import every_page, load_demo

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# The raised numbers of the figure are left out: the events table below has the same links.
NUMBER_CONTROLS = """() => {
  const controls = document.querySelectorAll(
    'a[href]:not([tabindex="-1"]), button, input:not([type=hidden]), select, textarea, '
    + 'summary, [tabindex="0"]');
  const shown = [...controls].filter(
    c => !c.disabled && c.checkVisibility({visibilityProperty: true}));
  shown.forEach((c, n) => c.dataset.stop = n);
  return shown.length;
}"""
AT = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  return {stop: at.dataset.stop ?? null, html: at.outerHTML.slice(0, 120),
          outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2};
}"""


@pytest.mark.parametrize("width", [1240, 390])
def test_every_link_and_control_is_reached(open_page, width):
    load_demo()
    page = open_page("/", width=width)
    problems = []
    for path in every_page():
        page.goto(path)
        count = page.evaluate(NUMBER_CONTROLS)
        reached = []
        for _ in range(count + 2):  # a page that focuses a field itself is left and begun anew
            page.keyboard.press("Tab")
            at = page.evaluate(AT)
            if at is None:
                continue
            reached.append(at["stop"])
            if not at["outlined"]:
                problems.append((path, "focus cannot be seen", at["html"]))
        missed = set(map(str, range(count))) - set(reached)
        if missed:
            problems.append((path, f"{len(missed)} of {count} are not reached", sorted(missed)[:5]))
    assert problems == []


def test_skip_link_leads_past_the_navigation(open_page):
    load_demo()
    page = open_page("/cases/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_case_is_found_and_read_with_the_keyboard_alone(open_page):
    load_demo()
    page = open_page("/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("octreotide rivaroxaban")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/?q=octreotide+rivaroxaban")
    result = page.locator(".case-row a").first
    result.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/CB-*/")
    assert "for a total of 3 days" in page.locator(".timeline-table").inner_text()
