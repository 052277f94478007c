"""Steps of signing in that several tests take."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.test import Client

from tests.make import PASSWORD


def post_login(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


def give_app(user: Any) -> Authenticator:
    """A set-up app with codes, and recovery codes."""
    app = TOTP.activate(user, generate_totp_secret()).instance
    RecoveryCodes.activate(user)
    return app


def code_of(app: Authenticator, *, steps: int = 0) -> str:
    """The code that the app shows now, or `steps` half minutes later."""
    return code_for(get_adapter().decrypt(app.data["secret"]), steps=steps)


def code_for(secret: str, *, steps: int = 0) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30 + steps):06}"


def wrong_code(app: Authenticator) -> str:
    """Six figures that no code near now has."""
    right = {code_of(app, steps=step) for step in range(-3, 4)}
    return next(f"{number:06}" for number in range(1000) if f"{number:06}" not in right)


def signed_in_with_app(user: Any) -> Client:
    client = Client()
    app = give_app(user)
    assert post_login(client, user.username).url == "/accounts/2fa/authenticate/"
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(app)}).status_code == 302
    return client


def confirm(client: Client) -> None:
    """Types the password once more, as steps that concern the account's safety ask."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
