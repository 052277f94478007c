"""What the database refused, in a sentence."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps


def reason_of(error: Exception) -> str:
    """Names the constraint, and says what it asks for where the models say that."""
    told: Any = getattr(error.__cause__, "diag", None)
    name = getattr(told, "constraint_name", None)
    if name:
        message = _messages().get(name, "")
        detail = getattr(told, "message_detail", None) or ""
        return f"the database refuses it: {name}. {message or detail}".rstrip()
    primary = getattr(told, "message_primary", None) or str(error)
    return f"the database refuses it: {primary.splitlines()[0]}"


@cache
def _messages() -> dict[str, str]:
    found = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            message = constraint.violation_error_message
            if message and message != constraint.default_violation_error_message:
                found[constraint.name] = str(message)
    return found
