"""How often one may ask. Rates are read at each request, so that settings can turn them off."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework.throttling import (
    AnonRateThrottle,
    SimpleRateThrottle,
    UserRateThrottle,
)


def _rate(scope: str | None) -> str | None:
    rates: Any = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    rate: str | None = rates.get(scope or "")
    return rate


class AnonThrottle(AnonRateThrottle):
    def get_rate(self) -> str | None:
        return _rate(self.scope)


class UserThrottle(UserRateThrottle):
    """For those who are signed in; the others have a rate of their own."""

    def get_rate(self) -> str | None:
        return _rate(self.scope)

    def get_cache_key(self, request, view):  # type: ignore[no-untyped-def]
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class LoginThrottle(SimpleRateThrottle):
    """Attempts to sign in from one address, whether they succeed or not."""

    scope = "login"

    def get_rate(self) -> str | None:
        return _rate(self.scope)

    def get_cache_key(self, request, view):  # type: ignore[no-untyped-def]
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class ImportThrottle(UserRateThrottle):
    """Inputs that one person may send to be read: each may be large, or be looked up elsewhere."""

    scope = "import"

    def get_rate(self) -> str | None:
        return _rate(self.scope)
