"""What has come to depend on an import since it was brought in: reasons not to take it back."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from literature.citing import citers
from literature.importing.filling import fills
from literature.importing.listing import numbered
from literature.models import (
    WORKING,
    DuplicatePair,
    Import,
    ImportRow,
    ImportState,
    Merge,
    Notice,
    NoticeSource,
    Outcome,
    PairState,
    Reference,
    ReferenceListItem,
)

MERGED_AWAY = "It was merged into another record."


def added_by(imported: Import) -> Any:
    """Rows whose reference is still the one that the import made."""
    return imported.rows.filter(outcome=Outcome.ADDED, result__public_id=F("new_id")).order_by()


def filled_by(imported: Import) -> dict[int, list[ImportRow]]:
    """Rows that filled each reference (primary key), in the order they did."""
    found: dict[int, list[ImportRow]] = {}
    rows = imported.rows.filter(outcome=Outcome.FILLED, result__isnull=False)
    for row in rows.select_related("result").order_by("position").defer("original", "texts"):
        if row.result_id is not None:
            found.setdefault(row.result_id, []).append(row)
    return found


def dependents(imported: Import) -> list[str]:
    """A sentence for each row that something depends on, by position. A constant number of
    queries; the first one locks what is about to go."""
    pks = set(added_by(imported).values_list("result_id", flat=True))
    list(Reference.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    found: dict[int, str] = {}
    for reason, of in _reasons(imported):
        for pk in of:
            found.setdefault(pk, reason)
    assert imported.saved_at is not None
    found |= dict.fromkeys(citers().cited(pks, imported.saved_at), "It is cited.")
    rows = imported.rows.filter(result__in=found, outcome__in=(Outcome.ADDED, Outcome.FILLED))
    told = {row.position: found[row.result_id] for row in rows if row.result_id is not None}
    told |= dict.fromkeys(_merged_away(imported), MERGED_AWAY)
    sentences = [f"Row {position}: {told[position]}" for position in sorted(told)]
    return [*sentences, *_list_reasons(imported)]


def _reasons(imported: Import) -> list[tuple[str, Any]]:
    """Sentences with the primary keys of the references they hold for."""
    added = added_by(imported).values("result")
    held = Reference.objects.filter(pk__in=added).order_by()
    saved_at = imported.saved_at
    pairs = DuplicatePair.objects.exclude(state=PairState.OPEN)
    by_person = Q(source=NoticeSource.PERSON) | Q(withdrawn_at__isnull=False)
    return [
        ("It was changed since.", _changed(imported)),
        ("A text was added to it since.", _pks(held.filter(texts__created_at__gt=saved_at))),
        ("Facts were taken from it.", _pks(held.filter(facts__isnull=False))),
        (
            "It is related to another reference.",
            _pks(held.filter(Q(relations__isnull=False) | Q(related_by__isnull=False))),
        ),
        (
            "A person added or withdrew a notice about it.",
            _keys(Notice.objects.filter(by_person, reference__in=added), "reference"),
        ),
        (
            "It was decided that it is no duplicate of another.",
            [
                *_keys(pairs.filter(first__in=added), "first"),
                *_keys(pairs.filter(second__in=added), "second"),
            ],
        ),
        ("Another record was merged into it.", _keys(Merge.objects.filter(kept__in=added), "kept")),
        ("Another work lists it.", _listed_elsewhere(imported)),
        (
            "It has a reference list of its own by now.",
            _keys(ReferenceListItem.objects.filter(work__in=added), "work"),
        ),
        ("Another import is tied to it.", _imported_again(imported)),
        ("Another import is its reference list.", _attached(imported)),
    ]


def _pks(references: Any) -> list[int]:
    return _keys(references, "pk")


def _keys(rows: Any, field: str) -> list[int]:
    return list(rows.order_by().values_list(field, flat=True).distinct())


def _changed(imported: Import) -> list[int]:
    """References that are no longer as the import left them: as it made them, with all that it
    filled in."""
    filled = filled_by(imported)
    pks = [
        pk
        for pk, rows in filled.items()
        if rows[-1].result is not None
        and rows[-1].filled is not None
        and rows[-1].result.csl != {**rows[-1].filled, **fills(rows[-1].filled, rows[-1].csl)}
    ]
    added = added_by(imported)
    edited = added.exclude(result__csl=F("csl")).exclude(result__in=list(filled))
    told = added.filter(~Q(result__study_design="") | Q(result__patients_covered__isnull=False))
    return [*pks, *_keys(edited, "result"), *_keys(told, "result")]


def _merged_away(imported: Import) -> list[int]:
    """Positions of rows whose reference answers under another id by now."""
    rows = imported.rows.filter(outcome=Outcome.ADDED).order_by()
    merged = Merge.objects.filter(kept__isnull=False).values("gone")
    moved = rows.filter(result__isnull=False).exclude(result__public_id=F("new_id"))
    return [*_keys(rows.filter(new_id__in=merged), "position"), *_keys(moved, "position")]


def _listed_elsewhere(imported: Import) -> list[int]:
    own = Q(
        work=imported.attach_to,
        number__in=[*imported.listed.get("made", []), *imported.listed.get("tied", [])],
    )
    items = ReferenceListItem.objects.filter(reference__in=added_by(imported).values("result"))
    return _keys(items.exclude(own), "reference")


def _imported_again(imported: Import) -> list[int]:
    rows = ImportRow.objects.filter(
        result__in=added_by(imported).values("result"),
        outcome__in=(Outcome.TIED, Outcome.FILLED),
        imported__state__in=(ImportState.DONE, ImportState.UNDOING),
    )
    return _keys(rows.exclude(imported=imported), "result")


def _attached(imported: Import) -> list[int]:
    standing = (*WORKING, ImportState.READY, ImportState.DONE)
    others = Import.objects.filter(
        attach_to__in=added_by(imported).values("result"), state__in=standing
    )
    return _keys(others.exclude(pk=imported.pk), "attach_to")


def _list_reasons(imported: Import) -> list[str]:
    """Items of the work's list that somebody tied otherwise since."""
    own = {*imported.listed.get("made", []), *imported.listed.get("tied", [])}
    if imported.attach_to is None or not own:
        return []
    results: dict[int, int | None] = {}
    for row, number in numbered(imported):
        if results.get(number) is None:
            results[number] = row.result_id
    items = imported.attach_to.list_items.filter(number__in=own).order_by("number")
    return [
        f"Number {number} of the reference list was tied to another reference since."
        for number, reference in items.values_list("number", "reference_id")
        if reference is not None and reference != results.get(number)
    ]
