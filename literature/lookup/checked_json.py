"""JSON from outside: read only when it is whole, of a sane depth, and holds what JSON may hold."""

from __future__ import annotations

import json
from typing import Any

MAX_DEPTH = 40


def checked_json(body: bytes) -> Any:
    """What `body` holds. Raises ValueError where it is no JSON, or nested too deeply."""
    try:
        read = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    layer, depth = [read], 0
    while layer:
        depth += 1
        if depth > MAX_DEPTH:
            raise ValueError("is nested too deeply")
        layer = [inner for one in layer for inner in _inside(one)]
    return read


def _inside(value: Any) -> list[Any]:
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [inner for inner in held if isinstance(inner, dict | list)]


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
