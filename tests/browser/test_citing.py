"""A study tied to the embolisation of the demo's case with the keyboard alone, its quote verified;
and every page of citing and of texts looked at by axe."""

from __future__ import annotations

import pytest

from literature.models import Reference
from patients.models import Case, Citation, Revision
from tests import make
from tests.browser.site import SEED_CASE, SEED_REPORT, load_demo
from tests.browser.test_accessibility import HEADINGS, OVERFLOW, skipped_levels, violations
from tests.make import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WORDS = "After embol-\nisation, the “steal” through the shunt fell in nine of twelve patients."
QUOTE = "embolisation, the 'steal' through the shunt fell in nine of twelve"


def sign_in(page, user):
    page.goto("/accounts/login/")
    page.get_by_label("User name").fill(user.get_username())
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".sign-out")


def tab_to(page, words: str, *, most: int = 400) -> None:
    """Presses Tab until what has the focus is named so."""
    named = """() => {
      const at = document.activeElement;
      if (at.matches('body, main')) return '';
      const label = at.labels && at.labels.length ? at.labels[0].textContent : '';
      return (at.getAttribute('aria-label') || label || at.textContent || '').trim();
    }"""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in page.evaluate(named):
            return
    pytest.fail(f"The keyboard does not reach “{words}”.")


def embolisation() -> object:
    case = Case.objects.get(accession=SEED_CASE)
    return case.events.filter(term__display__icontains="embolisation").first() or (
        case.events.filter(label__icontains="embol").first()
    )


def test_a_study_is_cited_for_the_embolisation_with_the_keyboard_alone(open_page):
    load_demo()
    study = Reference.objects.exclude(doi=SEED_REPORT).order_by("pk").first()
    make.make_text(study, WORDS, depth="full_text")
    event = embolisation()
    page = open_page("/")
    sign_in(page, make.make_user("researcher"))
    page.goto(f"/cases/{SEED_CASE}/")
    tab_to(page, f"Cite a study for {event.label}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cite/")
    tab_to(page, "Find the study in the library")
    page.keyboard.type(study.doi or study.title)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cite/?q=*")
    tab_to(page, study.title[:40])
    page.keyboard.press("Enter")
    page.wait_for_url("**/cite/?reference=*")
    tab_to(page, "Supports")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**role=supports")
    tab_to(page, "The exact words")
    page.keyboard.type(QUOTE)
    tab_to(page, "Why it is cited here")
    page.keyboard.type("It measured the same.")
    tab_to(page, "Check the quote")
    page.keyboard.press("Enter")
    page.wait_for_selector("#checked")
    assert "verified in the full text" in page.locator("#checked").inner_text()
    assert page.locator("#checked mark").inner_text().startswith("embol")
    tab_to(page, "Propose the citation")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{SEED_CASE}/#event-{event.public_id}")
    told = "Proposed: a curator looks at it first. The quote is verified."
    assert told in page.locator("main").inner_text()
    assert not Citation.objects.filter(event=event, reference=study, quote=QUOTE).exists()
    proposal = Revision.objects.get(case__accession=SEED_CASE, state="submitted")
    tab_to(page, "Take it back")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Withdrawn.")
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


def pages_of_citing() -> list[str]:
    event = embolisation()
    study = Reference.objects.exclude(doi=SEED_REPORT).order_by("pk").first()
    make.make_text(study, WORDS, depth="full_text")
    make.make_text(study, WORDS, licence="Not known", shown_as="held")
    cite = f"/cases/{SEED_CASE}/events/{event.public_id}/cite/"
    chosen = f"reference={study.public_id}"
    texts = f"/references/{study.public_id}/texts"
    return [
        cite, f"{cite}?q=liver", f"{cite}?q=nothinglikethis", f"{cite}?{chosen}",
        f"{cite}?{chosen}&role=supports", f"/cases/cite/?{chosen}",
        f"/cases/cite/?{chosen}&case={SEED_CASE}", f"{texts}/add/", f"{texts}/full_text/en/",
        f"{texts}/full_text/en/remove/", f"/references/{study.public_id}/",
        f"/cases/{SEED_CASE}/",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_citing(open_page, width, scheme):
    load_demo()
    page = open_page("/", width=width, scheme=scheme)
    sign_in(page, make.make_user("curator"))
    problems = []
    for path in pages_of_citing():
        page.goto(path)
        problems += [(path, *found) for found in violations(page)]
        if page.evaluate(OVERFLOW):
            problems.append((path, "wider than the window"))
        levels = page.evaluate(HEADINGS)
        if levels[:1] != [1] or levels.count(1) != 1 or skipped_levels(levels):
            problems.append((path, f"headings out of order: {levels}"))
    assert problems == []


def test_a_check_that_finds_nothing_and_a_refusal_pass_axe_too(open_page):
    load_demo()
    paths = pages_of_citing()
    page = open_page("/", width=390)
    sign_in(page, make.make_user("researcher"))
    page.goto(paths[4])
    page.get_by_label("The exact words").fill("embolisation, the 'steal' through the shunt rose")
    page.get_by_role("button", name="Check the quote").click()
    assert violations(page) == []
    page.get_by_label("Where in it").evaluate("field => field.removeAttribute('maxlength')")
    page.get_by_label("Where in it").fill("x" * 101)
    page.get_by_role("button", name="Propose the citation").click()
    assert violations(page) == []
    assert "Not saved yet" in page.locator("main").inner_text()
