"""From a correction proposed to a new version, with the keyboard alone; and axe on every page of
proposals."""

from __future__ import annotations

import pytest

from patients.actions import cases, edits, revisions
from patients.models import Case, Citation, Revision
from tests import make
from tests.browser.site import SEED_CASE, load_demo
from tests.browser.test_accessibility import HEADINGS, OVERFLOW, skipped_levels, violations
from tests.browser.test_citing import sign_in, tab_to
from tests.patients.revising import change_event, make_proposal, submit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def press(page, words: str) -> None:
    """Goes to a link or button by its words and presses it."""
    tab_to(page, words)
    page.keyboard.press("Enter")


def type_into(page, words: str, text: str) -> None:
    tab_to(page, words)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def seed() -> Case:
    load_demo()
    return Case.objects.get(accession=SEED_CASE)


def propose_correction(page, case: Case, event) -> Revision:
    """In the editor: another label and more words for one event, saved as they are typed."""
    page.goto(case.get_absolute_url())
    press(page, "Propose a change")
    page.wait_for_url("**/propose/")
    press(page, "Begin a proposal")
    page.wait_for_url("**/propose/*/")
    page.goto(f"{page.url}?open=event-{event.public_id}")
    type_into(page, "What happened", "A first scan, worded anew")
    type_into(page, "In more words", "Seen on every phase.")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    page.get_by_text("All changes are saved.").wait_for()
    press(page, "Look at it and hand it in")
    page.wait_for_url("**/curation/*/")
    type_into(page, "What should change, and why", "The report words it so.")
    press(page, "Hand in")
    page.get_by_text("Handed in. A curator will look at it.").wait_for()
    return Revision.objects.get(case=case, state="submitted", kind="correction")


def propose_citation(page, case: Case, event, study) -> Revision:
    page.goto(f"/cases/{case.accession}/events/{event.public_id}/cite/"
              f"?reference={study.public_id}&role=supports")  # fmt: skip
    type_into(page, "Why it is cited here", "It found the same.")
    press(page, "Propose the citation")
    page.get_by_text("Proposed: a curator looks at it first.").wait_for()
    return Revision.objects.get(case=case, state="submitted", kind="citation")


def test_a_correction_and_a_citation_go_from_a_researcher_to_readers(open_page):
    case = seed()
    event = case.events.filter(category="imaging").order_by("position").first()
    study = make.make_reference({"title": "A study of the same"})
    old_label, old_detail = event.label, event.detail
    researcher, curator = make.make_user("researcher"), make.make_user("curator")
    page = open_page("/")
    sign_in(page, researcher)
    correction = propose_correction(page, case, event)
    citation = propose_citation(page, case, event, study)
    event.refresh_from_db()
    assert (event.label, event.detail) == (old_label, old_detail)

    page = open_page("/")
    sign_in(page, curator)
    page.goto("/curation/")
    press(page, f"Correction: {case.title}")
    page.wait_for_url(f"**/curation/{correction.public_id}/")
    assert page.locator(".sides svg").count() == 2
    assert page.get_by_text("A first scan, worded anew").count() >= 1
    tab_to(page, "In more words")
    page.keyboard.press("Space")
    type_into(page, "Reason or question", "The report does not say so.")
    press(page, "Accept what is ticked")
    page.get_by_text("Accepted in part.").wait_for()
    event.refresh_from_db()
    assert (event.label, event.detail) == ("A first scan, worded anew", old_detail)

    page.goto("/curation/")
    tab_to(page, "Accept this: Citation")
    page.keyboard.press("Space")
    press(page, "Accept what is ticked")
    page.get_by_text("Accepted: 1 proposal.").wait_for()
    assert Citation.objects.filter(event=event, reference=study).exists()
    citation.refresh_from_db()
    assert citation.decided_by == curator
    page.goto(f"/cases/{case.accession}/edit/")
    assert f"Accepted from {researcher}" in page.locator("#history").text_content()


def test_the_author_finds_the_answer_and_cannot_accept_their_own(open_page):
    case = make.make_published_case()
    author = make.make_user("curator")
    revision = submit(change_event(make_proposal(case, author), label="Another scan"))
    revisions.comment(revision=revision, text="Which page?", by=make.make_user("curator"))
    page = open_page("/")
    sign_in(page, author)
    press(page, "1 new")
    page.wait_for_url("**/curation/notifications/")
    press(page, "Which page?")
    page.wait_for_url(f"**/curation/{revision.public_id}/")
    assert page.get_by_text("somebody else decides it").count() == 1
    assert page.locator("#accept").count() == 0


def every_page() -> tuple[dict[str, list[str]], dict[str, object]]:
    """Addresses by role, and who signs in for it."""
    case = make.make_published_case(title="A case that is proposed on")
    researcher, curator = make.make_user("researcher"), make.make_user("curator")
    draft = change_event(make_proposal(case, researcher), label="Another scan")
    waiting = submit(
        change_event(make_proposal(case, researcher), 1, label="A later scan", detail="In words.")
    )
    conflict = submit(change_event(make_proposal(case, researcher), 2, label="A third scan"))
    event = case.events.get(pk=conflict.changes[0]["pk"])
    event.label = "Changed by a curator meanwhile"
    edits.save_rows(case=case, rows=[event], words="Changed", by=None)
    cases.publish(case=case, by=None)
    revisions.comment(revision=waiting, text="Which page is it on?", by=curator)
    pages = {
        "researcher": [
            f"/cases/{case.accession}/propose/",
            f"/cases/{case.accession}/propose/{draft.public_id}/",
            f"/curation/{draft.public_id}/", "/curation/mine/", "/curation/notifications/",
            "/cases/new/",
        ],
        "curator": [
            "/curation/", "/curation/?who=mine", f"/curation/{waiting.public_id}/",
            f"/curation/{conflict.public_id}/",
        ],
    }  # fmt: skip
    return pages, {"researcher": researcher, "curator": curator}


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_runs_out_of_the_page(open_page, width, scheme):
    pages, people = every_page()
    problems = []
    for role, paths in pages.items():
        page = open_page("/", width=width, scheme=scheme)
        sign_in(page, people[role])
        for path in paths:
            page.goto(path)
            problems += [(path, found) for found in violations(page)]
            if page.evaluate(OVERFLOW):
                problems.append((path, "runs out of the page", ""))
            if skipped_levels(page.evaluate(HEADINGS)):
                problems.append((path, "skips a level of headings", ""))
    assert problems == []
