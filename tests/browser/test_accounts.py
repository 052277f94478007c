"""Signing in with an app, a passkey and a key, in a real browser; the pages looked at by axe."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests import make
from tests.accounts.signing_in import code_for
from tests.browser.test_accessibility import HEADINGS, OVERFLOW, skipped_levels, violations
from tests.browser.test_citing import sign_in
from tests.make import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PASSKEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
OWN = (
    "/accounts/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/", "/accounts/sessions/", "/accounts/tokens/",
    "/accounts/tokens/add/", "/accounts/roles/", "/accounts/password/change/",
)  # fmt: skip
ENTRANCE = ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/")


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def give_authenticator(page, **changes):
    """Chromium's own virtual authenticator."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {**PASSKEY, **changes}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def confirm(page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_out(page) -> None:
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_selector("text=Sign in")


@pytest.mark.usefixtures("required")
def test_an_app_is_set_up_and_asked_for_with_the_keyboard_alone(open_page):
    make.make_user("curator", username="ada")
    page = open_page("/cases/new/")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/2fa/")
    page.get_by_role("link", name="Set up an app").press("Enter")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("img.qr")
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 0
    secret = page.locator("code").inner_text()
    page.get_by_label("Code that the app shows").fill(code_for(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes/")
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    page.goto("/cases/new/")
    assert page.url.endswith("/cases/new/")
    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Code").fill(codes[0])
    page.keyboard.press("Enter")
    page.wait_for_selector(".sign-out")


@pytest.mark.usefixtures("required")
def test_a_passkey_is_added_and_signs_in_by_itself(open_page):
    user = make.make_user("curator", username="ada")
    page = open_page("/accounts/login/")
    give_authenticator(page)
    sign_in(page, user)
    page.goto("/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto("/accounts/2fa/webauthn/")
    assert "My laptop" in page.locator("tbody").inner_text()
    assert "alone" in page.locator("tbody").inner_text()
    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_selector(".sign-out")
    page.goto("/cases/new/")
    assert page.url.endswith("/cases/new/")


@pytest.mark.usefixtures("required")
def test_a_security_key_is_asked_for_beside_the_password(open_page):
    user = make.make_user("curator", username="ada")
    page = open_page("/accounts/login/")
    give_authenticator(page, transport="usb", hasResidentKey=False, hasUserVerification=False)
    sign_in(page, user)
    page.goto("/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/")
    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.wait_for_selector(".sign-out")


def test_without_a_key_the_page_says_so(open_page):
    page = open_page("/accounts/login/")
    give_authenticator(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_selector("#key-trouble:not(:empty)")
    assert page.url.endswith("/accounts/login/")


def test_a_token_is_made_shown_once_and_ended(open_page):
    user = make.make_user("researcher")
    page = open_page("/accounts/login/")
    sign_in(page, user)
    page.goto("/accounts/tokens/")
    page.get_by_role("link", name="Make a token").click()
    confirm(page)
    page.get_by_label("Name").fill("Weekly export")
    page.get_by_role("button", name="Make it").click()
    text = page.locator("#token").input_value()
    ask = """async (token) => {
      const headers = {Authorization: `Token ${token}`};
      return (await fetch('/api/v1/cases/', {headers, credentials: 'omit'})).status;
    }"""
    assert page.evaluate(ask, text) == 200
    page.get_by_role("link", name="Your tokens").click()
    assert text not in page.content()
    page.get_by_role("button", name="End the token Weekly export").click()
    page.wait_for_selector("text=has ended")
    assert page.evaluate(ask, text) == 401


@pytest.mark.parametrize(("width", "scheme"), [(1240, "light"), (390, "dark")])
def test_pages_of_accounts_are_accessible(open_page, width, scheme):
    user = make.make_user("curator")
    page = open_page("/accounts/login/", width=width, scheme=scheme)
    for path in ENTRANCE:
        look_at(page, path)
    sign_in(page, user)
    page.goto("/accounts/2fa/totp/activate/")
    confirm(page)
    page.wait_for_selector("img.qr")
    for path in OWN:
        look_at(page, path)
    assert User.objects.count() == 1


def look_at(page, path: str) -> None:
    page.goto(path)
    assert page.url.endswith(path)
    assert violations(page) == [], path
    assert not skipped_levels(page.evaluate(HEADINGS)), path
    assert not page.evaluate(OVERFLOW), path
