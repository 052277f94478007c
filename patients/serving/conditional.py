"""Pages that are not sent again to whoever has them."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control

from patients.serving.build import build_id


def has_own_cookies(request: HttpRequest) -> bool:
    """Whether the page may be somebody's own: their name and token stand on it, or a message."""
    return bool(request.COOKIES.keys() - {settings.CSRF_COOKIE_NAME})


def page_etag(checksum: str, number: int, like: str = "", hidden: Collection[str] = ()) -> str:
    """Of the page of a version, which the program is part of too; `like` is the digest of the like
    cases that it names, `hidden` are the pictures that it shows no more. Weak, since the page may
    be sent compressed."""
    named = "".join(f".{each}" for each in (like, *sorted(hidden)) if each)
    return f'W/"{checksum}.{number}.{build_id()}{named}"'


def unless_known(
    request: HttpRequest, etag: str, make: Callable[[], HttpResponse]
) -> HttpResponseBase:
    """304 where the reader has it, else what `make` gives; to be asked for again each time."""
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = make()
        answer["ETag"] = etag
    patch_cache_control(answer, no_cache=True)
    return answer
