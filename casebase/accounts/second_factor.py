"""Who needs a second factor beside a password, and whether a session has shown it."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from patients.roles import PRIVILEGED

FACTORS: Final = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""What counts as one; recovery codes only stand in for it."""


def needed_by(user: Any) -> bool:
    """Whether the user may do what clinicians and researchers may not."""
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated:
        return False
    return bool(user.is_superuser or user.is_staff or user.get_all_permissions() & PRIVILEGED)


def is_set_up(user: Any) -> bool:
    return bool(is_mfa_enabled(user, FACTORS))


def was_shown(request: HttpRequest) -> bool:
    """Whether this session was signed in with a second factor, or set one up."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def remember_set_up(request: HttpRequest) -> None:
    """The factor was at hand when it was set up: the session need not show it again."""
    record_authentication(request, request.user, method="mfa", type="set_up")
