"""What a search found, as a file: a row a case, written while it is read, few rows at a time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

import msgspec

from literature.spreadsheet import safe_cell
from patients.models import Listing, Term
from patients.search import CaseSearch
from patients.searching.wanted import Hit, Order
from patients.vocabulary import Status

MAX_ROWS: Final = 50_000
"""Cases of one file; those that come first in the order that was asked for."""
AT_ONCE: Final = 500
_BYTE_ORDER_MARK: Final = "﻿"
_HEADING: Final = (
    "accession", "title", "status", "sex", "age", "diagnosis", "primary_site", "treatments",
    "outcome", "report_year", "events", "references", "listed_at", "url",
)  # fmt: skip
_END: Final = "Only the first {:,} cases are in this file: narrow the search down for the others."


@dataclass(frozen=True, slots=True)
class Kind:
    content_type: str
    start: str
    line: Callable[[dict[str, Any]], str]
    cut: Callable[[str], str]
    """The last line, where there are more cases than a file holds."""


def _csv_line(cells: list[Any]) -> str:
    made = StringIO()
    csv.writer(made).writerow([safe_cell(cell) for cell in cells])
    return made.getvalue()


def _csv_row(row: dict[str, Any]) -> str:
    cells = [" | ".join(cell) if isinstance(cell, list) else cell for cell in row.values()]
    return _csv_line(cells)


def _json_row(row: dict[str, Any]) -> str:
    return msgspec.json.encode(row).decode() + "\n"


KINDS: Final = {
    "csv": Kind(
        "text/csv; charset=utf-8",
        _BYTE_ORDER_MARK + _csv_line(list(_HEADING)),
        _csv_row,
        lambda words: _csv_line([words]),
    ),
    "jsonl": Kind(
        "application/jsonl; charset=utf-8",
        "",
        _json_row,
        lambda words: _json_row({"note": words}),
    ),
}


def file_of(search: CaseSearch, kind: Kind, site: str) -> Iterator[str]:
    """The file, piece by piece. Nothing is kept open in the database between two pieces: each goes
    on after the last case of the one before. `site` is the address of the home page."""
    search.order = Order.NEWEST if search.order == Order.RELEVANCE else search.order
    yield kind.start
    written = 0
    after: Hit | None = None
    found = search.results()
    while written < MAX_ROWS:
        hits = found.hits(limit=AT_ONCE, after=after)
        if not hits:
            return
        names = _names(rows := found.listings(hits))
        yield "".join(kind.line(_row(row, names, site)) for row in rows)
        written, after = written + len(hits), hits[-1]
    if found.hits(limit=1, after=after):
        yield kind.cut(_END.format(MAX_ROWS))


def _names(rows: list[Listing]) -> dict[str, str]:
    slugs = {slug for row in rows for slug in (row.diagnosis, row.site, *row.treatments) if slug}
    return dict(Term.objects.filter(slug__in=slugs).values_list("slug", "display"))


def _row(row: Listing, names: dict[str, str], site: str) -> dict[str, Any]:
    values = (
        row.accession,
        row.title,
        Status(row.case.status).value,
        row.sex,
        row.age_words,
        names.get(row.diagnosis, row.diagnosis),
        names.get(row.site, row.site),
        [names.get(slug, slug) for slug in row.treatments],
        row.outcome,
        row.source_year,
        row.event_count,
        row.reference_count,
        row.listed_at.isoformat(),
        f"{site.rstrip('/')}{row.case.get_absolute_url()}",
    )
    return dict(zip(_HEADING, values, strict=True))
