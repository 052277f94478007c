"""The editor in a real browser: somebody who is signed in, and a case to edit."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from patients.models import Case, Event
from tests import make
from tests.browser.site import load_demo

NAME = "editor"


def make_editor() -> None:
    """Somebody who may do everything, without a group: Playwright's event loop gives Django another
    connection, which does not know what migrations wrote and so cannot put the groups back."""
    make.make_user(username=NAME, is_superuser=True, is_staff=True)


def make_course() -> Case:
    """A scan on day 0, an embolisation on day 12, a second scan on day 40."""
    make_editor()
    case = make.make_case(title="A course to edit")
    make.make_event(case, 0, is_index=True, category="imaging", label="MRI")
    make.make_event(case, 12, category="intervention", label="TACE")
    make.make_event(case, 40, category="imaging", label="CT")
    return case


def make_seed_course(accession: str) -> Case:
    """A case of the demo, with everything a report can hold."""
    load_demo()
    make_editor()
    return Case.objects.get(accession=accession)


def sign_in(page: Page, url: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=NAME))
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": url}])


def edit_path(case: Case) -> str:
    return f"/cases/{case.accession}/edit/"


def key_of(case: Case, label: str) -> str:
    return f"event-{case.events.get(label=label).public_id}"


def open_row(page: Page, key: str) -> None:
    page.focus(f"#open-{key}")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{key}-row")


def wait_until_saved(page: Page) -> None:
    expect(page.locator("#save-status")).to_have_text("All changes are saved.")


class Traffic:
    """Requests under way: a test that ends amid one would empty the tables under it."""

    def __init__(self, page: Page) -> None:
        self.page, self.open = page, set[Any]()
        page.on("request", lambda request: self.open.add(request))
        page.on("requestfinished", lambda request: self.open.discard(request))
        page.on("requestfailed", lambda request: self.open.discard(request))

    def let_end(self) -> None:
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.goto("about:blank")
        for _ in range(100):
            if not self.open:
                return
            self.page.wait_for_timeout(50)


def status_of(page: Page) -> str:
    return page.locator("#save-status").inner_text().strip()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def stored(case: Case, **changes: Any) -> Event:
    return case.events.get(**changes)
