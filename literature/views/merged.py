"""Addresses of records that were merged into others."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from literature.duplicates.merged import kept_of


def elsewhere(public_id: str) -> HttpResponse:
    """To the record that answers for `public_id` now, for good; but browsers ask again, since a
    merge can be taken back. Raises Http404 where there never was such a record."""
    kept = kept_of(public_id)
    if kept is None:
        raise Http404(f"There is no reference {public_id}.")
    response = redirect(kept, permanent=True)
    response["Cache-Control"] = "no-cache"
    return response
