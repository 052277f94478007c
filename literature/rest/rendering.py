"""JSON, written quickly: the same bytes whether or not an answer goes through REST framework."""

from __future__ import annotations

from typing import Any

import msgspec
from django.utils.functional import Promise
from rest_framework.renderers import JSONRenderer


def json_bytes(payload: Any) -> bytes:
    """Raises TypeError for what is neither JSON nor a dataclass, date, decimal or lazy text."""
    return msgspec.json.encode(payload, enc_hook=_other)


def _other(value: Any) -> str:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, str):  # of a class of its own
        return str.__str__(value)
    raise TypeError(f"{type(value).__name__} is not JSON.")


class Renderer(JSONRenderer):
    """For clients that ask for an indented answer, as REST framework writes it."""

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        if data is None:
            return b""
        if self.get_indent(accepted_media_type or "", renderer_context or {}) is not None:
            return super().render(data, accepted_media_type, renderer_context)
        return json_bytes(data)
