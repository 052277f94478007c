"""Plain HTTP: a reader's browser is sent on to HTTPS, a program is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from literature.rest.problems import problem_response

USE_TLS: Final = (
    "This interface answers by HTTPS alone. What was sent went over the network for all to read: "
    "end the token if it held one."
)


class Transport:
    """A program that is redirected goes on sending its token in the clear, and nobody notices; so
    below `/api/`, which is exempt from the redirect, plain HTTP is an error (OWASP ASVS 5.0,
    4.1.2)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        plain = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if plain and request.path.startswith("/api/"):
            return problem_response(403, USE_TLS)
        return self.get_response(request)
