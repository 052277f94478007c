"""What a comparison of six cases of 200 events costs beside one case page of 200 events.

    .venv/bin/python -m bench.comparing

Both are rendered in turns in one process, from documents in memory to the page's HTML: figure wide
and narrow, tables, references. Printed are medians and the ratio, which should be at most 3.
Nothing is asked of a database.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bench.figure import EVENTS, case_of, configure, in_turns

CASES = 6
MOST = 3.0
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def cases_of(count: int) -> list[Any]:
    """The same course with other names and days, so that no two share their places."""
    made: list[Any] = []
    for number in range(count):
        document: Any = case_of(EVENTS)
        events = [_later(row, number) for row in document.events]
        made.append(replace(document, accession=f"CB-TESTTE{number}", events=events))
    return made


def _later(event: Any, days: int) -> Any:
    time = event.time
    start = replace(time.start, low=time.start.low + days, high=time.start.high + days)
    end = time.end and replace(time.end, low=time.end.low + days, high=time.end.high + days)
    return replace(event, time=replace(time, start=start, end=end))


def main() -> None:
    configure()
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory, override_settings

    from patients.comparing_form import Comparison
    from patients.comparing_page import comparison_page
    from patients.reading import Reading
    from patients.views import case_page

    request = RequestFactory().get("/cases/compare/", SERVER_NAME="localhost")
    request.user = AnonymousUser()
    at = datetime(2020, 1, 1, tzinfo=UTC)
    readings = [Reading(row, "published", 1, "0" * 64, at) for row in cases_of(CASES)]

    def case() -> object:
        return case_page(request, readings[0], is_version=True).content

    def comparison() -> object:
        return comparison_page(request, Comparison(readings=readings)).content

    with override_settings(STORAGES=STORAGES):
        found = in_turns({"case page": case, "comparison": comparison})
    for name, seconds in found.items():
        print(f"{name:12} {1000 * seconds:7.1f} ms")
    ratio = found["comparison"] / found["case page"]
    print(f"six cases of {EVENTS} events: {ratio:.2f} × one case page, at most {MOST:g}")


if __name__ == "__main__":
    main()
