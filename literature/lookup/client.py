"""Asking Crossref and PubMed: bounded in time and bytes, and never anywhere else.

No proxy, no credentials and no certificates are taken from the environment. A redirect is not
followed, a compressed answer is refused (we ask for none), and an answer counts only when it came
whole and with the type that was asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from types import TracebackType

import httpx
from django.conf import settings

from literature.lookup.errors import BadAnswer, NotFound, Refused, SwitchedOff, Unreachable
from literature.lookup.retrying import back_off, retry_after
from literature.lookup.services import PAGE, Limits, Service
from literature.lookup.turns import postpone, take_turn
from literature.lookup.watchdog import Watchdog

_BUSY = frozenset({429, 503})
_UNKNOWN = frozenset({404, 410})


def why_off() -> str:
    """Why nothing can be looked up here, in a sentence; empty where it can."""
    if settings.LOOKUP_ON:
        return ""
    if settings.LOOKUP_CONTACT:
        return "Look-up at Crossref and PubMed is switched off here. Every other way in works."
    return (
        "Look-up at Crossref and PubMed is not set up here: it needs a contact address "
        "(CASEBASE_CONTACT). Every other way in works."
    )


class Client:
    """`addresses` is for tests alone: by the key of a service, where it is to be reached."""

    def __init__(
        self,
        contact: str,
        limits: Limits = PAGE,
        *,
        addresses: Mapping[str, str] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.contact = contact
        self.limits = limits
        self._addresses = addresses or {}
        self._sleep = sleep
        self._http = httpx.Client(
            headers={
                "User-Agent": f"Casebase (mailto:{contact})",
                "Accept-Encoding": "identity",
            },
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            # A connection that is used again would not be told of, and so not be watched.
            limits=httpx.Limits(max_keepalive_connections=0),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def ask(
        self,
        service: Service,
        path: str,
        *,
        accept: str,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        unknown: frozenset[int] = _UNKNOWN,
    ) -> bytes:
        """The body of the answer, whose type is `accept`. With `form` it is a POST.

        Waits for its turn. Raises NotFound for a status that is `unknown`, and else Unreachable,
        Refused or BadAnswer.
        """
        address = self._addresses.get(service.key, service.address)
        request = self._http.build_request(
            "POST" if form else "GET",
            f"{address}{path}",
            params=query,
            data=form,
            headers={"Accept": accept},
        )
        attempt = 1
        while True:
            self._sleep(take_turn(service, self.limits.longest_wait))
            try:
                return self._once(service, request, accept, unknown)
            except _Again as again:
                self._wait(service, again, attempt)
                attempt += 1

    def _wait(self, service: Service, again: _Again, attempt: int) -> None:
        """Waits before the next attempt. Raises what `again` stands for where there is none."""
        seconds = back_off(attempt) if again.after is None else again.after
        if again.is_busy:
            postpone(service, seconds)
        if attempt >= self.limits.tries or seconds > self.limits.longest_wait:
            raise (Refused if again.is_busy else Unreachable)(service.name) from again
        if not again.is_busy:
            self._sleep(seconds)  # who is busy is asked again by taking turns

    def _once(
        self, service: Service, request: httpx.Request, accept: str, unknown: frozenset[int]
    ) -> bytes:
        with Watchdog(self.limits.total) as dog:
            request.extensions["trace"] = dog.trace
            try:
                response = self._http.send(request, stream=True)
                try:
                    self._check_status(service, response, unknown)
                    return self._body(service, response, accept, dog)
                finally:
                    response.close()
            except (httpx.DecodingError, httpx.UnsupportedProtocol) as error:
                raise BadAnswer(service.name) from error
            except httpx.TransportError as error:
                raise _Again from error

    def _check_status(
        self, service: Service, response: httpx.Response, unknown: frozenset[int]
    ) -> None:
        status = response.status_code
        if status in _BUSY:
            raise _Again(is_busy=True, after=retry_after(response.headers.get("Retry-After", "")))
        if status >= 500:
            raise _Again
        if status in unknown:
            raise NotFound(service.name)
        if status != 200:
            raise BadAnswer(service.name)

    def _body(
        self, service: Service, response: httpx.Response, accept: str, dog: Watchdog
    ) -> bytes:
        """The whole body, read no further than the limit."""
        given = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        said = response.headers.get("Content-Length", "0")
        encoded = response.headers.get("Content-Encoding", "identity").strip().lower()
        too_large = said.isdecimal() and int(said[:20]) > self.limits.max_bytes
        if not _is_of_type(given, accept) or encoded != "identity" or too_large:
            raise BadAnswer(service.name)
        parts, size = [], 0
        for part in response.iter_raw():
            size += len(part)
            if size > self.limits.max_bytes:
                raise BadAnswer(service.name)
            if dog.is_over:
                raise _Again
            parts.append(part)
        if dog.is_over:
            raise _Again
        return b"".join(parts)


class _Again(Exception):
    """This attempt failed in a way that another may not."""

    def __init__(self, *, is_busy: bool = False, after: float | None = None) -> None:
        self.is_busy, self.after = is_busy, after
        super().__init__()


def _is_of_type(given: str, accept: str) -> bool:
    """`text/xml` and `application/xml` are one; HTML with status 200 is an error page."""
    return given.rpartition("/")[2].rpartition("+")[2] == accept.rpartition("/")[2]


def from_settings(limits: Limits = PAGE) -> Client:
    """Raises SwitchedOff with the sentence of `why_off`."""
    if reason := why_off():
        raise SwitchedOff(reason)
    return Client(settings.LOOKUP_CONTACT, limits)
