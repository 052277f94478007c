"""Empty fields of references we hold, filled from rows; what stands there is never overwritten."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from literature import actions
from literature.importing.progress import Progress
from literature.models import Decision, Import, ImportRow, Outcome, Reference

NEVER_FILLED = {"id", "custom", "note", "source", "type", "title"}


def fills(held: dict[str, Any], brought: dict[str, Any]) -> dict[str, Any]:
    """The fields of `brought` that `held` has nothing in. Pure."""
    return {
        field: value
        for field, value in brought.items()
        if field not in held and field not in NEVER_FILLED
    }


def fill(imported: Import, progress: Progress) -> None:
    """A few queries a row: few are ever filled. In one order, so that two imports that fill the
    same references wait for each other and never both at once."""
    rows = imported.rows.filter(decision=Decision.FILL, result__isnull=False)
    for row in rows.order_by("result", "position").iterator(chunk_size=500):
        progress.check()
        _fill(row, imported.by)


def _fill(row: ImportRow, by: Any) -> None:
    assert row.result_id is not None
    held = Reference.objects.select_for_update(no_key=True).get(pk=row.result_id)
    before, new = dict(held.csl), fills(held.csl, row.csl)
    if not new:
        row.outcome_reason = "Nothing was empty that it could fill."
    else:
        held.csl = {**held.csl, **new}
        try:
            actions.save(reference=held, by=by)
        except ValidationError as error:
            row.outcome_reason = f"Not filled: {' '.join(error.messages)}"[:300]
        else:
            row.outcome, row.filled = Outcome.FILLED, before
            row.outcome_reason = f"Filled: {', '.join(new)}."[:300]
    row.save(update_fields=["outcome", "outcome_reason", "filled"])
