"""One page of what a search found. It waits for no count: of a large base counts come apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404

from literature.paging import PAGE_SIZE, PageLink
from literature.permalinks import Permalinks
from patients.models import Listing
from patients.search import CaseSearch
from patients.searching import engine
from patients.searching.cursors import write_cursor
from patients.searching.engine import Count
from patients.searching.wanted import Order

TOO_FAR: Final = (
    f"Pages are counted through the first {engine.MAX_OFFSET:,} cases. Narrow the search down, or "
    "follow “Next” from there."
)


@dataclass(frozen=True, slots=True)
class ResultPage:
    rows: list[Listing]
    count: Count | None
    """None: not counted yet."""
    first: int
    """The place of the first row among all, from 1; 0 where it is not known."""
    last: int
    pages: int
    """Known ones; 0 where they are not counted."""
    previous: str
    next: str
    links: list[PageLink | None]
    first_url: str = ""
    """Of the first page, where the one before is not known."""
    only_ranked: bool = False
    """There are more hits than are put in order of how well they match."""

    @property
    def is_empty(self) -> bool:
        return not self.rows


def result_page(
    search: CaseSearch, number: int, permalinks: Permalinks, *, counts: bool
) -> ResultPage:
    """Page `number`, or what comes after the cursor that is asked for.

    `counts`: count now, whatever it takes. Raises Http404 beyond the last page, naming the last.
    """
    after = search.filters.get("after")
    if after is not None:
        return _after(search, permalinks)
    offset = (number - 1) * PAGE_SIZE
    reach = _reach(search)
    if offset + PAGE_SIZE > reach:
        _refuse(search, number)
    found = search.results()
    hits = found.hits(limit=PAGE_SIZE + 1, offset=offset)
    if not hits and number > 1:
        _refuse(search, number)
    count = _count(search, offset, len(hits), counts=counts)
    counted = min(count.number, reach) if count else 0
    paginator = Paginator(range(counted), PAGE_SIZE)
    more = len(hits) > PAGE_SIZE
    return ResultPage(
        rows=found.listings(hits[:PAGE_SIZE]),
        count=count,
        first=offset + 1,
        last=offset + min(len(hits), PAGE_SIZE),
        pages=paginator.num_pages if count else 0,
        previous=permalinks.page(number - 1) if number > 1 else "",
        next=_next(search, number, hits, permalinks) if more else "",
        links=_links(paginator, number, permalinks) if count else [],
        only_ranked=bool(count and _is_ranked(search) and count.number > engine.MAX_RANKED),
    )


def _is_ranked(search: CaseSearch) -> bool:
    return search.order == Order.RELEVANCE and bool(search.wanted.words)


def _reach(search: CaseSearch) -> int:
    return engine.MAX_RANKED if _is_ranked(search) else engine.MAX_OFFSET


def _refuse(search: CaseSearch, number: int) -> None:
    count = search.count()
    if count.number > _reach(search):
        raise Http404(f"There is no page {number}. {TOO_FAR}")
    last = max(1, -(-count.number // PAGE_SIZE))
    raise Http404(f"There is no page {number}: the last page is {last}.")


def _count(search: CaseSearch, offset: int, found: int, *, counts: bool) -> Count | None:
    if found <= PAGE_SIZE:
        return Count(offset + found)
    return search.count() if counts else None


def _next(search: CaseSearch, number: int, hits: list[Any], permalinks: Permalinks) -> str:
    if (number + 1) * PAGE_SIZE <= _reach(search):
        return permalinks.page(number + 1)
    if _is_ranked(search):
        return ""
    return permalinks.going_on(write_cursor(search.order, hits[PAGE_SIZE - 1]))


def _after(search: CaseSearch, permalinks: Permalinks) -> ResultPage:
    found = search.results()
    hits = found.hits(limit=PAGE_SIZE + 1, after=search.filters["after"])
    more = len(hits) > PAGE_SIZE
    cursor = write_cursor(search.order, hits[PAGE_SIZE - 1]) if more else ""
    return ResultPage(
        rows=found.listings(hits[:PAGE_SIZE]),
        count=None,
        first=0,
        last=0,
        pages=0,
        previous="",
        next=permalinks.going_on(cursor) if more else "",
        links=[],
        first_url=permalinks.page(1),
    )


def _links(paginator: Paginator[Any], number: int, permalinks: Permalinks) -> list[PageLink | None]:
    return [
        None if not isinstance(mark, int) else PageLink(mark, permalinks.page(mark), mark == number)
        for mark in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    ]
