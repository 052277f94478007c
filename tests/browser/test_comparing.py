"""The comparison in a browser: the seed case beside others, by keyboard, narrow, dark, printed."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html

from patients.actions import cases
from patients.models import Case
from patients.vocabulary import Category
from tests import make
from tests.browser.site import SEED_CASE, load_demo
from tests.browser.test_accessibility import OVERFLOW, STANDARDS

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
OTHERS = ("CB-TDF358P", "CB-C7KW203", "CB-AB5NFBR", "CB-F7X0DRY")
QUERY = "&".join(f"case={name}" for name in (SEED_CASE, *OTHERS)) + "&align=treatment"
PATH = f"/cases/compare/?{QUERY}"
SHOWN_EVENTS = """() => [...document.querySelectorAll('.compare-figure a.e[href*="#event-"]')]
  .filter(a => a.getClientRects().length).length"""
COVERED = """() => [...document.querySelectorAll('.compare-figure svg')]
  .filter(svg => svg.getClientRects().length).flatMap(svg => {
    const boxes = [...svg.querySelectorAll('text')]
      .map(t => [t.getBoundingClientRect(), t.textContent]);
    return boxes.flatMap(([a, one], n) => boxes.slice(n + 1).filter(([b]) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5).map(([b, two]) => [one, two]));
  })"""
"""Words of the figure that cover others, as they are drawn."""


def events_of(*accessions):
    return sum(Case.objects.get(accession=name).events.count() for name in accessions)


def anchors_of(page, accession):
    """The ids that there are on the page of a case."""
    answer = page.request.get(f"/cases/{accession}/")
    return set(html.fromstring(answer.text()).xpath("//@id"))


def plain_page(browser, live_server, **told):
    """A page without JavaScript."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, **told)
    return context.new_page()


def published_with_an_open_vein():
    case = make.make_case(title="A course with open veins")
    make.make_source(case)
    make.make_event(case, day=0, is_index=True, label="Mass found")
    make.make_event(case, day=30, category=Category.SURGERY, label="Resection")
    scan = make.make_event(case, day=90, category=Category.IMAGING, label="CT")
    make.make_finding(scan, patency="patent")
    cases.publish(case=case, by=None)
    return case


def test_the_seed_case_stands_beside_others_aligned_on_the_first_treatment(open_page):
    load_demo()
    other = published_with_an_open_vein()
    page = open_page(f"{PATH}&case={other.accession}")
    assert page.locator(".compare-figure svg:visible").count() == 8  # axis, six cases, legend
    assert page.evaluate(SHOWN_EVENTS) == events_of(SEED_CASE, *OTHERS, other.accession)
    anchors = page.locator(".compare-figure a.here:visible").all()
    assert len(anchors) == 6
    veins = page.locator("table.compare tr", has=page.locator("th", has_text="Veins"))
    assert veins.locator("strong", has_text="No.").count() == 1
    assert veins.locator(".not-reported").count() >= 1


def test_every_link_of_figure_and_table_leads_to_something_that_is_there(open_page):
    load_demo()
    page = open_page(PATH)
    links = page.locator("table.compare a, .compare-figure a").evaluate_all(
        "links => links.map(a => a.getAttribute('href'))"
    )
    targets = [re.fullmatch(r"/cases/(CB-\w{7})/(?:#(.+))?", link) for link in links]
    found = {accession: anchors_of(page, accession) for accession in (SEED_CASE, *OTHERS)}
    to_cases = [match for match in targets if match is not None]
    assert len(to_cases) > 150
    assert [match[0] for match in to_cases if match[2] and match[2] not in found[match[1]]] == []
    here = set(html.fromstring(page.content()).xpath("//@id"))
    assert {link[1:] for link in links if link.startswith("#")} <= here


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_the_page_fits(open_page, width, scheme):
    load_demo()
    page = open_page(PATH, width=width, scheme=scheme)
    answer = Axe().run(page, options={"runOnly": STANDARDS}).response
    assert [(row["id"], row["nodes"][0]["html"][:200]) for row in answer["violations"]] == []
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(SHOWN_EVENTS) == events_of(SEED_CASE, *OTHERS)
    assert page.evaluate(COVERED) == []


def test_by_keyboard_and_without_script_from_the_list_to_an_event(browser, live_server):
    load_demo()
    page = plain_page(browser, live_server, viewport={"width": 390, "height": 800})
    page.goto("/cases/")
    for box in page.locator('input[name="case"]').all()[:3]:
        box.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/compare/**")
    page.get_by_label("Lay the courses upon").select_option("day-0")
    page.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**align=day-0**")
    page.locator('.compare-narrow a.e[href*="#event-"]').first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/CB-\w{7}/#event-\w+"))
    page.context.close()


def test_printed_it_is_figure_table_and_references_without_controls(open_page):
    load_demo()
    page = open_page(PATH)
    page.emulate_media(media="print")
    for shown in (".compare-figure .figure-box", "table.compare", ".compare-references",
                  ".compare-address"):  # fmt: skip
        assert page.locator(shown).is_visible(), shown
    for hidden in (".compare-choice", ".compare-save", ".compare-narrow", ".compare-files",
                   ".compare-drop"):  # fmt: skip
        assert not page.locator(hidden).first.is_visible(), hidden
    assert "version 1 of" in page.locator(".compare-states").inner_text()
    printed = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert sizes
    assert all(round(float(wide)) == 842 and round(float(high)) == 595 for wide, high in sizes)


def test_saved_renamed_and_deleted_without_script(browser, live_server):
    load_demo()
    user = make.make_user(username="keeper")
    page = plain_page(browser, live_server)
    page.goto(f"/accounts/login/?next=/cases/compare/%3F{QUERY.replace('&', '%26')}")
    page.get_by_label("User name").fill(user.username)
    page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/compare/**")
    page.get_by_label("Name", exact=True).fill("Beside the seed")
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=**")
    page.get_by_label("New name of “Beside the seed”").fill("First treatments")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comparisons/")
    page.get_by_role("link", name="First treatments").click()
    page.wait_for_url("**/cases/compare/**")
    page.get_by_role("button", name="Delete First treatments").click()
    page.wait_for_url("**/comparisons/")
    assert "You have saved none." in page.content()
    page.context.close()


def test_the_list_of_saved_ones_is_looked_at_by_axe(open_page, client, live_server):
    user = make.make_user()
    user.saved_comparisons.create(name="Mine", accessions=["CB-1111111", "CB-2222222"])
    client.force_login(user)
    page = open_page("/", width=390)
    page.context.add_cookies([
        {"name": name, "value": morsel.value, "url": live_server.url}
        for name, morsel in client.cookies.items()
    ])  # fmt: skip
    page.goto("/comparisons/")
    page.get_by_text("Rename or delete").click()
    answer = Axe().run(page, options={"runOnly": STANDARDS}).response
    assert answer["violations"] == []
    assert page.evaluate(OVERFLOW) == 0
