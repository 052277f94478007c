"""Taking back what an import brought in, while nothing else has come to depend on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from literature import actions
from literature.citing import citers
from literature.importing.dependents import added_by, dependents, filled_by
from literature.importing.leases import LostError
from literature.importing.limits import no_statement_limit
from literature.importing.progress import Progress, Unwatched
from literature.models import Import, ImportState, Origin, Outcome, Reference, SourceText

CHUNK = 500
MOST_REASONS = 20


@dataclass(frozen=True, slots=True)
class Undoing:
    """What would be taken away, counted."""

    references: int
    filled: int
    list_items: int
    texts: int


def would_undo(imported: Import) -> Undoing:
    added = added_by(imported)
    return Undoing(
        references=added.count(),
        filled=imported.rows.filter(outcome=Outcome.FILLED).count(),
        list_items=len(imported.listed.get("made", [])) + len(imported.listed.get("tied", [])),
        texts=SourceText.objects.filter(reference__in=added.values("result")).count(),
    )


def undo(imported: Import, progress: Progress | None = None) -> None:
    """In the name of `undone_by`. Raises ValidationError with a message for each row that something
    depends on; then nothing is taken back. Raises LostError where somebody cancelled it."""
    progress = progress or Unwatched()
    with transaction.atomic(), no_statement_limit():
        if reasons := dependents(imported):
            more = len(reasons) - MOST_REASONS
            shown = reasons[:MOST_REASONS] + ([f"And {more} more."] if more > 0 else [])
            raise ValidationError(shown)
        added = sorted(added_by(imported).values_list("result_id", flat=True))
        _unlist(imported)
        _restore_filled(imported, set(added))
        Origin.objects.filter(imported=imported).delete()
        had_texts = SourceText.objects.filter(reference__in=added).exists()
        _remove(added, progress)
        if had_texts:
            citers().texts_came_or_went()
        progress.ending()
        _end(imported)


def _remove(references: list[int], progress: Progress) -> None:
    try:
        for start in range(0, len(references), CHUNK):
            progress.tick(start)
            Reference.objects.filter(pk__in=references[start : start + CHUNK]).delete()
    except ProtectedError:
        raise ValidationError(
            "Something has just come to depend on one of the references. Look again."
        ) from None


def _end(imported: Import) -> None:
    """Raises LostError where it was cancelled or taken up by another process meanwhile."""
    mine = Import.objects.filter(pk=imported.pk, state=imported.state, lease_by=imported.lease_by)
    changed = mine.update(
        state=ImportState.UNDONE,
        undone_at=timezone.now(),
        listed={},
        error="",
        done=imported.total,
        attempts=0,
        lease_by="",
        lease_until=None,
    )
    if not changed:
        raise LostError


def _unlist(imported: Import) -> None:
    if imported.attach_to is None:
        return
    items = imported.attach_to.list_items
    items.filter(number__in=imported.listed.get("made", [])).delete()
    items.filter(number__in=imported.listed.get("tied", [])).update(reference=None)


def _restore_filled(imported: Import, added: set[int]) -> None:
    """As they were before the first filling; what the import made goes as a whole."""
    for pk, rows in filled_by(imported).items():
        held = rows[0].result
        if pk not in added and held is not None:
            held.csl = rows[0].filled
            actions.save(reference=held, by=imported.undone_by)
