"""The shortest way: what the fast lane answers is answered before Django is entered.

Around each answer Django does the same again: a dozen middlewares with their headers, and signals.
For an answer of the fast lane all of that depends on nothing but who serves it over what. So the
headers of one that went the usual way are kept, and put around those that follow: none is named a
second time here. Log and metrics say what they say there. Whatever is out of the ordinary goes the
usual way. Decided in `docs/adr/0031-prepared-answers.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

import structlog
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.wsgi import WSGIRequest
from django.db import InterfaceError, OperationalError, close_old_connections

from casebase import fast_lane
from casebase.fast_lane import ANSWERED, LIST, PATH, TRIED
from casebase.metrics.middleware import Recorder, route_at
from casebase.middleware import REQUEST_ID
from patients.serving.looking_up import look_up
from patients.vocabulary import PreparedKind

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Site = Callable[[Environ, Any], Iterable[Any]]
OWN: Final = frozenset({"etag", "content-length", "content-encoding", "x-request-id"})
"""Headers that each answer has for itself."""
MOST: Final = 64
"""Hosts, ways and kinds whose headers are kept. A host that is not ours never comes so far."""
OK, NOT_MODIFIED = "200 OK", "304 Not Modified"
log = structlog.get_logger("django_structlog.middlewares.request")


@dataclass(frozen=True, slots=True)
class Around:
    """What the usual way puts around answers of a kind."""

    origin: str
    headers: Headers
    unchanged: Headers
    """Those of an answer without a body."""


@dataclass(frozen=True, slots=True)
class Given:
    etag: str
    body: bytes | None
    is_packed: bool = False


class Front:
    """A WSGI application before another one, `site`, which is the whole of Django."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._around: dict[tuple[Any, ...], Around] = {}
        self._recorder = recorder()

    def __call__(self, environ: Environ, start: Start) -> Iterable[Any]:
        began = perf_counter()
        kind = kind_of(environ)
        if kind is None:
            return self._site(environ, start)
        place = place_of(environ, kind)
        around = self._around.get(place)
        if around is None:
            return self._learn(place, environ, start)
        if self._recorder:
            self._recorder.count_errors()
        given = asked_for(environ, kind, around)
        if given is None:
            return self._site(environ, start)
        return self._send(environ, start, around, given, began)

    def _learn(self, place: tuple[Any, ...], environ: Environ, start: Start) -> Iterable[Any]:
        def noting(status: str, headers: Headers, *rest: Any) -> Any:
            if status == OK and environ.get(ANSWERED):
                if len(self._around) >= MOST:
                    self._around.clear()
                self._around[place] = around_of(environ, headers)
            return start(status, headers, *rest)

        return self._site(environ, noting)

    def _send(
        self, environ: Environ, start: Start, around: Around, given: Given, began: float
    ) -> Iterable[Any]:
        request_id = environ.get("HTTP_X_REQUEST_ID", "")
        if not REQUEST_ID.fullmatch(request_id):
            request_id = str(uuid4())
        headers = [*(around.unchanged if given.body is None else around.headers)]
        headers.append(("X-Request-ID", request_id))
        if given.etag:
            headers.append(("ETag", given.etag))
        if given.body is not None:
            headers.append(("Content-Length", str(len(given.body))))
            if given.is_packed:
                headers.append(("Content-Encoding", "gzip"))
        status = NOT_MODIFIED if given.body is None else OK
        start(status, headers)
        path, code = environ["PATH_INFO"], int(status[:3])
        log.info("request_finished", request_id=request_id, code=code, request=f"GET {path}")
        if self._recorder:
            self._recorder.record(route_at(path), "GET", code, perf_counter() - began)
        return [given.body or b""]


def recorder() -> Recorder | None:
    try:
        return Recorder()
    except MiddlewareNotUsed:
        return None


def kind_of(environ: Environ) -> PreparedKind | str | None:
    """LIST for a list; None for what is to go the usual way."""
    path = environ["PATH_INFO"]
    is_list = path == LIST
    asked = None if is_list else PATH.fullmatch(path)
    if not is_list and (asked is None or environ.get("QUERY_STRING")):
        return None
    if (
        environ["REQUEST_METHOD"] != "GET"
        or environ.get("HTTP_COOKIE")
        or environ.get("SCRIPT_NAME")
        or not fast_lane.is_ordinary(environ)
    ):
        return None
    if asked is not None and asked[1] is None:
        return PreparedKind.PAGE
    if environ.get("HTTP_ACCEPT", "") not in fast_lane.API_ACCEPTS:
        return None
    return LIST if is_list else PreparedKind.JSON


def place_of(environ: Environ, kind: str) -> tuple[Any, ...]:
    """All of a request that bears on the headers."""
    secure = settings.SECURE_PROXY_SSL_HEADER
    return (
        kind, environ["wsgi.url_scheme"], environ.get(secure[0]) if secure else None,
        environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_HOST"), environ["SERVER_NAME"],
        environ["SERVER_PORT"],
    )  # fmt: skip


def around_of(environ: Environ, headers: Headers) -> Around:
    request = WSGIRequest(environ)
    kept = [(name, value) for name, value in headers if name.lower() not in OWN]
    unchanged = [(name, value) for name, value in kept if name.lower() != "content-type"]
    return Around(f"{request.scheme}://{request.get_host()}", kept, unchanged)


def asked_for(environ: Environ, kind: str, around: Around) -> Given | None:
    """None where the usual way has to answer, which then knows that it was asked for here."""
    close_old_connections()
    environ[TRIED] = None
    try:
        return fast_lane.on_kept_connection(lambda: _given(environ, kind, around))
    except (InterfaceError, OperationalError) as error:
        environ[TRIED] = error
        return None


def _given(environ: Environ, kind: str, around: Around) -> Given | None:
    if kind == LIST:
        response = fast_lane.case_list(WSGIRequest(environ))
        return None if response is None else Given("", response.content)
    accession = environ["PATH_INFO"].rstrip("/").rpartition("/")[2]
    origin = around.origin if kind == PreparedKind.PAGE else ""
    found = look_up(accession, kind, origin, fast_lane.known_to(environ))
    if found is None:
        return None
    if kind == PreparedKind.JSON and not fast_lane.may_ask_again(environ):
        return None
    sent = fast_lane.to_send(found, environ)
    return Given(sent.etag, sent.body, sent.is_packed)
