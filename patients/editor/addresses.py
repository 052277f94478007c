"""The addresses of the editor: below the case, or below a proposal where one is being written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Proposing:
    """What the editor's views need to know while they show a proposal instead of the record."""

    root: str
    """The address of its editor."""
    page: str
    """The address of the proposal itself."""
    revision: Any


_proposing: ContextVar[Proposing | None] = ContextVar("proposing", default=None)


def proposing() -> Proposing | None:
    """The proposal that this request writes; None where it edits the record."""
    return _proposing.get()


@contextmanager
def within(proposal: Proposing) -> Iterator[None]:
    """Views called inside show and edit `proposal`."""
    token = _proposing.set(proposal)
    try:
        yield
    finally:
        _proposing.reset(token)


def edit_url(name: str, accession: str, *args: str) -> str:
    """The address of an editor's view by its name, such as `edit-row`."""
    url = reverse(f"patients:{name}", args=[accession, *args])
    proposal = proposing()
    if proposal is None:
        return url
    return proposal.root + url.removeprefix(reverse("patients:case-edit", args=[accession]))
