"""What an import would do, counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from literature.models import Decision, Import, Verdict


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows by what becomes of them when the import is brought in as decided now."""

    added: int
    tied: int
    filled: int
    left_out: int
    undecided: int


def counts(imported: Import) -> dict[str, int]:
    """Rows by verdict; every verdict is there."""
    found = imported.rows.order_by().values_list("verdict").annotate(Count("pk"))
    return dict.fromkeys(Verdict.values, 0) | dict(found)


def plan(imported: Import) -> Plan:
    found = imported.rows.order_by().values_list("decision").annotate(Count("pk"))
    by_decision: dict[str, int] = dict(found)
    return Plan(
        added=by_decision.get(Decision.ADD, 0),
        tied=by_decision.get(Decision.EXISTING, 0),
        filled=by_decision.get(Decision.FILL, 0),
        left_out=by_decision.get(Decision.LEAVE, 0),
        undecided=by_decision.get("", 0),
    )
