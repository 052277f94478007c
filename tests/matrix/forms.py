"""The names of all fields of all forms of the project, read from its modules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django import forms

OURS = ("casebase.", "literature.", "patients.")


@cache
def field_names() -> frozenset[str]:
    return frozenset(
        name
        for form in _below(forms.BaseForm)
        if form.__module__.startswith(OURS)
        for name in getattr(form, "base_fields", {})
    )


def _below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)
