"""Pages of a list, from a bounded amount of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from literature.rest.query import Asked

MAX_COUNTED = 100_000
"""Rows beyond this are neither counted nor paged to: filters narrow a list, not patience."""


@dataclass(frozen=True, slots=True)
class Page:
    count: int | None
    """None: nobody asked for it."""
    next: str | None
    previous: str | None
    rows: list[Any]

    def around(self, results: list[Any]) -> dict[str, Any]:
        return {
            "count": self.count,
            "next": self.next,
            "previous": self.previous,
            "results": results,
        }


def paginate(request: Request, found: QuerySet[Any] | Sequence[Any], asked: Asked) -> Page:
    """One query for the count, where it is asked for, and one for the rows. Raises NotFound beyond
    the last page."""
    start = (asked.page - 1) * asked.page_size
    count = _count(found, asked) if asked.counted else None
    rows = list(found[start : min(start + asked.page_size + 1, MAX_COUNTED)])
    if not rows and asked.page > 1:
        _count(found, asked)
    return Page(
        count=count,
        next=_url(request, asked.page + 1) if len(rows) > asked.page_size else None,
        previous=_url(request, asked.page - 1) if asked.page > 1 else None,
        rows=rows[: asked.page_size],
    )


def _count(found: QuerySet[Any] | Sequence[Any], asked: Asked) -> int:
    """Raises NotFound where the page that is asked for is beyond the last."""
    bounded = found.order_by()[:MAX_COUNTED] if isinstance(found, QuerySet) else found
    count = bounded.count() if isinstance(bounded, QuerySet) else len(bounded)
    last = max(1, -(-count // asked.page_size))
    if asked.page > last:
        raise NotFound(f"There is no page {asked.page}: the last page is {last}.")
    return count


def _url(request: Request, number: int) -> str:
    """The same address with another page, relative to this host."""
    query = request.query_params.copy()
    query["page"] = str(number)
    return f"{request.path}?{query.urlencode()}"
