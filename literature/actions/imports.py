"""Writes of imports: begun, decided, brought in, undone. The only place for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, BinaryIO

import structlog
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone

from literature import lookup
from literature.csl import normalise_csl
from literature.duplicates.finding import find_matches
from literature.duplicates.keys import keys_of
from literature.importing import cleaning, saving, staging, stored, twins, undoing
from literature.importing.failing import BACK_TO, NO_SPACE, OUR_FAULT, fail
from literature.importing.leases import REQUEST, REQUEST_LEASE, LostError
from literature.importing.limits import no_statement_limit, short_waits
from literature.importing.refusing import already_held
from literature.importing.storable import storable_text
from literature.models import (
    WORKING,
    Decision,
    Import,
    ImportRow,
    ImportState,
    Reference,
    Verdict,
)
from literature.outages import FULL, outage_of

AT_ONCE_BYTES = 200_000
"""Smaller inputs are read while the request waits; larger ones by a worker."""
AT_ONCE_LOOKUPS = 2_000
"""The same, in bytes, for identifiers: each is a question to another service."""
AT_ONCE_ROWS = 1_000
"""No more rows are brought in while the request waits."""
MAX_LICENCE = 100
DECIDED_AT_ONCE = 1_000
log = structlog.get_logger(__name__)


def begin(
    *,
    source: BinaryIO,
    name: str,
    by: Any,
    format: str = "",
    attach_to: Reference | None = None,
    licence: str = "",
) -> Import:
    """Keeps the bytes; a small input is read at once, a larger one waits for a worker.

    Raises UnreadableError where the size or the format is refused, and ValidationError where the
    licence is too long; nothing is kept then.
    """
    if len(licence) > MAX_LICENCE:
        raise ValidationError({"licence": f"Has more than {MAX_LICENCE} characters."})
    size, digest, head = stored.measure(source)
    imported = Import(
        name=storable_text(name)[:200] or "pasted",
        format=staging.format_of(head, format),
        size=size,
        sha256=digest,
        attach_to=attach_to,
        licence=licence,
        by=by if getattr(by, "pk", None) else None,
    )
    limit = AT_ONCE_LOOKUPS if imported.format == lookup.IDENTIFIERS.name else AT_ONCE_BYTES
    if size <= limit:
        imported.state, imported.lease_by = ImportState.READING, REQUEST
        imported.lease_until = _now() + REQUEST_LEASE
    with transaction.atomic():
        imported.save()
        stored.keep(imported, source)
    if imported.state == ImportState.READING:
        _read_now(imported)
    return imported


def _read_now(imported: Import) -> None:
    """Whatever goes wrong, what was sent is kept and the person sees a sentence."""
    try:
        staging.read(imported)
    except LostError:
        imported.refresh_from_db()
    except Exception as error:
        log.exception("import_failed", imported=imported.public_id)
        fail(imported, NO_SPACE if outage_of(error) is FULL else OUR_FAULT)
        imported.refresh_from_db()


def _now() -> datetime:
    return timezone.now()


def _locked(imported: Import, *states: str) -> Import:
    """The import as it is now, nobody else changing it. Raises ValidationError in another state."""
    locked = Import.objects.select_for_update(no_key=True).get(pk=imported.pk)
    if locked.state not in states:
        raise ValidationError(
            f"This import is “{locked.get_state_display().lower()}” by now: look at it again."
        )
    return locked


@transaction.atomic
def decide(*, imported: Import, decisions: Mapping[int, str], by: Any) -> None:
    """Sets decisions by position. Raises ValidationError naming the row; none is set then."""
    locked = _locked(imported, ImportState.READY)
    rows = {row.position: row for row in locked.rows.filter(position__in=list(decisions))}
    held = already_held(row for at, row in rows.items() if decisions[at] == Decision.ADD)
    errors = []
    for position, decision in decisions.items():
        row = rows.get(position)
        if row is None:
            reason = "is not in this import"
        else:
            reason = _refusal(row, decision) or held.get(position, "")
        if reason:
            errors.append(f"Row {position}: {reason}.")
        elif row is not None:
            row.decided = row.decided or row.decision != decision
            row.decision = decision
    if errors:
        raise ValidationError(errors)
    ImportRow.objects.bulk_update(rows.values(), ["decision", "decided"], batch_size=500)


def _refusal(row: ImportRow, decision: str) -> str:
    if decision not in ("", *Decision.values):
        return f"“{decision[:20]}” is no decision"
    if decision == "" and row.verdict != Verdict.PROBABLE:
        return "needs a decision"
    if row.verdict == Verdict.BROKEN and decision != Decision.LEAVE:
        return "it is broken; mend it first, or leave it out"
    if decision in (Decision.EXISTING, Decision.FILL) and not (row.match_id or row.match_row):
        return "there is nothing that it could be tied to"
    return ""


@transaction.atomic
def decide_all(*, imported: Import, verdict: str, decision: str, by: Any) -> int:
    """One decision for all rows of a verdict that are still open; gives how many there were.

    Rows that cannot be added, since their identifier belongs to a reference we hold, stay open.
    """
    locked = _locked(imported, ImportState.READY)
    if decision not in Decision.values or verdict not in Verdict.values:
        raise ValidationError("Choose what to do with them.")
    undecided = locked.rows.filter(verdict=verdict, decision="").order_by("position")
    if decision != Decision.ADD:
        return undecided.update(decision=decision, decided=True)
    decided = 0
    rows = undecided.only("imported", "position", "csl", "match", "match_row")
    while batch := list(rows[:DECIDED_AT_ONCE]):
        held = already_held(batch)
        to_add = [row.pk for row in batch if row.position not in held]
        decided += locked.rows.filter(pk__in=to_add).update(decision=decision, decided=True)
        rows = rows.filter(position__gt=batch[-1].position)
    return decided


@transaction.atomic
def mend_row(*, row: ImportRow, csl: Mapping[str, Any], by: Any) -> ImportRow:
    """Puts a corrected record in place of what was read, and compares it anew.

    Raises ValidationError with a message for each field that is wrong; nothing is changed then.
    """
    _locked(row.imported, ImportState.READY)
    row.csl = normalise_csl(dict(csl))
    row.problems = [problem for problem in row.problems if problem.get("severity") == "warning"]
    row.confidence = {}
    entries = [(row.position, row.csl)]
    keys = keys_of(entries)
    row.match_keys = list(keys[row.position])
    held = find_matches(entries, within=False, keys=keys)[row.position]
    staging.judge(row, [*held, *twins.earlier(row)])
    row.save()
    return row


def save(*, imported: Import, by: Any) -> Import:
    """Brings in what was decided: a small import here and now, a larger one by a worker.

    Raises ValidationError while rows are undecided. A small one that has to wait for another
    import becomes the worker's.
    """
    with transaction.atomic():
        locked = _locked(imported, ImportState.READY)
        open_rows = locked.rows.filter(decision="").count()
        if open_rows:
            raise ValidationError(
                f"{open_rows} row{'s are' if open_rows > 1 else ' is'} still to be decided."
            )
        _start(locked, ImportState.SAVING)
        if locked.total <= AT_ONCE_ROWS:
            _now_or_later(saving.save, locked)
    imported.refresh_from_db()
    return imported


def _start(locked: Import, step: ImportState) -> None:
    locked.state, locked.done, locked.error = step, 0, ""
    locked.lease_by, locked.lease_until, locked.attempts = "", None, 0
    locked.save()


def _now_or_later(step: Callable[[Import], None], locked: Import) -> None:
    """What has to wait for another import is left to the worker."""
    try:
        with transaction.atomic(), short_waits():
            step(locked)
    except OperationalError:
        log.warning("import_handed_to_worker", imported=locked.public_id, exc_info=True)


def cancel(*, imported: Import, by: Any) -> Import:
    """Ends an import before it is brought in. While it is being brought in or taken back, that is
    stopped: the decisions are kept, or what it brought in. Raises ValidationError where it is
    over, or about to be.

    It never waits for whoever is at work on it: rows that are held just then go a little later.
    """
    try:
        with transaction.atomic(), short_waits():
            locked = _locked(imported, *WORKING, ImportState.READY)
            back_to = BACK_TO.get(locked.state)
            if back_to is not None:
                locked.done = locked.total
            locked.state = back_to or ImportState.CANCELLED
            locked.lease_by, locked.lease_until, locked.attempts = "", None, 0
            locked.save(update_fields=["state", "done", "lease_by", "lease_until", "attempts"])
    except OperationalError:
        raise ValidationError(
            "It is being written at this very moment: look again in a few seconds."
        ) from None
    if locked.state == ImportState.CANCELLED:
        cleaning.remove_rows(locked)
    imported.refresh_from_db()
    return imported


@transaction.atomic
def discard(*, imported: Import) -> None:
    """Forgets an import that brought nothing in, with its bytes: a trial run leaves no trace."""
    with no_statement_limit():
        _locked(imported, ImportState.READY, ImportState.FAILED, ImportState.CANCELLED).delete()


def undo(*, imported: Import, by: Any) -> Import:
    """Takes back what the import brought in: a small one here and now, a larger one by a worker.

    Raises ValidationError with a message for each row that something depends on by now; nothing is
    taken back then. Of a larger one `error` tells so later.
    """
    with transaction.atomic():
        locked = _locked(imported, ImportState.DONE)
        locked.undone_by = by if getattr(by, "pk", None) else None
        _start(locked, ImportState.UNDOING)
        if locked.total <= AT_ONCE_ROWS:
            _now_or_later(undoing.undo, locked)
    imported.refresh_from_db()
    return imported
