"""Which references are taken out at once: some by their ids, or what a search finds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from literature.bibliography.model import MAX_RECORDS
from literature.duplicates.merged import kept_of
from literature.exporting import Chosen
from literature.models import Reference
from literature.public_ids import PUBLIC_ID_RE
from literature.search import search_references

MAX_SELECTED = 500
"""Named one by one; a search may find up to `MAX_RECORDS`."""
MAX_NAMED = 5
"""Ids that a refusal names."""


class RefusedError(Exception):
    """Nothing is taken out: `reason` is a sentence, `field` what it is about (`ids`, or empty for
    the search as a whole)."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


def selected(ids: Iterable[str]) -> Chosen:
    """The references with these ids, each once, in this order. One that was merged into another
    leads to that one. One query, and one more for each id that was merged.

    Raises RefusedError for too many, none, and for any id that is not in the library.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise RefusedError("ids", "No reference is chosen.")
    if len(wanted) > MAX_SELECTED:
        raise RefusedError(
            "ids",
            f"At most {MAX_SELECTED} references are chosen one by one; these are "
            f"{len(wanted):,}. Take the result of a search instead.",
        )
    known = [public_id for public_id in wanted if PUBLIC_ID_RE.match(public_id)]
    found = {row.public_id: row for row in _rows().filter(public_id__in=known)}
    missing = [public_id for public_id in wanted if public_id not in found]
    found |= {public_id: row for public_id in missing if (row := _merged(public_id))}
    lost = [public_id for public_id in missing if public_id not in found]
    if lost:
        raise RefusedError("ids", _not_here(lost))
    return _chosen(list(dict.fromkeys(found[public_id] for public_id in wanted)))


def searched(filters: dict[str, Any], user: Any) -> Chosen:
    """What fits the cleaned data of a ReferenceSearchForm, in its order.

    Raises RefusedError where nothing does, or more than `MAX_RECORDS` do.
    """
    rows = search_references(filters, user).defer("search")
    many = rows.order_by()[: MAX_RECORDS + 1].count()
    if not many:
        raise RefusedError("", "The search finds no reference, so there is nothing to take out.")
    if many > MAX_RECORDS:
        raise RefusedError(
            "",
            f"The search finds more than {MAX_RECORDS:,} references, which is the most that is "
            "taken out at once. Narrow it down, for example by years.",
        )
    return _chosen(list(rows))


def _rows() -> Any:
    return Reference.objects.defer("search")


def _merged(public_id: str) -> Reference | None:
    return kept_of(public_id) if PUBLIC_ID_RE.match(public_id) else None


def _chosen(rows: list[Reference]) -> Chosen:
    if len(rows) == 1:
        return Chosen(rows, rows[0].title, f"reference-{rows[0].public_id}")
    return Chosen(rows, f"{len(rows)} references", "references")


def _not_here(lost: list[str]) -> str:
    shown = ", ".join(f"“{public_id[:20]}”" for public_id in lost[:MAX_NAMED])
    more = f" and {len(lost) - MAX_NAMED} more" if len(lost) > MAX_NAMED else ""
    return f"There is no reference {shown}{more} in the library."
