"""New cases of a search as an Atom feed (RFC 4287): published ones alone, whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from literature.permalinks import Permalinks
from patients.facets import chips
from patients.models import Listing
from patients.search import CaseSearch
from patients.searching.wanted import Order

ENTRIES: Final = 50
NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries was changed last: always the same, so that it stays the same."""


class _Feed(Atom1Feed):
    """Says itself when it was changed last; Django's would say now where there is nothing."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER


def feed_of(request: HttpRequest, form: Any) -> HttpResponse:
    """`form` is a CaseSearchForm that is valid. The newest cases first, whatever its order."""
    search = CaseSearch(form.cleaned_data, AnonymousUser())
    search.order = Order.NEWEST
    found = search.results()
    permalinks = Permalinks(request.GET)
    words = "; ".join(
        f"{chip.label}: {chip.value}" for chip in chips(form.cleaned_data, permalinks)
    )
    page = request.build_absolute_uri(f"{reverse('patients:case-list')}?{permalinks.query}")
    own = request.build_absolute_uri(f"{request.path}?{permalinks.query}")
    feed = _Feed(
        title=f"Casebase: {words or 'new cases'}",
        link=page,
        description="Published case reports, the newest first.",
        feed_url=own,
        feed_guid=own,
    )
    for row in found.listings(found.hits(limit=ENTRIES), summaries=True):
        _add(feed, request, row)
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


def _add(feed: _Feed, request: HttpRequest, row: Listing) -> None:
    url = request.build_absolute_uri(row.case.get_absolute_url())
    feed.add_item(
        title=row.title,
        link=url,
        description=row.summary,
        unique_id=url,
        pubdate=row.listed_at,
        updateddate=row.listed_at,
        author_name="Casebase",
    )
