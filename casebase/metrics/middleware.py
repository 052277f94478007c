"""Times and counts every request, whoever answers it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from patients.models.case import ACCESSION_PATTERN

Answer = Callable[[HttpRequest], HttpResponseBase]
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER: Final = "other"
FILE: Final = "static file"
UNROUTED: Final = "no route"
ACCESSION: Final = re.compile(ACCESSION_PATTERN.strip("^$"), re.ASCII)
ANY_CASE: Final = "CB-0000000"


class Recorder:
    """Not there without a token: raises MiddlewareNotUsed."""

    def __init__(self) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        from casebase.metrics import database_errors, recorded

        self.count_errors = database_errors.count_errors
        self._requests, self._duration = recorded.REQUESTS, recorded.DURATION

    def record(self, route: str, method: str, status: int, seconds: float) -> None:
        self._duration.labels(route).observe(seconds)
        self._requests.labels(route, method if method in METHODS else OTHER, str(status)).inc()


class Measured:
    """Outermost, so that what others answer is counted too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.recorder = Recorder()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        self.recorder.count_errors()
        response = self.get_response(request)
        took = time.perf_counter() - began
        self.recorder.record(route_of(request), request.method or "", response.status_code, took)
        return response


def route_of(request: HttpRequest) -> str:
    """The route's name: never the address, which tells of a record and of which there are
    endlessly many."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    if request.path.startswith(settings.STATIC_URL):
        return FILE
    return route_at(request.path)


def route_at(path: str) -> str:
    """Of what is answered before a route is looked for, as what is prepared is."""
    return _route_like(ACCESSION.sub(ANY_CASE, path))


@lru_cache(maxsize=256)
def _route_like(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return UNROUTED
