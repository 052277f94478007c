"""Rows that cannot be added as new, since an identifier belongs to one reference alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from literature.duplicates.keys import identifier_keys
from literature.models import ImportRow, OtherIdentifier, Reference

COLUMNS = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid"}


def already_held(rows: Iterable[ImportRow]) -> dict[int, str]:
    """By position: whose identifier it is already, in words. Of rows that are like nothing there
    can be none, so these are not looked up. At most five queries."""
    asked = [row for row in rows if row.match_id or row.match_row]
    if not asked:
        return {}
    holders = _holders({key for row in asked for key in identifier_keys(row.csl)})
    twins = _twins(asked)
    found = {}
    for row in asked:
        keys = identifier_keys(row.csl)
        held = next((key for key in keys if key in holders), None)
        shared = next((key for key in keys if key in twins.get(row.match_row, ())), None)
        if held:
            found[row.position] = f"its {held[0]} belongs to reference {holders[held]}"
        elif shared:
            found[row.position] = f"row {row.match_row} has the same {shared[0]}"
    return found


def _holders(keys: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    values = defaultdict(list)
    for kind, value in keys:
        values[kind].append(value)
    holders: dict[tuple[str, str], str] = {}
    for kind, column in COLUMNS.items():
        if not values[kind]:
            continue
        rows = Reference.objects.filter(**{f"{column}__in": values[kind]})
        holders |= {(kind, value): pk for value, pk in rows.values_list(column, "public_id")}
        others = OtherIdentifier.objects.filter(kind=kind, value__in=values[kind])
        holders |= {
            (kind, value): pk for value, pk in others.values_list("value", "reference__public_id")
        }
    return holders


def _twins(rows: list[ImportRow]) -> Mapping[Any, set[tuple[str, str]]]:
    """The identifiers of the rows that these point to, by position."""
    wanted = {row.match_row for row in rows if row.match_row}
    others = ImportRow.objects.filter(imported=rows[0].imported_id, position__in=wanted)
    return {at: set(identifier_keys(csl)) for at, csl in others.values_list("position", "csl")}
