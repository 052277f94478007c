"""Cases as the API's list shows them: one query, planned by nobody but the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from django.db.models.expressions import RawSQL
from django.urls import reverse

from literature import reading_from
from patients.models import Listing
from patients.querysets import audience_of
from patients.searching.names import STATE_SQL, names_of
from patients.vocabulary import Audience

_COLUMNS: Final = (
    "pk", "accession", "title", "case__status", "sex", "age_low", "age_words", "diagnosis", "site",
    "treatments", "outcome", "source_year", "event_count", "reference_count", "listed_at",
)  # fmt: skip
"""The key, then the fields of `CaseRow` in their order, but for the last; the state of the terms
comes behind them."""
_NAMES: Final = tuple(name.removeprefix("case__") for name in _COLUMNS[1:])
_ANY: Final = "CB-0000000"


def case_rows(keys: Sequence[int], user: Any) -> list[dict[str, Any]]:
    """`CaseRow` of the listings `keys`, in their order, as JSON has it; what the user may not see
    is left out. One query, and another where a term has changed."""
    sql, values = _sql(audience_of(user))
    with reading_from.connection().cursor() as cursor:
        cursor.execute(sql, [*values, list(keys)])
        found = {row[0]: row for row in cursor.fetchall()}
    if not found:
        return []
    terms = names_of(next(iter(found.values()))[-1]).shown
    return [_row(found[key], terms) for key in keys if key in found]


@cache
def _sql(audience: Audience) -> tuple[str, tuple[Any, ...]]:
    """What is asked for, and its values but for the last, which is the list of keys. To write the
    query takes the ORM as long as the database takes to answer it."""
    table = Listing._meta.db_table
    state = RawSQL(STATE_SQL, [])
    shown = Listing.objects.of_audience(audience).order_by().values_list(*_COLUMNS, state)
    sql, values = shown.extra(where=[f"{table}.id = ANY (%s)"], params=[[]]).query.sql_with_params()
    return sql, values[:-1]


def _row(values: Sequence[Any], terms: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(zip(_NAMES, values[1:-1], strict=True))
    for name in ("diagnosis", "site"):
        row[name] = _named(row[name], terms) if row[name] else None
    row["treatments"] = [_named(slug, terms) for slug in row["treatments"]]
    row["url"] = _address().replace(_ANY, row["accession"])
    return row


def _named(slug: str, terms: Mapping[str, Any]) -> Any:
    return terms.get(slug) or {"slug": slug, "display": slug}


@cache
def _address() -> str:
    return reverse("patients:case-detail", args=[_ANY])
