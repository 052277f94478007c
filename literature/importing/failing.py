"""The end of an import that could not be read, not be brought in or not be taken back."""

from __future__ import annotations

from django.db import transaction

from literature.importing.limits import no_statement_limit
from literature.models import Import, ImportState

OUR_FAULT = "Something went wrong here, and nothing was brought in. It has been logged."
NO_SPACE = (
    "The server has no space left, so nothing was brought in. Tell whoever runs this Casebase, and "
    "try again when there is space."
)
BACK_TO: dict[str, ImportState] = {
    ImportState.SAVING: ImportState.READY,
    ImportState.UNDOING: ImportState.DONE,
}
"""Where an import is again after a step that was not finished; a reading is nowhere."""


def fail(imported: Import, sentence: str) -> None:
    """A reading fails for good and its rows go; bringing in goes back to the decisions, and taking
    back to what it was.

    Nothing happens where another process has it by now.
    """
    back_to = BACK_TO.get(imported.state, ImportState.FAILED)
    kept = back_to != ImportState.FAILED
    with transaction.atomic(), no_statement_limit():
        mine = Import.objects.filter(
            pk=imported.pk, state=imported.state, lease_by=imported.lease_by
        )
        changed = mine.update(
            state=back_to,
            error=sentence[:1000],
            done=imported.total if kept else 0,
            total=imported.total if kept else 0,
            attempts=0,
            lease_by="",
            lease_until=None,
        )
        if changed and not kept:
            imported.rows.all().delete()
