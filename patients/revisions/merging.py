"""Many edits of a proposal told as one step a row. Pure: steps in, steps out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from patients.actions.edits.steps import Columns, Step
from patients.vocabulary import RevisionKind

Key = tuple[str, int]


def merged(log: Iterable[dict[str, Any]]) -> list[Step]:
    """What the entries of a log that stand come to, from the first state to the last.

    An update keeps only the columns that differ; a row that came and went again is left out.
    """
    told: dict[Key, Step] = {}
    for entry in log:
        if entry.get("undone"):
            continue
        for one in entry["changes"]:
            key = one["model"], one["pk"]
            told[key] = _after(told[key], one) if key in told else _copy(one)
    return [one for one in map(narrowed, told.values()) if one is not None]


def _copy(one: Step) -> Step:
    return Step(model=one["model"], pk=one["pk"], before=one["before"], after=one["after"])


def _after(first: Step, then: Step) -> Step:
    """Two steps on one row as one. A column that only the second knows was not touched before."""
    before, after = first["before"], then["after"]
    if before is not None and then["before"] is not None:
        before = {**then["before"], **before}
    if after is not None and first["after"] is not None:
        after = {**first["after"], **after}
    return Step(model=first["model"], pk=first["pk"], before=before, after=after)


def narrowed(one: Step) -> Step | None:
    """The step with the columns that it changes alone; None where it changes nothing."""
    before, after = one["before"], one["after"]
    if before is None and after is None:
        return None
    if before is None or after is None:
        return one
    changed = [name for name, value in after.items() if before.get(name) != value]
    if not changed:
        return None
    was: Columns = {name: before.get(name) for name in changed}
    now: Columns = {name: after[name] for name in changed}
    return Step(model=one["model"], pk=one["pk"], before=was, after=now)


def kind_of(steps: list[Step]) -> RevisionKind:
    """What steps are about, on the whole."""
    if steps and all(one["model"] == "patients.citation" for one in steps):
        return RevisionKind.CITATION
    if steps and all(one["before"] is None for one in steps):
        return RevisionKind.ADDITION
    return RevisionKind.CORRECTION
