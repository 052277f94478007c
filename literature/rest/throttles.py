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


class Counted:
    """Counts in two windows instead of keeping a time for each request: of the one before, the part
    counts that is not over yet (a sliding window, by estimate)."""

    rate: str | None
    duration: int
    num_requests: int
    cache: Any
    timer: Any
    get_cache_key: Any

    def allow_request(self, request: Any, view: Any) -> bool:
        key = None if self.rate is None else self.get_cache_key(request, view)
        if key is None:
            return True
        now = self.timer()
        window, past = divmod(now, self.duration)
        self.left = self.duration - past
        names = [f"{key}.{int(window) - 1}", f"{key}.{int(window)}"]
        counts = self.cache.get_many(names)
        before, here = (counts.get(name, 0) for name in names)
        if before * self.left / self.duration + here >= self.num_requests:
            return False
        self.cache.set(names[1], here + 1, 2 * self.duration)
        return True

    def wait(self) -> float:
        """Seconds until the window ends."""
        return float(self.left)


class AnonThrottle(Counted, AnonRateThrottle):
    def get_rate(self) -> str | None:
        return _rate(self.scope)


class UserThrottle(Counted, UserRateThrottle):
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


class PageThrottle(Counted, SimpleRateThrottle):
    """All that one user, or one address, asks for outside the interface for programs."""

    scope = "page"

    def get_rate(self) -> str | None:
        return _rate(self.scope)

    def get_cache_key(self, request, view):  # type: ignore[no-untyped-def]
        known = request.user.is_authenticated
        ident = f"user.{request.user.pk}" if known else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


class SearchThrottle(PageThrottle):
    """Searches, and what else looks through the whole base."""

    scope = "search"


class FileThrottle(PageThrottle):
    """Files that are made for each request."""

    scope = "file"


class ImportThrottle(UserRateThrottle):
    """Inputs that one person may send to be read: each may be large, or be looked up elsewhere."""

    scope = "import"

    def get_rate(self) -> str | None:
        return _rate(self.scope)
