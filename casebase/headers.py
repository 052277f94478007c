"""Headers that every response carries, whoever made it: a view, a file, a redirect or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from csp.constants import HEADER, NONCE
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

Answer = Callable[[HttpRequest], HttpResponseBase]
UNUSED: Final = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "magnetometer", "microphone",
    "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
"""What browsers offer to pages and no page here asks for."""
SIGN_OUT: Final = "/accounts/logout/"
ALWAYS: Final = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class Headers:
    """What the framework does not send by itself. A view's own word on caching stands, but what
    is sent to somebody who is signed in is never for a cache that others share. Without a word
    such an answer is kept nowhere, and anything else is asked for again each time."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        keep_for(response, personal=is_personal(request))
        if request.method == "POST" and request.path == SIGN_OUT and response.status_code == 302:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def keep_for(response: HttpResponseBase, *, personal: bool) -> None:
    """Says who may keep it, where the view has not."""
    words = response.headers.get("Cache-Control", "")
    if not words:
        given = {"private": True, "no_store": True} if personal else {"no_cache": True}
        patch_cache_control(response, **given)
    elif personal and "no-store" not in words:
        patch_cache_control(response, private=True)


def is_personal(request: HttpRequest) -> bool:
    """Whether the answer may be for one person: it was asked for with a session or a token."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "HTTP_AUTHORIZATION" in request.META


class ContentPolicy(CSPMiddleware):
    """A page that names its scripts by a nonce runs those and no other file of this host. An answer
    that has its policy already keeps it."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if HEADER in response:
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if parts.nonce:
            parts.replace = {"script-src": [NONCE], **(parts.replace or {})}
        return parts


@cache
def usual_policy() -> str:
    """The policy of an answer that names no script by a nonce: put together once."""
    policy: str = build_policy()
    return policy
