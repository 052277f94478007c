"""The short way to a published case, and to lists of them, for whoever is not signed in.

Nearly all requests are for one case, as a page or as JSON, or for a list, by somebody without a
session. They are answered here before anything is set up that only others need: a case from what
is prepared, a list by what the API's view asks too. Whatever is out of the ordinary (a session, a
token, a rare header, nothing prepared, a query that cannot be read) takes the usual way, which
gives the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from zlib import decompress

from csp.constants import HEADER
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from rest_framework.exceptions import APIException

from casebase.headers import usual_policy
from literature import reading_from
from literature.outages import AWAY, outage_of
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
Found = TypeVar("Found")
PATH: Final = re.compile(rf"/(api/v1/)?cases/({ACCESSION_PATTERN.strip('^$')})/", re.ASCII)
LIST: Final = "/api/v1/cases/"
NOBODY: Final = AnonymousUser()
API_ACCEPTS: Final = {"", "*/*", "application/json"}
RARE: Final = frozenset({
    "HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_HX_REQUEST",
    "HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_TRANSFER_ENCODING",
})  # fmt: skip
"""Headers that the usual way may heed."""
GZIP: Final = 31
"""What zlib calls its format (RFC 1952)."""
ANSWERED, TRIED = "casebase.fast_lane.answered", "casebase.fast_lane.tried"
"""Beside the headers of a request: that it was answered here; and that `casebase.front` has tried
so already, with the error that it met or None."""
CONDITIONAL: Final = frozenset({
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_RANGE",
    "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE",
})  # fmt: skip
"""Whoever sends one has read it before: a replica may not know yet what they have seen."""


class FastLane:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if TRIED in request.META:
            if error := request.META[TRIED]:
                raise error
            return self.get_response(request)
        answer = on_kept_connection(lambda: prepared_answer(request))
        if answer is None:
            if not CONDITIONAL.isdisjoint(request.META):
                reading_from.read_from_primary()
            return self.get_response(request)
        answer.headers.setdefault(HEADER, usual_policy())
        request.META[ANSWERED] = True
        return answer


def on_kept_connection(ask: Callable[[], Found | None]) -> Found | None:
    """On a connection that is not asked first whether it still holds: the answer shows that. Where
    it does not hold, the usual way takes another one; where it does, time is up or the server is
    full, and nobody would be served by asking twice."""
    kept = reading_from.connection()
    kept.health_check_done = True
    answer = None
    try:
        answer = ask()
    except (InterfaceError, OperationalError) as error:
        if outage_of(error) is not AWAY:
            raise
        kept.errors_occurred = True
        reading_from.read_from_primary()
    finally:
        kept.health_check_done = answer is not None
    return answer


def prepared_answer(request: HttpRequest) -> HttpResponseBase | None:
    if request.path == LIST:
        return case_list(request) if is_ordinary(request.META) and is_nobody(request) else None
    asked = PATH.fullmatch(request.path)
    if asked is None or request.META.get("QUERY_STRING"):
        return None
    if not (is_ordinary(request.META) and is_nobody(request)):
        return None
    if asked[1] is None:
        return page(request, asked[2])
    return json(request, asked[2])


def is_ordinary(meta: Mapping[str, Any]) -> bool:
    """Whether nothing but address, query and cookies bears on the answer."""
    return (
        meta["REQUEST_METHOD"] in ("GET", "HEAD")
        and settings.ANONYMOUS_READING
        and RARE.isdisjoint(meta)
        and (meta.get("CONTENT_LENGTH") or "0") == "0"
    )


def is_nobody(request: HttpRequest) -> bool:
    return not ("HTTP_COOKIE" in request.META and has_own_cookies(request))


def page(request: HttpRequest, accession: str) -> HttpResponseBase | None:
    origin = f"{request.scheme}://{request.get_host()}"
    found = newest(accession, PreparedKind.PAGE, origin, known_to(request.META))
    if found is None:
        return None
    answer = sent(request, found, f"text/html; charset={settings.DEFAULT_CHARSET}")
    answer["Vary"] = "Accept-Encoding, Cookie"
    return answer


def json(request: HttpRequest, accession: str) -> HttpResponseBase | None:
    if request.META.get("HTTP_ACCEPT", "") not in API_ACCEPTS:
        return None
    request.get_host()  # raises what the usual way would, for a host that is not ours
    found = newest(accession, PreparedKind.JSON, "", known_to(request.META))
    if found is None or not may_ask_again(request.META):
        return None
    answer = sent(request, found, "application/json")
    answer["Vary"] = "Authorization, Cookie, Accept-Encoding"
    answer["Allow"] = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"
    return answer


def case_list(request: HttpRequest) -> HttpResponse | None:
    """What cannot be answered is left to the usual way, which says why."""
    if request.META.get("HTTP_ACCEPT", "") not in API_ACCEPTS:
        return None
    request.get_host()
    try:
        asked = read_query(request, CaseSearchForm)
        if not may_ask_again(request.META):
            return None
        request.user = NOBODY
        payload = case_page(request, asked)
    except APIException:
        return None
    response = HttpResponse(json_bytes(payload), content_type="application/json")
    response["Content-Length"] = str(len(response.content))
    response["Vary"] = "Authorization, Cookie"
    response["Allow"] = "GET, POST, HEAD, OPTIONS"
    response["Cache-Control"] = "no-cache"
    return response


def newest(accession: str, kind: str, origin: str, known: set[str]) -> Prepared | None:
    """For whoever has read another version than a replica has, what the primary has: it may be
    theirs, and nobody is sent back."""
    found = look_up(accession, kind, origin, known)
    behind = known and reading_from.alias() != DEFAULT_DB_ALIAS
    if behind and (found is None or found.body is not None):
        reading_from.read_from_primary()
        found = look_up(accession, kind, origin, known)
    return found


def known_to(meta: Mapping[str, Any]) -> set[str]:
    """The tags that the reader has, as strong and as weak ones: they are compared weakly."""
    header = meta.get("HTTP_IF_NONE_MATCH", "")
    tags = {tag.removeprefix("W/") for tag in parse_etags(header)} if header else set()
    return tags | {f"W/{tag}" for tag in tags}


class Asker:
    """What the rates look at of a request, without the whole of one."""

    user = NOBODY

    def __init__(self, meta: Mapping[str, Any]) -> None:
        self.META = meta
        self.headers = {"x-forwarded-for": meta.get("HTTP_X_FORWARDED_FOR")}


def may_ask_again(meta: Mapping[str, Any]) -> bool:
    """Counts the request. Who has asked too often is told so by the usual way."""
    return bool(AnonThrottle().allow_request(Asker(meta), None))


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent of what is prepared."""

    etag: str
    body: bytes | None
    """None where the reader has it already."""
    is_packed: bool


def to_send(prepared: Prepared, meta: Mapping[str, Any]) -> Sent:
    """The bytes, compressed where that is taken. A strong tag is that of the bytes as they are (RFC
    9110, section 8.8.3.3)."""
    packed = "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "")
    weak = packed and not prepared.etag.startswith("W/")
    etag = f"W/{prepared.etag}" if weak else prepared.etag
    if prepared.body is None or "*" in meta.get("HTTP_IF_NONE_MATCH", ""):
        return Sent(etag, None, packed)
    return Sent(etag, prepared.body if packed else decompress(prepared.body, GZIP), packed)


def sent(request: HttpRequest, prepared: Prepared, content_type: str) -> HttpResponse:
    """With 304 where the reader has it already."""
    sent = to_send(prepared, request.META)
    if sent.body is None:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(sent.body, content_type=content_type)
        if sent.is_packed:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(sent.body))
    response["Cache-Control"] = "no-cache"
    response["ETag"] = sent.etag
    return response
