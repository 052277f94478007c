"""ETags: `If-None-Match` on reads, `If-Match` on writes (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from django.utils.http import parse_etags
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request


class PreconditionRequired(APIException):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = (
        "Say which state of the record you are changing: send the ETag of its detail as If-Match."
    )


class PreconditionFailed(APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = "The record has changed since you read it. Read it again, then change it."


def etag_of(payload: Any) -> str:
    """A strong ETag: the SHA-256 of the payload's JSON with sorted keys."""
    digest = hashlib.sha256(msgspec.json.encode(payload, order="sorted")).hexdigest()
    return f'"{digest}"'


def is_unchanged(request: Request, etag: str) -> bool:
    """Whether the reader has this state already; compared weakly, as the RFC says."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag in {tag.removeprefix("W/") for tag in known}


def require_match(request: Request, etag: str) -> None:
    """Call with the row locked. Raises PreconditionRequired or PreconditionFailed."""
    if "If-Match" not in request.headers:
        raise PreconditionRequired
    check_match(request, etag)


def check_match(request: Request, etag: str) -> None:
    """Honours `If-Match` where it is sent; a weak tag never matches."""
    header = request.headers.get("If-Match")
    if header is None:
        return
    known = parse_etags(header)
    if "*" not in known and etag not in known:
        raise PreconditionFailed
