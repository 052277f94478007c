"""Requests that may be sent twice: `Idempotency-Key` on what is posted.

A program that heard no answer does not know whether its request was done. With a key it sends the
same again and is given the answer of the first time; nothing is done twice. The key's row is
written in the transaction of what the request does, so there is never one without the other: a
request that fails keeps no key, and of two at once the second waits for the first. After the
draft of the IETF's HTTP API working group, draft-ietf-httpapi-idempotency-key-header.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import wraps
from typing import Any, Final

import msgspec
from django.db import transaction
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from literature.models import AnsweredRequest
from literature.rest.problems import FieldError, Invalid

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
KEPT_FOR: Final = timedelta(hours=24)
FORGOTTEN_EVERY: Final = 3600.0
"""Seconds."""
KEPT_HEADERS: Final = ("ETag", "Location")
KEY_PATTERN: Final = "^[!-~]{1,255}$"
_KEY = re.compile(r"[!-~]{1,255}")
Handler = Callable[..., Response]


class KeyReused(APIException):
    status_code = 422
    default_detail = (
        "This Idempotency-Key was sent before, with another request. Send a new key with each new "
        "request."
    )

    def __init__(self) -> None:
        super().__init__()
        self.errors = [FieldError(HEADER, "Was sent before, with another request.")]


def once(handler: Handler) -> Handler:
    """`handler`, done once for each key of a user. Raises Invalid, KeyReused, or as it does."""

    @wraps(handler)
    def answered(request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers[HEADER]
        if not _KEY.fullmatch(key):
            raise Invalid([FieldError(HEADER, "Is 1 to 255 letters, digits or signs of ASCII.")])
        told = fingerprint(request)  # before the transaction: a slow body must not hold it open
        with transaction.atomic():
            user: Any = request.user  # who is signed in: nobody else comes here
            forget_old(AnsweredRequest.objects.filter(user=user))
            row, is_new = AnsweredRequest.objects.get_or_create(
                user=user, key=key, defaults={"fingerprint": told}
            )
            if not is_new:
                close(request.data)
                return again(row, told)
            response = handler(request, *args, **kwargs)
            keep(row, response)
        return response

    return answered


def close(sent: Any) -> None:
    """A file that nothing will read."""
    if hasattr(sent, "close"):
        sent.close()


def again(row: AnsweredRequest, told: str) -> Response:
    """The answer of the first time. Raises KeyReused."""
    if row.fingerprint != told:
        raise KeyReused
    data = msgspec.json.decode(row.body) if row.body else None
    return Response(data, row.status, headers={**row.headers, REPLAYED: "true"})


def keep(row: AnsweredRequest, response: Response) -> None:
    row.status = response.status_code
    row.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    row.body = "" if response.data is None else msgspec.json.encode(response.data).decode()
    row.save()


def forget_old(rows: Any = None) -> None:
    """Throws away answers that are older than a day: all, or those among `rows`."""
    found = AnsweredRequest.objects.all() if rows is None else rows
    found.filter(at__lt=timezone.now() - KEPT_FOR).delete()


class ForgetOld:
    """A task of the worker: forgets those of whoever does not come again, once in a while."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self) -> bool:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + FORGOTTEN_EVERY
            forget_old()
        return False


def fingerprint(request: Request) -> str:
    """SHA-256 of what was asked: method, address with its query, precondition, and what was sent,
    JSON by what it says and files by their bytes."""
    digest = hashlib.sha256()
    for part in (request.method, request.get_full_path(), request.headers.get("If-Match", "")):
        digest.update(f"{part}\n".encode())
    for piece in _pieces(request.data):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(sent: Any) -> Iterator[bytes]:
    if hasattr(sent, "lists"):  # a form: names with their values, in any order
        for name, values in sorted(sent.lists()):
            yield msgspec.json.encode(name)
            for value in values:
                yield from _pieces(value)
    elif hasattr(sent, "read"):
        while piece := sent.read(64 * 1024):
            yield piece if isinstance(piece, bytes) else piece.encode()
        sent.seek(0)
    else:
        yield msgspec.json.encode(sent, order="sorted")
