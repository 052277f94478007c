"""The pages of history: axe, both widths and schemes, and taking back with the keyboard alone."""

from __future__ import annotations

import pytest

from literature.history import acting
from literature.models import Change
from patients.models import Event
from tests import make
from tests.browser.editing import make_editor, sign_in
from tests.browser.test_accessibility import OVERFLOW, violations

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def changed_event() -> Event:
    case = make.make_case(title="A case with a history")
    event = make.make_event(case, 3, label="The right name of it")
    make.make_citation(event)
    with acting(reason="A slip"):
        Event.objects.filter(pk=event.pk).update(label="The wrong name of it")
    return event


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page(open_page, live_server, width, scheme) -> None:
    event = changed_event()
    history = f"{event.case.get_absolute_url()}history/"
    number = Change.objects.filter(reason="A slip")[0].pk
    page = open_page("/", width=width, scheme=scheme)
    make_editor()
    sign_in(page, live_server.url)
    problems = []
    for path in (history, "/history/", f"{history}{number}/take-back/"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        problems += [(path, found) for found in violations(page)]
        if page.evaluate(OVERFLOW):
            problems.append((path, "wider than the window"))
    assert problems == []


def test_with_the_keyboard_alone(open_page, live_server) -> None:
    event = changed_event()
    page = open_page("/")
    make_editor()
    sign_in(page, live_server.url)
    page.goto(f"{event.case.get_absolute_url()}history/")
    page.get_by_role("link", name="Take back").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/take-back/")
    page.get_by_label("Why it is taken back").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Say why it is taken back.").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("The report says otherwise")
    page.keyboard.press("Enter")
    page.get_by_text("The change was taken back").wait_for()
    assert "The change was taken back" in page.inner_text("main")
    event.refresh_from_db()
    assert event.label == "The right name of it"
    assert "Taken back: The report says otherwise" in page.inner_text("main")
