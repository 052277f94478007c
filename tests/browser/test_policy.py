"""A real browser under the policy: nothing that the pages need is refused, and what is injected
does not run."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
REFUSALS = """
    window.refused = [];
    addEventListener('securitypolicyviolation',
        event => refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


@pytest.fixture
def watched(browser, live_server):
    """Makes pages that collect what their policy refuses, signed in as `user` if given."""
    opened = []

    def page(user=None):
        context = browser.new_context(base_url=live_server.url)
        context.add_init_script(REFUSALS)
        if user is not None:
            client = Client()
            client.force_login(user)
            value = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        opened.append(context)
        return context.new_page()

    yield page
    for context in opened:
        context.close()


def test_nothing_that_a_page_needs_is_refused(watched):
    case = make.make_published_case()
    curator = make.make_user("curator")
    asked = [
        (None, "/"), (None, f"/cases/{case.accession}/"), (None, "/cases/"), (None, "/api/docs/"),
        (curator, f"/cases/{case.accession}/"), (curator, f"/cases/{case.accession}/edit/"),
        (curator, "/references/add/"), (curator, "/accounts/2fa/webauthn/add/"),
        (curator, f"/cases/{case.accession}/timeline.svg"),
        (curator, "/admin/patients/term/add/"),
    ]  # fmt: skip
    refused = {}
    for user, path in asked:
        page = watched(user)
        page.goto(path, wait_until="load")
        if path == "/api/docs/":
            page.wait_for_selector("#operations-cases-cases_list")
        if found := page.evaluate("window.refused || []"):
            refused[path] = found
    assert refused == {}


@pytest.mark.parametrize("signed_in", [False, True])
def test_what_is_injected_does_not_run(watched, signed_in):
    """Inline, by an attribute, from elsewhere; and by a file of ours too where scripts have a
    nonce."""
    case = make.make_published_case()
    page = watched(make.make_user() if signed_in else None)
    page.goto(f"/cases/{case.accession}/", wait_until="load")
    page.evaluate("""() => {
        const inline = document.createElement('script');
        inline.textContent = 'window.ran = "inline"';
        document.body.append(inline);
        document.body.insertAdjacentHTML('beforeend',
            '<img src="/nothing.png" onerror="window.ran = \\'attribute\\'">' +
            '<p id="dressed" style="color: rgb(1, 2, 3)">x</p>');
        const foreign = document.createElement('script');
        foreign.src = 'http://127.0.0.2:9/evil.js';
        document.body.append(foreign);
    }""")
    page.wait_for_function("window.refused.length >= 4")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(dressed).color") != "rgb(1, 2, 3)"
