"""The list of cases page by page: by number, or on from the last case of a page by a cursor."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from literature.rest.paging import Page
from literature.rest.problems import FieldError, Invalid
from literature.rest.query import Asked
from patients.search import CaseSearch
from patients.searching import engine
from patients.searching.cursors import write_cursor
from patients.searching.wanted import Hit, Order
from patients.serializers.case_rows import case_rows

BY_NUMBER: Final = 1_000
"""Rows up to which `next` is a page's number; from there on it is a cursor, which is as quick for
the last case as for the first."""


def case_page(request: Request | HttpRequest, asked: Asked) -> dict[str, Any]:
    """The answer to `asked`, which was read from `request`. Raises NotFound beyond the last page,
    naming the last, and Invalid where pages are not counted so far."""
    search = CaseSearch(asked.filters, request.user)
    after = asked.filters.get("after")
    offset = (asked.page - 1) * asked.page_size
    if after is not None and asked.page > 1:
        raise Invalid([FieldError("page", "Comes with no cursor: that says where to go on.")])
    if offset >= engine.MAX_OFFSET:
        _refuse(search, asked, offset)
    hits = search.results().hits(limit=asked.page_size + 1, offset=offset, after=after)
    if offset and not hits:
        _refuse(search, asked, offset)
    shown = hits[: asked.page_size]
    more = len(hits) > asked.page_size
    page = Page(
        count=_told_count(search, asked, offset, len(hits)),
        next=_next(request, search, asked, shown[-1], offset) if more else None,
        previous=_url(request, page=str(asked.page - 1)) if asked.page > 1 else None,
        rows=case_rows([hit.listing for hit in shown], request.user),
    )
    return page.around(page.rows)


def _refuse(search: CaseSearch, asked: Asked, offset: int) -> None:
    if offset >= engine.MAX_OFFSET and _count(search) > engine.MAX_OFFSET:
        raise Invalid([FieldError("page", f"Pages are counted up to row {engine.MAX_OFFSET}: "
                                          "follow `next`, which goes on from there.")])  # fmt: skip
    last = max(1, -(-len(search.results()) // asked.page_size))
    raise NotFound(f"There is no page {asked.page}: the last page is {last}.")


def _told_count(search: CaseSearch, asked: Asked, offset: int, hits: int) -> int | None:
    if not asked.counted:
        return None
    is_last = asked.filters.get("after") is None and hits <= asked.page_size
    return offset + hits if is_last else _count(search)


def _count(search: CaseSearch) -> int:
    count = search.count()
    return count.number + count.more


def _next(
    request: Request | HttpRequest, search: CaseSearch, asked: Asked, last: Hit, offset: int
) -> str:
    """Where the list goes on behind `last`, which is not the last of all."""
    ranked = search.order == Order.RELEVANCE and bool(search.wanted.words)
    by_number = ranked or offset + asked.page_size < BY_NUMBER
    if asked.filters.get("after") is None and by_number:
        return _url(request, page=str(asked.page + 1))
    return _url(request, cursor=write_cursor(search.order, last))


def _url(request: Request | HttpRequest, **place: Any) -> str:
    """The same address at another place, relative to this host."""
    kept = {name: values for name, values in request.GET.lists() if name not in ("page", "cursor")}
    return f"{request.path}?{urlencode(kept | place, doseq=True)}"
