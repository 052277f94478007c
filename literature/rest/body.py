"""Request bodies: JSON only, bounded, and nothing in it that a record could not hold."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import IO, Any

from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import BaseParser

from literature.rest.problems import shown

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_DIGITS = 400
"""Digits of one whole number: far above any field, far below where Python refuses to read it."""


class PayloadTooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = f"The body is larger than {MAX_BYTES} bytes."
    default_code = "too_large"


class StrictJSONParser(BaseParser):
    """Refuses what `json` lets pass: NaN, infinity, duplicate keys, NUL and half surrogates."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Any = None,
    ) -> dict[str, Any]:
        body = stream.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise PayloadTooLarge
        return read_object(body)


def read_object(body: bytes) -> dict[str, Any]:
    """The object in `body`. Raises ParseError, or ValidationError where a field can be named."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except UnicodeDecodeError:
        raise ParseError("The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise ParseError(f"The body is not JSON: {error.msg}, character {error.pos}.") from None
    except RecursionError:
        raise ParseError(_TOO_DEEP) from None
    if not isinstance(value, dict):
        raise ParseError("The body must be a JSON object.")
    for path, problem in _faults(value):
        raise ValidationError({path: [problem]})
    return value


_TOO_DEEP = f"The body is nested deeper than {MAX_DEPTH} levels."


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValidationError({shown(key): ["Is given more than once."]})
        found[key] = value
    return found


def _constant(name: str) -> float:
    raise ParseError(f"{name} is not a number of JSON.")


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ParseError(f"The number {text[:40]} is too large.")
    return number


def _int(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ParseError(f"A number has more than {MAX_DIGITS} digits.")
    return int(text)


def _faults(value: Any) -> Iterator[tuple[str, str]]:
    """Paths of texts that are no text; walks without recursion, so that depth cannot hurt."""
    waiting: list[tuple[Any, str, int]] = [(value, "", 1)]
    while waiting:
        at, path, depth = waiting.pop()
        if isinstance(at, str):
            problem = text_problem(at)
            if problem:
                yield path, problem
        elif isinstance(at, (dict, list)):
            if depth > MAX_DEPTH:
                raise ParseError(_TOO_DEEP)
            for step, child in _children(at, path):
                if isinstance(at, dict) and text_problem(step):
                    yield step, "The name of this field is no text."
                waiting.append((child, step, depth + 1))


def _children(at: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(at, dict):
        for key, child in at.items():
            yield (f"{path}.{key}" if path else key), child
    else:
        for number, child in enumerate(at):
            yield f"{path}[{number}]", child


def text_problem(text: str) -> str:
    """Why `text` cannot be stored as text; empty where it can."""
    if "\x00" in text:
        return "Holds a NUL character."
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "Holds half a surrogate pair."
    return ""
