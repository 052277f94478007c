"""Reading: entries of a file become rows, compared with the library and with each other.

Rows are committed batch by batch, so that progress shows and memory is bounded. Nothing of it is
in the library. A reading that broke off is thrown away and done anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from literature import lookup
from literature.csl import normalise_csl
from literature.duplicates.finding import find_matches
from literature.duplicates.keys import keys_of
from literature.duplicates.model import Likeness, Match
from literature.duplicates.within import BatchMatcher
from literature.importers.model import Entry, Importer, UnreadableError
from literature.importers.registry import IMPORTERS, recognise
from literature.importing.copying import copy_rows
from literature.importing.failing import fail
from literature.importing.leases import LostError
from literature.importing.limits import no_statement_limit
from literature.importing.progress import Progress, Unwatched
from literature.importing.storable import storable, storable_text
from literature.importing.stored import open_bytes
from literature.models import USUAL_DECISION, Import, ImportRow, ImportState, Verdict

BATCH = 500
MAX_NUMBER = 2**31 - 1
FORMATS: dict[str, Importer] = {**IMPORTERS, lookup.IDENTIFIERS.name: lookup.IDENTIFIERS}


def format_of(head: bytes, name: str = "") -> str:
    """The name of the format: that asked for, else by content. Raises UnreadableError."""
    if name:
        if name not in FORMATS:
            raise UnreadableError(f"“{name[:40]}” is no format here: {', '.join(FORMATS)} are.")
        return name
    if lookup.IDENTIFIERS.recognises(head):
        return lookup.IDENTIFIERS.name
    return recognise(head).name


def read(imported: Import, progress: Progress | None = None) -> None:
    """Reads the import from the beginning; it is then ready, or failed with the reason.

    Raises what `progress` raises when it is told to stop, and LostError where somebody cancelled
    it.
    """
    progress = progress or Unwatched()
    with transaction.atomic(), no_statement_limit():
        imported.rows.all().delete()
    matcher = BatchMatcher(lambda positions: _records(imported, positions))
    done = 0
    try:
        with open_bytes(imported) as source:
            entries = _watched(FORMATS[imported.format].read(source), progress)
            while batch := list(islice(entries, BATCH)):
                with transaction.atomic():
                    _still_ours(imported)
                    stage(imported, batch, matcher)
                done += len(batch)
                progress.tick(done)
    except UnreadableError as error:
        progress.ending()
        fail(imported, str(error))
    else:
        progress.ending()
        if done:
            _end(imported, done)
        else:
            fail(imported, "No reference was found in it.")
    imported.refresh_from_db()


def _watched(entries: Iterable[Entry], progress: Progress) -> Iterator[Entry]:
    """Stops between two entries too: each may be a question to a slow service."""
    for entry in entries:
        progress.check()
        yield entry


def _mine(imported: Import) -> Any:
    return Import.objects.filter(
        pk=imported.pk, state=ImportState.READING, lease_by=imported.lease_by
    )


def _still_ours(imported: Import) -> None:
    """Nobody can cancel it or take it up until the batch is through."""
    if not _mine(imported).select_for_update(no_key=True).exists():
        raise LostError


def _end(imported: Import, rows: int) -> None:
    changed = _mine(imported).update(
        state=ImportState.READY,
        error="",
        done=rows,
        total=rows,
        attempts=0,
        read_at=timezone.now(),
        lease_by="",
        lease_until=None,
    )
    if not changed:
        raise LostError


def _records(imported: Import, positions: Collection[int]) -> dict[int, Any]:
    rows = imported.rows.filter(position__in=list(positions)).order_by()
    return dict(rows.values_list("position", "csl"))


def stage(imported: Import, batch: list[Entry], matcher: BatchMatcher) -> None:
    """Rows for up to `BATCH` entries, in a constant number of queries."""
    rows = [_row(imported, entry) for entry in batch]
    whole = [(row.position, row.csl) for row in rows if row.verdict != Verdict.BROKEN]
    keys = keys_of(whole)
    here = matcher.matches(whole, keys)
    held = find_matches(whole, within=False, keys=keys)
    for row in rows:
        if row.verdict != Verdict.BROKEN:
            row.match_keys = list(keys[row.position])
            judge(row, [*held[row.position], *here[row.position]])
    copy_rows(rows)


def _row(imported: Import, entry: Entry) -> ImportRow:
    problems = [
        {
            "field": storable_text(problem.field)[:100],
            "reason": storable_text(problem.reason)[:500],
            "severity": problem.severity.value,
        }
        for problem in entry.problems
    ]
    csl: Any = dict(entry.csl)
    if not entry.broken:
        problems += refusals(csl)
    broken = any(problem["severity"] == "error" for problem in problems)
    if broken:
        csl = storable(csl)
    verdict = Verdict.BROKEN if broken else Verdict.NEW
    return ImportRow(
        imported=imported,
        position=entry.position,
        line=entry.line,
        number=entry.number if (entry.number or 0) <= MAX_NUMBER else None,
        csl=csl,
        original=storable_text(entry.original),
        problems=problems,
        confidence=dict(entry.confidence),
        texts=storable(dict(entry.texts)),
        verdict=verdict,
        decision=USUAL_DECISION[verdict],
    )


def refusals(csl: Mapping[str, Any]) -> list[dict[str, str]]:
    """Why the library would not take a record; empty where it would."""
    try:
        if normalise_csl(dict(csl)) == csl:
            return []
    except ValidationError as error:
        return [_problem(message) for message in error.messages]
    return [_problem("The record is not in its normal form.")]


def _problem(message: str) -> dict[str, str]:
    field, separator, reason = message.partition(": ")
    told = (field, reason) if separator else ("", message)
    return {"field": told[0][:100], "reason": told[1][:500], "severity": "error"}


def judge(row: ImportRow, matches: list[Match]) -> None:
    """Verdict, match and usual decision. What the library holds comes before the import itself;
    what is certain, before what is probable."""
    best = next(_by_weight(matches), None)
    row.match_id = best.reference_id if best else None
    row.match_row = best.position if best else None
    row.match_reason = best.comparison.reason[:300] if best else ""
    row.verdict = _verdict(best)
    row.decision, row.decided = USUAL_DECISION[row.verdict], False


def _by_weight(matches: list[Match]) -> Iterator[Match]:
    for likeness in (Likeness.SAME, Likeness.PROBABLE, Likeness.RELATED):
        yield from (match for match in matches if match.comparison.likeness is likeness)


def _verdict(best: Match | None) -> Verdict:
    if best is None or best.comparison.likeness is Likeness.RELATED:
        return Verdict.NEW
    if best.comparison.likeness is Likeness.PROBABLE:
        return Verdict.PROBABLE
    return Verdict.SAME if best.reference_id is not None else Verdict.TWICE
