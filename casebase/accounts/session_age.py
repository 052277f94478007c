"""How long a session lasts: not used for some hours, or begun some days ago, it ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

SINCE: Final = "signed_in_at"
SEEN: Final = "seen_at"
NOTED_EVERY: Final = 60
"""Seconds. A session is written again for having been used at most so often."""
READING: Final = ("GET", "HEAD", "OPTIONS")
TOO_OLD = "You were signed out, because the session was not used for long or had grown old."


class SessionAge:
    """Ends sessions that were not used for `SESSION_IDLE` or that began `SESSION_LIFE` ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.path != "/healthz":
            self.check(request)
        return self.get_response(request)

    def check(self, request: HttpRequest) -> None:
        session = request.session
        if SESSION_KEY not in session:
            return
        now = time.time()
        since, seen = session.get(SINCE, now), session.get(SEEN, now)
        idle, life = settings.SESSION_IDLE, settings.SESSION_LIFE
        if now - seen > idle.total_seconds() or now - since > life.total_seconds():
            logout(request)
            messages.info(request, TOO_OLD)
        elif now - seen > NOTED_EVERY or (SEEN not in session and request.method not in READING):
            session[SINCE], session[SEEN] = since, now


def begin(request: HttpRequest) -> None:
    """Marks when a session that was just signed in began. One without marks, from before they
    were kept, ends by its cookie's age, or gets them with its first write."""
    request.session[SINCE] = request.session[SEEN] = time.time()
