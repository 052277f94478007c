"""Whose failed attempts to sign in are counted together, and what somebody locked out is told."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from literature.rest.problems import problem_response

TOO_MANY = "Too many attempts to sign in failed. Wait a quarter of an hour, then try again."
UNKNOWN_ADDRESS = "0.0.0.0"


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The user name that attempts are counted under, whichever way the user was named.

    A name that nobody has is counted too, but as a hash: it may be a password in the wrong field.
    """
    given = credentials or {}
    typed = str(
        given.get("username") or given.get("email") or request.POST.get("login", "")
    ).strip()
    found = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed))
    username = found.order_by("pk").values_list("username", flat=True).first() if typed else None
    return username or "?" + salted_hmac("casebase.lockout", typed.casefold()).hexdigest()[:32]


def client_address(request: HttpRequest) -> str:
    """Where a request comes from, counting as many proxies as the settings say."""
    try:
        return get_client_ip(request) or UNKNOWN_ADDRESS
    except ImproperlyConfigured:
        # Fewer entries than proxies: it did not come through them, so nothing of it is believed.
        return str(request.META.get("REMOTE_ADDR") or UNKNOWN_ADDRESS)


def refusal(
    request: HttpRequest, original: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The same for a name that nobody has, so it does not tell who is here."""
    if request.path.startswith("/api/"):
        return problem_response(429, TOO_MANY)
    return render(request, "account/locked.html", {"reason": TOO_MANY}, status=429)
