"""Who cites a reference. The library cannot know; an app that does registers itself here.

The library stays usable alone: until somebody registers, nothing is cited.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import BooleanField, IntegerField, Value
from django.db.models.expressions import Combinable, Expression

from literature.quotes.wording import QuoteCheck, quote_check

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
    quote_state: str = ""
    """`verified`, `elsewhere`, `not_found` or `no_text`; empty without a quote."""
    quote_found_at: str = ""
    """`abstract` or `full_text`, where it was found."""
    found_in: str | None = None
    """The id of the other reference that says it."""
    found_in_short: str = ""

    @property
    def check(self) -> QuoteCheck | None:
        """What is known of the quote, as pages show it."""
        return quote_check(
            self.quote_state, self.quote_found_at, self.found_in, self.found_in_short
        )


@dataclass(frozen=True, slots=True)
class CitingGroup:
    """The places that cite it in one role."""

    role: str
    entries: list[CitingEntry]


class Citers(Protocol):
    def is_cited(self, user: Any) -> Expression | Combinable:
        """A condition on references: something that `user` may see cites it."""

    def case_count(self, user: Any) -> Expression | Combinable:
        """Of a reference: how many cases that `user` may see cite it."""

    def groups(self, reference: Reference, user: Any) -> list[CitingGroup]:
        """What cites `reference` and may be seen by `user`, in one query."""

    def refuse_removal(self, reference: Reference) -> None:
        """Raises ValidationError where something that stays citable still names `reference`."""

    def reference_changed(self, reference: Reference) -> None:
        """Brings up to date what is derived from it, in the transaction that changed it."""

    def move(self, gone: Reference, kept: Reference) -> dict[str, Any]:
        """Ties all that cites `gone` to `kept`; gives what `move_back` needs, fit for JSON."""

    def move_back(self, gone: Reference, kept: Reference, moved: dict[str, Any]) -> None:
        """Undoes `move`."""

    def must_show(self, reference: Reference, reason: str, by: Any) -> None:
        """Brings what is published up to date: a retraction, a merge shows at once."""

    def cited(self, references: Collection[int], since: datetime) -> set[int]:
        """Those of `references` (primary keys) that anything cites now, or that a version
        published after `since` still names; whoever may see it."""

    def texts_changed(self, reference: Reference) -> None:
        """Checks anew the quotes that a text added or removed may decide."""

    def texts_came_or_went(self) -> None:
        """Checks anew the quotes that many texts, added or removed at once, may decide."""

    def cite_url(self, reference: Reference, user: Any) -> str:
        """Where `user` can cite it; empty where they may not."""


class NoCiters:
    def is_cited(self, user: Any) -> Expression | Combinable:
        return Value(False, output_field=BooleanField())

    def case_count(self, user: Any) -> Expression | Combinable:
        return Value(0, output_field=IntegerField())

    def groups(self, reference: Reference, user: Any) -> list[CitingGroup]:
        return []

    def refuse_removal(self, reference: Reference) -> None:
        return None

    def reference_changed(self, reference: Reference) -> None:
        return None

    def move(self, gone: Reference, kept: Reference) -> dict[str, Any]:
        return {}

    def move_back(self, gone: Reference, kept: Reference, moved: dict[str, Any]) -> None:
        return None

    def must_show(self, reference: Reference, reason: str, by: Any) -> None:
        return None

    def cited(self, references: Collection[int], since: datetime) -> set[int]:
        return set()

    def texts_changed(self, reference: Reference) -> None:
        return None

    def texts_came_or_went(self) -> None:
        return None

    def cite_url(self, reference: Reference, user: Any) -> str:
        return ""


_registered: list[Citers] = [NoCiters()]


def register(citers: Citers) -> None:
    _registered[:] = [citers]


def citers() -> Citers:
    return _registered[0]
