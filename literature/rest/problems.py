"""One error shape for everything under /api/: RFC 9457 problem details."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec
from django.core.exceptions import (
    BadRequest,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse, UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response

from literature.outages import BUSY, outage_of

MEDIA_TYPE = "application/problem+json"
MAX_ERRORS = 100
MAX_DETAIL = 500
NOT_HERE = "There is no such record here."
logger = logging.getLogger("casebase.api")


@dataclass(frozen=True, slots=True)
class FieldError:
    field: str
    """The field's path in the body, or the query parameter; empty: the record as a whole."""
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    title: str
    status: int
    detail: str
    type: str = "about:blank"
    """RFC 9457: the status says it all."""
    errors: list[FieldError] = field(default_factory=list)


def shown(text: Any, length: int = 200) -> str:
    """`text` as it may be sent back: short, and nothing that is no text."""
    clipped = str(text)[:length].replace("\x00", "?")
    return clipped.encode("utf-8", "replace").decode("utf-8")


def problem(status: int, detail: str, errors: list[FieldError] | None = None) -> dict[str, Any]:
    said = [
        FieldError(shown(error.field), shown(error.detail, MAX_DETAIL)) for error in errors or []
    ][:MAX_ERRORS]
    body: dict[str, Any] = msgspec.to_builtins(
        Problem(HTTPStatus(status).phrase, status, shown(detail, MAX_DETAIL), errors=said)
    )
    return body


def problem_response(status: int, detail: str) -> HttpResponse:
    """For errors that arise outside REST framework: before a view, or without one."""
    body = msgspec.json.encode(problem(status, detail))
    return HttpResponse(body, content_type=MEDIA_TYPE, status=status)


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response:
    error = _translated(exc, context)
    errors: list[FieldError] = []
    if isinstance(error, Invalid):
        errors, detail = error.errors, error.told
    elif isinstance(error, exceptions.ValidationError):
        errors = list(flatten(error.detail))
        detail = "The request is not valid; errors says why, field by field."
    else:
        errors, detail = getattr(error, "errors", []), str(error.detail)
    body = problem(error.status_code, detail, errors)
    return Response(body, error.status_code, headers=_headers(error), content_type=MEDIA_TYPE)


class Invalid(exceptions.APIException):
    """400 with the fields named."""

    status_code = 400
    told = "The request is not valid; errors says why, field by field."

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("Not valid.")
        self.errors = errors


class Conflict(exceptions.APIException):
    status_code = 409
    default_detail = "Other records rest on this one."


class NotReady(Invalid):
    """409 with what must be done first."""

    status_code = 409
    told = "Something must be done first; errors says what."


class Gone(exceptions.APIException):
    status_code = 410


class Unavailable(exceptions.APIException):
    """503 with the seconds after which to try again."""

    status_code = 503

    def __init__(self, told: str, wait: int = BUSY.seconds) -> None:
        super().__init__(told)
        self.wait = wait


def flatten(detail: Any, path: str = "") -> Iterator[FieldError]:
    """REST framework's nested errors as a flat list of paths."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            name = "" if key in ("non_field_errors", "__all__") else str(key)
            yield from flatten(value, f"{path}.{name}" if path and name else path or name)
    elif isinstance(detail, list):
        for number, value in enumerate(detail):
            nested = isinstance(value, (dict, list))
            yield from flatten(value, f"{path}[{number}]" if nested else path)
    else:
        yield FieldError(path, str(detail))


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    scheme = getattr(error, "auth_header", None)
    if scheme:
        headers["WWW-Authenticate"] = scheme
    wait = getattr(error, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(int(wait))
    return headers


def _translated(exc: Exception, context: dict[str, Any]) -> exceptions.APIException:
    from literature.rest.body import PayloadTooLarge
    from literature.rest.violations import from_database, from_validation

    view = context.get("view")
    match exc:
        case exceptions.APIException():
            return exc
        case Http404() | ObjectDoesNotExist():
            return exceptions.NotFound(NOT_HERE)
        case PermissionDenied():
            return exceptions.PermissionDenied()
        case RequestDataTooBig():
            return PayloadTooLarge()
        case SuspiciousOperation() | BadRequest() | UnreadablePostError():
            return exceptions.ParseError("The request could not be read.")
        case DjangoValidationError():
            return Invalid(from_validation(exc, view))
        case ProtectedError():
            return Conflict(_what_rests(exc))
        case IntegrityError():
            errors = from_database(exc)
            return Invalid(errors) if errors else Conflict()
    _log(exc, context)
    if outage := outage_of(exc):
        return Unavailable(f"{outage.title}. {outage.says}", outage.seconds)
    return exceptions.APIException("Something went wrong here. It has been logged.")


def _what_rests(error: ProtectedError) -> str:
    names = sorted({str(row._meta.verbose_name) for row in error.protected_objects})
    return f"Other records rest on this one: {', '.join(names)}."


def _log(exc: Exception, context: dict[str, Any]) -> None:
    """What is logged of an exception is for the logging to say: its type and frames, no message."""
    view = type(context.get("view")).__name__
    logger.error("api_error", exc_info=exc, extra={"view": view})
