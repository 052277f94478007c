"""A real browser against a real server. Chromium comes with the system, not with Playwright."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000
"""Milliseconds that a page has for what is expected of it: the machine may be busy."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = next((found for name in NAMES if (found := shutil.which(name))), None)
    if executable is None:
        pytest.fail("Install Chromium (on Debian: apt-get install chromium), or run `make test`.")
    # Playwright's synchronous interface keeps an event loop running in this thread, in which
    # Django would refuse to use the database; no coroutine of ours is there to be harmed.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    connected = connections["default"]
    with sync_playwright() as playwright:
        # Beside an event loop Django makes a connection of its own. That one would not know what
        # migrations wrote, for this worker's later tests either: the groups would be gone.
        connections["default"] = connected
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`open_page("/cases/", width=390, scheme="dark")`: the page, in a session of its own.

    What the page logs as an error, and a request for another host, fail the test at its end.
    """
    contexts = []
    troubles: list[str] = []

    def note_request(request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            troubles.append(f"asked another host: {request.url}")

    def open_page(path: str = "/", *, width: int = 1240, scheme: str = "light") -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", note_request)
        page.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
