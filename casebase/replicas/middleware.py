"""Gives each request its server, before anything of it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from casebase.replicas.choosing import server_for
from casebase.replicas.watching import watches
from literature.outages import SLOW
from literature.reading_from import reading_from

Answer = Callable[[HttpRequest], HttpResponseBase]
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
UNAVAILABLE: Final = 503


class ReadFrom:
    """Not there without replicas."""

    def __init__(self, get_response: Answer) -> None:
        if not settings.REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = server_for(request)
        if chosen == DEFAULT_DB_ALIAS:
            answer = self.get_response(request)
            if request.method not in SAFE:
                remember(answer)
            return answer
        with reading_from(chosen):
            answer = self.get_response(request)
        if has_failed(chosen, answer):
            watches()[chosen].failed()
            return self.get_response(request)
        if isinstance(answer, StreamingHttpResponse) and not isinstance(answer, FileResponse):
            pieces: Any = answer.streaming_content
            answer.streaming_content = streamed(pieces, chosen)
        return answer


def remember(answer: HttpResponseBase) -> None:
    """Whoever has written reads from the primary until the replicas have it for certain, also after
    signing out: any cookie of ours leads there."""
    answer.set_cookie(
        settings.WROTE_COOKIE_NAME,
        "1",
        max_age=settings.REPLICA_LAG + 1,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def has_failed(alias: str, answer: HttpResponseBase) -> bool:
    """Whether the answer is what it is because the replica broke off. What took too long there is
    not asked for twice."""
    return (
        answer.status_code == UNAVAILABLE
        and connections[alias].errors_occurred
        and answer.headers.get("Retry-After") != str(SLOW.seconds)
    )


def streamed(pieces: Iterable[bytes], alias: str) -> Iterator[bytes]:
    """What is read while it is sent is read from the same server."""
    waiting = iter(pieces)
    while True:
        with reading_from(alias):
            piece = next(waiting, None)
        if piece is None:
            return
        yield piece
