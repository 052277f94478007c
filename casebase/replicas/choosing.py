"""Who is read to from a replica, and from which."""

from __future__ import annotations

from typing import Any, Final
from zlib import crc32

from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest

from casebase.replicas.watching import watches
from literature.rest.throttles import AnonThrottle
from patients.serving.conditional import has_own_cookies

PRIMARYS: Final = (
    "/accounts/", "/admin/", "/curation/", "/history/", "/healthz", "/metrics",
)  # fmt: skip
"""How addresses begin that are about the primary, or about more than what is published."""


def server_for(request: HttpRequest) -> str:
    """The alias of a replica that is not too far behind, for a reader who is nobody in particular;
    else the primary's."""
    if not is_readers(request):
        return DEFAULT_DB_ALIAS
    fresh = [watch.alias for watch in watches().values() if watch.is_fresh()]
    if not fresh:
        return DEFAULT_DB_ALIAS
    asking: Any = request  # of which the address and the proxies' word for it are read
    return one_of(fresh, str(AnonThrottle().get_ident(asking)))


def is_readers(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and "HTTP_AUTHORIZATION" not in request.META
        and not has_own_cookies(request)
        and not request.path.startswith(PRIMARYS)
    )


def one_of(aliases: list[str], address: str) -> str:
    """The same for one address as long as it is there, whichever process is asked: two replicas
    are never equally far, and what somebody has seen must not be gone at the next click."""
    return max(aliases, key=lambda alias: crc32(f"{alias} {address}".encode()))
