"""The pages of look-up and notices: axe, both widths and schemes, and the keyboard alone."""

from __future__ import annotations

import pytest

from literature.models import Notice, Reference
from patients.actions import cases
from tests import make
from tests.browser.editing import make_editor, sign_in
from tests.browser.test_accessibility import OVERFLOW, violations
from tests.literature.lookup.keeping import ARTICLE, keep_article, keep_retracted, switch_on
from tests.literature.lookup.services import RETRACTED

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
TITLE = (
    "Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental "
    "disorder in children"
)


def article() -> Reference:
    return make.make_reference(
        {
            "title": "An article for tests: with a subtitle",
            "DOI": ARTICLE,
            "page": "179-185",
            "issue": None,
            "container-title": "Journal of Tests",
        }
    )


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page(open_page, live_server, settings, width, scheme) -> None:
    switch_on(settings)
    keep_article()
    keep_retracted()
    reference = article()
    retracted = make.make_reference({"title": TITLE, "DOI": RETRACTED, "PMID": "9500320"})
    case = make.make_case()
    make.make_source(case)
    make.make_citation(make.make_event(case, day=0, is_index=True), retracted)
    cases.publish(case=case, by=None)
    page = open_page("/", width=width, scheme=scheme)
    make_editor()
    sign_in(page, live_server.url)
    page.goto(f"{retracted.get_absolute_url()}look-up/")
    page.get_by_role("button", name="Ask again").click()
    page.wait_for_load_state()
    notice = Notice.objects.filter(reference=retracted).first()
    problems = []
    for path in (
        f"{reference.get_absolute_url()}look-up/",
        f"{retracted.get_absolute_url()}look-up/",
        retracted.get_absolute_url(),
        f"{retracted.get_absolute_url()}notices/add/",
        f"{retracted.get_absolute_url()}notices/{notice.public_id}/withdraw/",
        "/references/",
        case.get_absolute_url(),
    ):
        page.goto(path)
        problems += [(path, *found) for found in violations(page)]
        if page.evaluate(OVERFLOW):
            problems.append((path, "wider than the window"))
    assert problems == []


def test_with_the_keyboard_alone(open_page, live_server, settings) -> None:
    switch_on(settings)
    keep_article()
    reference = article()
    page = open_page("/")
    make_editor()
    sign_in(page, live_server.url)
    page.goto(reference.get_absolute_url())
    page.get_by_role("link", name="Look up this reference").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Pages").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Take over what is ticked").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Taken over:").wait_for()
    page.get_by_text("Add a retraction or correction").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What was published").select_option("concern")
    page.get_by_label("DOI of the notice").fill("10.5555/notice")
    page.get_by_label("DOI of the notice").press("Enter")
    page.get_by_text("Noted: Expression of concern.").wait_for()
    reference.refresh_from_db()
    assert (reference.csl["issue"], reference.csl["page"]) == ("3", "179-186")
    assert Notice.objects.get().doi == "10.5555/notice"
