"""The timeline figure in a browser: keyboard stops, details, step keys, no script at all."""

import pytest

from patients.models import Case
from tests.browser.site import SEED_CASE, load_demo

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PATH = f"/cases/{SEED_CASE}/"
SHOWN_STOPS = """() => [...document.querySelectorAll('.figure-box a')]
  .filter(a => a.tabIndex >= 0 && a.getClientRects().length).length"""
FOCUSED = "() => document.activeElement.getAttribute('href')"
COVERED = """() => {
  const drawn = [...document.querySelectorAll('.figure-box svg')];
  const texts = drawn.find(s => s.getClientRects().length).querySelectorAll('text');
  const boxes = [...texts].map(t => [t.getBoundingClientRect(), t.textContent]);
  const found = [];
  boxes.forEach(([a, one], n) => boxes.slice(n + 1).forEach(([b, two]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1.5 && high > 5) found.push([one, two, wide, high]);
  }));
  return found;
}"""


@pytest.mark.parametrize("width", [1240, 390])
def test_stops_are_as_many_as_events_in_their_order(open_page, width):
    load_demo()
    page = open_page(PATH, width=width)
    events = page.locator("tbody.event").count()
    assert events == Case.objects.get(accession=SEED_CASE).events.count()
    assert page.evaluate(SHOWN_STOPS) == events
    first = page.locator(".figure-box a.e:visible").first
    first.focus()
    rows = [f"#{row.get_attribute('id')}" for row in page.locator("tbody.event").all()]
    seen = []
    for _ in rows:
        seen.append(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
    assert seen == rows


def test_every_mark_has_a_spoken_name(open_page):
    load_demo()
    page = open_page(PATH)
    mark = page.get_by_role("link", name="Right lobe hepatectomy. Surgery")
    assert mark.count() == 1
    assert "References" in mark.get_attribute("aria-label")


def test_j_and_k_step_and_can_be_switched_off(open_page):
    load_demo()
    page = open_page(PATH)
    page.keyboard.press("j")
    first = page.evaluate(FOCUSED)
    page.keyboard.press("j")
    second = page.evaluate(FOCUSED)
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED) == first != second
    page.get_by_role("button", name="Keys j and k").click()
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) is None
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) is None


def test_focus_and_hover_show_details_without_leaving(open_page):
    load_demo()
    page = open_page(PATH)
    page.keyboard.press("j")
    card = page.locator(".event-card")
    assert "Chronic hepatitis C" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    page.locator(".figure-box a.e:visible", has_text="Rivaroxaban, 20 mg").hover()
    assert "20 mg" in card.inner_text()
    assert page.url.endswith(PATH)


@pytest.mark.parametrize("width", [1240, 390])
def test_no_text_covers_another_in_any_demo_case(open_page, width):
    load_demo()
    page = open_page("/", width=width)
    covered = {}
    for case in Case.objects.all():
        page.goto(case.get_absolute_url())
        if found := page.evaluate(COVERED):
            covered[case.accession] = found
    assert covered == {}


def test_the_figure_works_without_javascript(browser, live_server):
    load_demo()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{PATH}?axis=linear&lanes=imaging,drug")
    assert page.locator(".figure-box a.e:visible", has_text="Rivaroxaban, 20 mg").count() == 1
    assert page.locator(".figure-box a.e:visible", has_text="hepatectomy").count() == 0
    page.locator(".figure-box a.e:visible", has_text="Rivaroxaban, 20 mg").focus()
    page.keyboard.press("Enter")
    assert "#event-" in page.url
    context.close()
