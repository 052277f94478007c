"""An import as the reference list of a work: its numbered rows become the list's items."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from literature.importing.progress import Progress
from literature.models import Import, ImportRow, Reference, ReferenceListItem

MAX_RAW = 5000
BATCH = 1000


def list_items(imported: Import, work: Reference, progress: Progress) -> None:
    """Makes the items that are missing and ties those that were not yet identified; `listed`
    says which, for an undo. An item that is tied to another reference stays, and its row says so.
    """
    held: dict[int, int | None] = dict(
        work.list_items.select_for_update().values_list("number", "reference_id")
    )
    made: list[int] = []
    tied: list[int] = []
    rows = numbered(imported)
    while batch := list(islice(rows, BATCH)):
        progress.check()
        _list_batch(work, batch, held, made, tied)
    imported.listed = {"made": made, "tied": tied}


def _list_batch(
    work: Reference,
    batch: list[tuple[ImportRow, int]],
    held: dict[int, int | None],
    made: list[int],
    tied: list[int],
) -> None:
    """`held`: what each number is tied to by now; `made` and `tied` grow."""
    new, filled, told = [], {}, []
    for row, number in batch:
        reference = row.result_id if row.result_id != work.pk else None
        raw = row.original[:MAX_RAW]
        if number not in held:
            new.append(ReferenceListItem(work=work, number=number, reference_id=reference, raw=raw))
            made.append(number)
        elif held[number] is None and reference is not None:
            filled[number] = (reference, raw)
        elif reference in (None, held[number]):
            continue
        else:
            row.outcome_reason = (
                f"Number {number} of the list stays tied to another reference. {row.outcome_reason}"
            )[:300]
            told.append(row)
            continue
        held[number] = reference
    ReferenceListItem.objects.bulk_create(new)
    tied += _tie(work, filled, made)
    ImportRow.objects.bulk_update(told, ["outcome_reason"])


def _tie(work: Reference, filled: dict[int, tuple[int, str]], made: list[int]) -> list[int]:
    """Ties items that stood there; gives their numbers, without those of this import's making."""
    items = list(work.list_items.filter(number__in=filled))
    for item in items:
        item.reference_id, raw = filled[item.number]
        item.raw = item.raw or raw
    ReferenceListItem.objects.bulk_update(items, ["reference", "raw"])
    return sorted({item.number for item in items} - set(made))


def numbered(imported: Import) -> Iterator[tuple[ImportRow, int]]:
    """Rows with their number in the list: the printed one; in a file without numbers, the order.

    A row that is left out is an item all the same, not yet identified: the work lists it.
    """
    printed = imported.rows.filter(number__isnull=False).exists()
    rows = imported.rows.order_by("position").defer("csl", "texts", "problems", "confidence")
    for row in rows.iterator(chunk_size=BATCH):
        number = row.number if printed else row.position
        if number is not None and number >= 1:
            yield row, number
