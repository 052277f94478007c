"""ETags: `If-None-Match` on reads, `If-Match` on writes (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
from django.utils.http import parse_etags
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from literature.rest.changed import mark_in, without_mark
from literature.rest.problems import FieldError

Teller = Callable[[int], list[FieldError]]
"""Gives what has changed since a mark; see `changed`."""


class PreconditionRequired(APIException):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = (
        "Say which state of the record you are changing: send the ETag of its detail as If-Match."
    )


class PreconditionFailed(APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = "The record has changed since you read it. Read it again, then change it."
    told = (
        "The record has changed since you read it; errors says what, field by field. Read it "
        "again, then change it."
    )

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__(self.told if errors else self.default_detail)
        self.errors = errors


def etag_of(payload: Any) -> str:
    """A strong ETag: the SHA-256 of the payload's JSON with sorted keys."""
    digest = hashlib.sha256(msgspec.json.encode(payload, order="sorted")).hexdigest()
    return f'"{digest}"'


def is_unchanged(request: Request, etag: str) -> bool:
    """Whether the reader has this state already; compared weakly, as the RFC says."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    same = {without_mark(tag.removeprefix("W/")) for tag in known}
    return "*" in known or without_mark(etag) in same


def require_match(request: Request, etag: str, tell: Teller | None = None) -> None:
    """Call with the row locked. Raises PreconditionRequired or PreconditionFailed."""
    if "If-Match" not in request.headers:
        raise PreconditionRequired
    check_match(request, etag, tell)


def check_match(request: Request, etag: str, tell: Teller | None = None) -> None:
    """Honours `If-Match` where it is sent; a weak tag never matches. `tell` is asked for what has
    changed where it does not match. Raises PreconditionFailed."""
    header = request.headers.get("If-Match")
    if header is None:
        return
    known = parse_etags(header)
    if "*" in known or without_mark(etag) in {without_mark(tag) for tag in known}:
        return
    mark = mark_in(known)
    raise PreconditionFailed(tell(mark) if tell is not None and mark is not None else [])


def lock_and_match(view: Any, request: Request) -> None:
    """For what is done to a record beside writing it: locks the record of the address and honours
    `If-Match` where it is sent. Raises PreconditionFailed, and as `view.locked` does."""
    row = view.locked()
    if "If-Match" in request.headers:
        check_match(request, view.etag(view.read_row(row)), view.teller(row))
