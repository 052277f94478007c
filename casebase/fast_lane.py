"""The short way to a published case, and to lists of them, for whoever is not signed in.

Nearly all requests are for one case, as a page or as JSON, or for a list, by somebody without a
session. They are answered here before anything is set up that only others need: a case from what
is prepared, a list by what the API's view asks too. Whatever is out of the ordinary (a session, a
token, a rare header, nothing prepared, a query that cannot be read) takes the usual way, which
gives the same answer.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from rest_framework.exceptions import APIException

from literature.rest.problems import Unavailable, problem_response
from literature.rest.query import read_query
from literature.rest.rendering import json_bytes
from literature.rest.throttles import AnonThrottle
from patients.api.case_pages import case_page
from patients.forms import CaseSearchForm
from patients.models.case import ACCESSION_PATTERN
from patients.serving.conditional import has_own_cookies
from patients.serving.looking_up import Prepared, look_up
from patients.vocabulary import PreparedKind

Answer = Callable[[HttpRequest], HttpResponseBase]
PATH: Final = re.compile(rf"/(api/v1/)?cases/({ACCESSION_PATTERN.strip('^$')})/", re.ASCII)
LIST: Final = "/api/v1/cases/"
API_ACCEPTS: Final = {"", "*/*", "application/json"}
RARE: Final = frozenset({
    "HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_HX_REQUEST",
    "HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_TRANSFER_ENCODING",
})  # fmt: skip
"""Headers that the usual way may heed."""


class FastLane:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return first_try(request) or self.get_response(request)


def first_try(request: HttpRequest) -> HttpResponseBase | None:
    """On a connection that is not asked first whether it still holds: the answer shows that. Where
    it does not hold, the usual way takes another one; where it does, time is up, and nobody would
    be served by waiting for it twice."""
    kept: Any = connection
    kept.health_check_done = True
    answer = None
    try:
        answer = prepared_answer(request)
    except (InterfaceError, OperationalError):
        if kept.connection is not None and kept.is_usable():
            if request.path.startswith("/api/"):
                return problem_response(Unavailable.status_code, Unavailable.default_detail)
            raise
        kept.errors_occurred = True
    finally:
        kept.health_check_done = answer is not None
    return answer


def prepared_answer(request: HttpRequest) -> HttpResponseBase | None:
    if request.path == LIST:
        return case_list(request) if is_ordinary(request) else None
    asked = PATH.fullmatch(request.path)
    if asked is None or request.META.get("QUERY_STRING") or not is_ordinary(request):
        return None
    if asked[1] is None:
        return page(request, asked[2])
    return json(request, asked[2])


def is_ordinary(request: HttpRequest) -> bool:
    """Whether it could be anybody's: nothing but its address and query bears on the answer."""
    meta = request.META
    return (
        request.method in ("GET", "HEAD")
        and settings.ANONYMOUS_READING
        and RARE.isdisjoint(meta)
        and (meta.get("CONTENT_LENGTH") or "0") == "0"
        and not ("HTTP_COOKIE" in meta and has_own_cookies(request))
    )


def page(request: HttpRequest, accession: str) -> HttpResponseBase | None:
    origin = f"{request.scheme}://{request.get_host()}"
    found = look_up(accession, PreparedKind.PAGE, origin, known_to(request))
    if found is None:
        return None
    answer = sent(request, found, f"text/html; charset={settings.DEFAULT_CHARSET}")
    answer["Vary"] = "Accept-Encoding, Cookie"
    return answer


def json(request: HttpRequest, accession: str) -> HttpResponseBase | None:
    if request.META.get("HTTP_ACCEPT", "") not in API_ACCEPTS:
        return None
    request.get_host()  # raises what the usual way would, for a host that is not ours
    found = look_up(accession, PreparedKind.JSON, known=known_to(request))
    if found is None or not may_ask_again(request):
        return None
    answer = sent(request, found, "application/json")
    answer["Vary"] = "Authorization, Cookie, Accept-Encoding"
    answer["Allow"] = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"
    return answer


def case_list(request: HttpRequest) -> HttpResponseBase | None:
    """What cannot be answered is left to the usual way, which says why."""
    if request.META.get("HTTP_ACCEPT", "") not in API_ACCEPTS:
        return None
    request.get_host()
    try:
        asked = read_query(request, CaseSearchForm)
        if not may_ask_again(request):
            return None
        payload = case_page(request, asked)
    except APIException:
        return None
    response = HttpResponse(json_bytes(payload), content_type="application/json")
    response["Content-Length"] = str(len(response.content))
    response["Vary"] = "Authorization, Cookie"
    response["Allow"] = "GET, POST, HEAD, OPTIONS"
    response["Cache-Control"] = "no-cache"
    return response


def known_to(request: HttpRequest) -> set[str]:
    """The tags that the reader has, as strong and as weak ones: they are compared weakly."""
    header = request.META.get("HTTP_IF_NONE_MATCH", "")
    tags = {tag.removeprefix("W/") for tag in parse_etags(header)} if header else set()
    return tags | {f"W/{tag}" for tag in tags}


def may_ask_again(request: HttpRequest) -> bool:
    """Counts the request. Who has asked too often is told so by the usual way."""
    request.user = AnonymousUser()
    return bool(AnonThrottle().allow_request(request, None))


def sent(request: HttpRequest, prepared: Prepared, content_type: str) -> HttpResponse:
    """The bytes, compressed where that is taken; 304 where they are there already. A strong tag is
    that of the bytes as they are (RFC 9110, section 8.8.3.3)."""
    compressed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    weak = compressed and not prepared.etag.startswith("W/")
    etag = f"W/{prepared.etag}" if weak else prepared.etag
    if prepared.body is None or "*" in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        body = prepared.body if compressed else gzip.decompress(prepared.body)
        response = HttpResponse(body, content_type=content_type)
        if compressed:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(body))
    response["Cache-Control"] = "no-cache"
    response["ETag"] = etag
    return response
