"""Bringing in: one transaction for all rows. Either everything that was decided is in the library
afterwards, or nothing is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from literature.actions import duplicates
from literature.citing import citers
from literature.importing.blocks import Block, blocks, rows_in
from literature.importing.filling import fill
from literature.importing.leases import LostError
from literature.importing.limits import no_statement_limit
from literature.importing.listing import list_items
from literature.importing.meanwhile import tie_what_came
from literature.importing.notices import note_notices
from literature.importing.progress import Progress, Unwatched
from literature.licences import usually_shown
from literature.models import (
    Decision,
    Import,
    ImportRow,
    ImportState,
    Outcome,
    Reference,
    Verdict,
)

_INSERT = """
    INSERT INTO literature_reference
        (public_id, csl, study_design, added_by_id, created_at, updated_at)
    SELECT new_id, csl, '', %s, %s, %s FROM literature_importrow
    WHERE imported_id = %s AND decision = 'add' AND position BETWEEN %s AND %s
    ORDER BY position
    ON CONFLICT DO NOTHING
"""
# A subquery is one look into an index, whatever the database believes of a table that it has not
# counted since thousands of rows came. Who was not added has no result yet.
_RESULTS = """
    UPDATE literature_importrow SET outcome = 'added', result_id =
        (SELECT id FROM literature_reference WHERE public_id = literature_importrow.new_id)
    WHERE imported_id = %s AND decision = 'add' AND position BETWEEN %s AND %s
"""
_ORIGINS = """
    INSERT INTO literature_origin (reference_id, imported_id, position, format, original)
    SELECT result_id, imported_id, position, %s, original FROM literature_importrow
    WHERE imported_id = %s AND position BETWEEN %s AND %s
        AND result_id IS NOT NULL AND outcome <> 'left' AND original <> ''
"""
_TEXTS = """
    INSERT INTO literature_sourcetext
        (reference_id, language, depth, licence, shown_as, title, text, added_by_id, created_at)
    SELECT DISTINCT ON (reference_id, language)
        reference_id, language, 'abstract', %s, %s, '', text, %s, %s
    FROM (
        SELECT result_id AS reference_id, position, texts.value AS text,
            CASE WHEN texts.key ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' AND length(texts.key) <= 16
                THEN texts.key ELSE 'und' END AS language
        FROM literature_importrow, jsonb_each_text(texts) AS texts
        WHERE imported_id = %s AND position BETWEEN %s AND %s
            AND result_id IS NOT NULL AND outcome = 'added' AND texts.value <> ''
    ) AS told
    ORDER BY reference_id, language, position
    ON CONFLICT DO NOTHING
"""
TO_TIE = (Decision.EXISTING, Decision.FILL)


def save(imported: Import, progress: Progress | None = None) -> None:
    """Brings in what was decided. `progress` is told how many rows are through, and may raise to
    stop: nothing is in the library then. Raises LostError where somebody cancelled it."""
    progress = progress or Unwatched()
    with transaction.atomic(), no_statement_limit():
        doubtful = _compare_again(imported, progress)
        for block in blocks(imported):
            progress.check()
            _add(imported, block)
            _tie(imported, block)
            progress.tick((imported.total + block.last) // 2)
        _tie_twins(imported, progress)
        _leave(imported)
        fill(imported, progress)
        came = 0
        for block in blocks(imported):
            progress.check()
            _keep_origins(imported, block)
            if imported.licence:
                came += _hold_texts(imported, block)
        if came:
            citers().texts_came_or_went()
        note_notices(imported, progress)
        if imported.attach_to is not None:
            list_items(imported, imported.attach_to, progress)
        _queue_doubtful(imported, doubtful)
        _check_constraints()
        progress.ending()
        _end(imported)


def _compare_again(imported: Import, progress: Progress) -> set[int]:
    """Half of the way; gives the positions of rows that are probably something held."""
    doubtful: set[int] = set()
    for block in blocks(imported):
        progress.check()
        doubtful.update(tie_what_came(imported, block))
        progress.tick(block.last // 2)
    return doubtful


def _add(imported: Import, block: Block) -> None:
    now, of = timezone.now(), [imported.pk, block.first, block.last]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [imported.by_id, now, now, *of])
        cursor.execute(_RESULTS, of)
    _tie_conflicts(rows_in(imported, block).filter(decision=Decision.ADD, result__isnull=True))


def _tie_conflicts(rows: Any) -> None:
    """An identifier that is in the library by now, or twice in the import: tied, and said."""
    for row in rows:
        held = Reference.objects.with_identifier(row.csl).first()
        if held is None:
            raise RuntimeError(f"Row {row.position} was neither added nor found in the library.")
        row.result, row.outcome = held, Outcome.TIED
        row.outcome_reason = "Its identifier is in the library already."
        row.save(update_fields=["result", "outcome", "outcome_reason"])


def _tie(imported: Import, block: Block) -> None:
    tied = rows_in(imported, block).filter(decision__in=TO_TIE)
    tied.filter(match__isnull=False).update(result=F("match"), outcome=Outcome.TIED)


def _tie_twins(imported: Import, progress: Progress) -> None:
    """Rows that are tied to another row of the import get what that row got. Rows that are left
    out because they came twice have it too, for the list of a work and for rows that are tied to
    them, but nothing of them is kept. A row points to an earlier one, so this comes to an end."""
    twin = ImportRow.objects.filter(
        imported=imported, position=OuterRef("match_row"), result__isnull=False
    )
    tied = Q(decision__in=TO_TIE)
    left = Q(decision=Decision.LEAVE, verdict=Verdict.TWICE)
    rows = imported.rows.filter(tied | left, match_row__isnull=False, result__isnull=True)
    while rows.order_by().filter(Exists(twin)).update(result=Subquery(twin.values("result"))):
        progress.check()
    pointing = imported.rows.order_by().filter(tied, match_row__isnull=False)
    pointing.filter(result__isnull=False).update(outcome=Outcome.TIED)
    pointing.filter(result__isnull=True).update(
        outcome=Outcome.LEFT, outcome_reason="What it was to be tied to was not brought in."
    )


def _leave(imported: Import) -> None:
    rows = imported.rows.order_by()
    rows.filter(decision=Decision.LEAVE).update(outcome=Outcome.LEFT, outcome_reason="")
    rows.filter(decision__in=TO_TIE, result__isnull=True, outcome="").update(
        outcome=Outcome.LEFT, outcome_reason="The reference it was to be tied to is gone."
    )


def _keep_origins(imported: Import, block: Block) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ORIGINS, [imported.format, imported.pk, block.first, block.last])


def _hold_texts(imported: Import, block: Block) -> int:
    """Gives how many there are."""
    shown = usually_shown(imported.licence).value
    told = [imported.licence, shown, imported.by_id, timezone.now()]
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [*told, imported.pk, block.first, block.last])
        return int(cursor.rowcount)


def _queue_doubtful(imported: Import, doubtful: Collection[int]) -> None:
    """What was added though it is like something else: a person may look at the two again."""
    added = imported.rows.filter(outcome=Outcome.ADDED, result__isnull=False)
    like = added.filter(Q(match__isnull=False) | Q(match_row__isnull=False)).exclude(decided=True)
    keys = set(like.order_by().values_list("result", flat=True))
    new = added.filter(position__in=doubtful).order_by()
    duplicates.queue(references=keys | set(new.values_list("result", flat=True)))


def _check_constraints() -> None:
    """The database checks foreign keys at the commit, unless it is told to do so now: afterwards
    the import is locked only for a moment, and whoever cancels it does not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _end(imported: Import) -> None:
    """Raises LostError where it was cancelled or taken up by another process meanwhile."""
    mine = Import.objects.filter(
        pk=imported.pk, state=ImportState.SAVING, lease_by=imported.lease_by
    )
    changed = mine.update(
        state=ImportState.DONE,
        error="",
        saved_at=timezone.now(),
        done=imported.total,
        listed=imported.listed,
        attempts=0,
        lease_by="",
        lease_until=None,
    )
    if not changed:
        raise LostError
