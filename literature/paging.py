"""One page of a list, with the addresses of its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404

from literature.permalinks import Permalinks

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class PageLink:
    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Any]
    count: int
    first: int
    last: int
    number: int
    pages: int
    previous: str
    next: str
    links: list[PageLink | None]
    """None stands for pages left out."""


def paginate(found: Any, number: int, permalinks: Permalinks, *, size: int = PAGE_SIZE) -> Page:
    """Page `number` of a queryset: one query for the count, one for the rows.

    Raises Http404 beyond the last page, naming the last.
    """
    paginator = Paginator(found, size)
    try:
        page = paginator.page(number)
    except EmptyPage:
        raise Http404(
            f"There is no page {number}: the last page is {paginator.num_pages}."
        ) from None
    return Page(
        rows=list(page.object_list),
        count=paginator.count,
        first=page.start_index(),
        last=page.end_index(),
        number=number,
        pages=paginator.num_pages,
        previous=permalinks.page(number - 1) if page.has_previous() else "",
        next=permalinks.page(number + 1) if page.has_next() else "",
        links=_links(paginator, number, permalinks),
    )


def _links(paginator: Paginator[Any], number: int, permalinks: Permalinks) -> list[PageLink | None]:
    return [
        None if not isinstance(mark, int) else PageLink(mark, permalinks.page(mark), mark == number)
        for mark in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    ]
