"""Cases as the API's list shows them: one query, planned by nobody but the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from django.urls import reverse

from literature import reading_from
from patients.querysets import audience_of
from patients.searching.names import names_of

_NAMES: Final = (
    "accession", "title", "status", "sex", "age_low", "age_words", "diagnosis", "site",
    "treatments", "outcome", "source_year", "event_count", "reference_count", "listed_at",
)  # fmt: skip
"""The fields of `CaseRow` in their order, but for the last."""
QUERY: Final = f"SELECT pk, {', '.join(_NAMES)}, terms FROM patients_listed_rows(%s, %s::bigint[])"
"""The function is made by a migration. It gives what `Listing.objects.of_audience` would, and the
state of the terms; a query is planned anew each time, which takes as long as running it."""
_ANY: Final = "CB-0000000"


def case_rows(keys: Sequence[int], user: Any) -> list[dict[str, Any]]:
    """`CaseRow` of the listings `keys`, in their order, as JSON has it; what the user may not see
    is left out. One query, and another where a term has changed."""
    with reading_from.connection().cursor() as cursor:
        cursor.execute(QUERY, [str(audience_of(user)), list(keys)])
        found = {row[0]: row for row in cursor.fetchall()}
    if not found:
        return []
    terms = names_of(next(iter(found.values()))[-1]).shown
    return [_row(found[key], terms) for key in keys if key in found]


def _row(values: Sequence[Any], terms: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(zip(_NAMES, values[1:-1], strict=True))
    for name in ("diagnosis", "site"):
        slug = row[name]
        row[name] = (terms.get(slug) or _unnamed(slug)) if slug else None
    row["treatments"] = [terms.get(slug) or _unnamed(slug) for slug in row["treatments"]]
    before, after = _address()
    row["url"] = f"{before}{row['accession']}{after}"
    return row


def _unnamed(slug: str) -> dict[str, str]:
    return {"slug": slug, "display": slug}


@cache
def _address() -> tuple[str, str]:
    """What stands before and after an accession."""
    before, _, after = reverse("patients:case-detail", args=[_ANY]).partition(_ANY)
    return before, after
