"""How often one may ask for pages. The interface for programs has its own rates, in
`literature.rest.throttles`; wrong passwords are counted apart, by axes and allauth."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from literature.rest.throttles import FileThrottle, ImportThrottle, PageThrottle, SearchThrottle

Answer = Callable[[HttpRequest], HttpResponseBase]
UNCOUNTED: Final = frozenset({"healthz", "metrics"})
SEARCHES: Final = frozenset({
    "patients:case-list", "patients:case-facets", "patients:case-feed", "patients:compare",
    "patients:case-like", "literature:reference-list", "literature:reference-suggest",
})  # fmt: skip
FILES: Final = frozenset({
    "patients:case-results", "patients:compare-file", "patients:compare-figure",
    "patients:version-figure", "patients:case-pack-zip", "patients:version-pack-zip",
    "patients:figure-svg", "patients:figure-pdf", "patients:figure-png",
    "patients:case-references",
    "literature:reference-export", "literature:import-original", "literature:import-report-csv",
    "literature:import-report-json",
})  # fmt: skip
"""What is made for each request, with work."""
BRINGS_IN: Final = frozenset({
    "literature:reference-add", "literature:reference-look-up", "literature:reference-take",
    "literature:text-add", "patients:image-attach",
})  # fmt: skip
"""What takes a file or a list, or asks another service, when it is posted to."""


class Limits:
    """Counts each request for a page by user, or by address for whoever is not signed in, in each
    worker for itself. What costs more has a lower rate on top."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in UNCOUNTED or request.path.startswith("/api/"):
            return None
        for throttle in counted_by(name, request.method or ""):
            if not throttle.allow_request(request, None):
                return refused(request, throttle.wait())
        return None


def counted_by(name: str, method: str) -> list[Any]:
    """The throttles that a request for the route `name` has to pass."""
    found: list[Any] = [PageThrottle()]
    if name in SEARCHES:
        found.append(SearchThrottle())
    if name in FILES:
        found.append(FileThrottle())
    if name in BRINGS_IN and method == "POST":
        found.append(ImportThrottle())
    return found


def refused(request: HttpRequest, wait: float | None) -> HttpResponseBase:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(math.ceil(wait or 1))
    return response
