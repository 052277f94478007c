"""Who cites a reference. The library cannot know; an app that does registers itself here.

The library stays usable alone: until somebody registers, nothing is cited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import BooleanField, Value
from django.db.models.expressions import Combinable, Expression

if TYPE_CHECKING:
    from literature.models import Reference


@dataclass(frozen=True, slots=True)
class CitingEntry:
    """One place that cites the reference."""

    title: str
    url: str
    target: str
    note: str
    quote: str


@dataclass(frozen=True, slots=True)
class CitingGroup:
    """The places that cite it in one role."""

    role: str
    entries: list[CitingEntry]


class Citers(Protocol):
    def is_cited(self, user: Any) -> Expression | Combinable:
        """A condition on references: something that `user` may see cites it."""

    def groups(self, reference: Reference, user: Any) -> list[CitingGroup]:
        """What cites `reference` and may be seen by `user`, in one query."""

    def refuse_removal(self, reference: Reference) -> None:
        """Raises ValidationError where something that stays citable still names `reference`."""

    def reference_changed(self, reference: Reference) -> None:
        """Brings up to date what is derived from it, in the transaction that changed it."""


class NoCiters:
    def is_cited(self, user: Any) -> Expression | Combinable:
        return Value(False, output_field=BooleanField())

    def groups(self, reference: Reference, user: Any) -> list[CitingGroup]:
        return []

    def refuse_removal(self, reference: Reference) -> None:
        return None

    def reference_changed(self, reference: Reference) -> None:
        return None


_registered: list[Citers] = [NoCiters()]


def register(citers: Citers) -> None:
    _registered[:] = [citers]


def citers() -> Citers:
    return _registered[0]
