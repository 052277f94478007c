"""How long one request may take."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from literature import reading_from

Answer = Callable[[HttpRequest], HttpResponseBase]


class OutOfTimeError(OperationalError):
    """The request has taken longer than `REQUEST_TIMEOUT`; what it began is rolled back."""


class Deadline:
    """Each statement has a time of its own, and a request may ask for many. One that has had its
    time asks no more: it ends as it would if the database had given up on a statement."""

    def __init__(self, get_response: Answer, clock: Callable[[], float] = time.monotonic) -> None:
        self.get_response = get_response
        self.clock = clock

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.REQUEST_TIMEOUT:
            return self.get_response(request)
        ends = self.clock() + settings.REQUEST_TIMEOUT

        def in_time(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
            if self.clock() > ends:
                raise OutOfTimeError("The request took too long.")
            return execute(sql, params, many, context)

        with ExitStack() as stack:
            for asked in {DEFAULT_DB_ALIAS, reading_from.alias()}:
                stack.enter_context(connections[asked].execute_wrapper(in_time))
            return self.get_response(request)
