"""Messages between two pages, in a cookie that no other host can set."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    """`__Host-` is believed with TLS alone, so a developer's server does without."""

    cookie_name = "__Host-messages" if settings.SESSION_COOKIE_SECURE else "messages"


class MessageStorage(FallbackStorage):
    """In the cookie while they fit, else in the session."""

    storage_classes = (HostCookieStorage, SessionStorage)
