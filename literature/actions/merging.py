"""Two records of one work made one, and that taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from literature.actions import references, rows
from literature.actions.merging_rules import GONE, move_rows
from literature.citing import citers
from literature.models import Merge, OtherIdentifier, Reference
from literature.models.other_identifier import IdentifierKind

OWN_COLUMNS = ("study_design", "patients_covered")
"""What a reference says beside its record; choices name them by these."""


@transaction.atomic
def merge(
    *,
    kept: Reference,
    gone: Reference,
    csl: Mapping[str, Any],
    by: Any,
    choices: Mapping[str, str] | None = None,
) -> Merge:
    """`gone` becomes part of `kept`, whose record is then `csl`.

    Identifiers that `csl` leaves out stay with `kept` as further ones. Everything that names
    `gone` is moved: citations, list items, texts, facts, notices, imports. `choices` says `kept`
    or `gone` for what both have in one place (see `merging_rules.clashes`), for `study_design`
    and for `patients_covered`. Raises ValidationError; then nothing has changed.
    """
    if kept.pk == gone.pk:
        raise ValidationError("A record cannot be merged into itself.")
    kept, gone = _locked(kept, gone)
    choices = choices or {}
    before = _own_state(kept)
    gone_row = rows.columns_of(gone)
    try:
        citing, steps = _move_all(kept, gone, choices)
        rows.dropped(gone)
        _choose_own(kept, gone, choices)
        kept.csl = dict(csl)
        steps += _keep_identifiers(kept, gone, before["csl"])
        kept = references.save(reference=kept, by=by, show=False)
        merged = Merge.objects.create(
            kept=kept, kept_was=kept.public_id, gone=gone.public_id,
            gone_row={**gone_row, "id": gone.pk}, kept_before=before,
            kept_after=_own_state(kept), steps=steps, citing=citing, by=_person(by),
        )  # fmt: skip
        _show(kept, f"Reference {gone.public_id} was merged into {kept.public_id}.", by)
    except IntegrityError as error:  # nothing is deleted along: what was forgotten refuses
        raise ValidationError(
            "Something else in the library holds on to the record, so they cannot be merged."
        ) from error
    return merged


def _show(kept: Reference, reason: str, by: Any) -> None:
    citers().must_show(kept, reason, by)
    citers().texts_changed(kept)
    connection.check_constraints()  # those that wait for commit


@transaction.atomic
def take_back(*, merged: Merge, by: Any) -> Reference:
    """Undoes a merge: the record that went comes again under its own address. Returns it.

    What was added to the kept record since stays with it. Raises ValidationError where something
    contradicts: the kept record was edited, merged on, or other merges into it came after.
    """
    merged = Merge.objects.select_for_update(of=("self",)).get(pk=merged.pk)
    kept = _still_kept(merged)
    before = merged.kept_before
    try:
        rows.take_back(step for step in merged.steps if step["before"] is None)
        Reference.objects.filter(pk=kept.pk).update(**before, updated_at=timezone.now())
        columns = {name: value for name, value in merged.gone_row.items() if name != "id"}
        rows.put_back(Reference, merged.gone_row["id"], columns)
        gone = Reference.objects.get(pk=merged.gone_row["id"])
        kept.refresh_from_db()
        rows.take_back(step for step in merged.steps if step["before"] is not None)
        Merge.objects.filter(pk=merged.pk).update(
            kept=None, undone_at=timezone.now(), undone_by=_person(by)
        )
        for moved in reversed(merged.citing):
            citers().move_back(gone, kept, moved)
        for reference in (gone, kept):
            citers().reference_changed(reference)
            citers().texts_changed(reference)
        words = f"The merge of reference {gone.public_id} into {kept.public_id} was taken back."
        citers().must_show(kept, words, by)
        connection.check_constraints()
    except IntegrityError as error:
        raise ValidationError(
            "This cannot be taken back: what came in since stands against it, such as another "
            "record with the same identifier."
        ) from error
    return gone


def _locked(kept: Reference, gone: Reference) -> tuple[Reference, Reference]:
    """Both, locked in order of their keys, so that two merges cannot wait for each other.

    Others may go on citing them meanwhile: they hold a lighter lock on a reference while they hold
    their case, for which we may have to wait.
    """
    found = {
        row.pk: row
        for row in Reference.objects.select_for_update(no_key=True)
        .filter(pk__in=[kept.pk, gone.pk])
        .order_by("pk")
    }
    if len(found) < 2:
        raise ValidationError("One of the two is no more: it was merged or removed meanwhile.")
    return found[kept.pk], found[gone.pk]


def _move_all(
    kept: Reference, gone: Reference, choices: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[rows.Step]]:
    """Twice: who was just citing it is waited for and moved too, and from there on nobody can."""
    citing = [citers().move(gone, kept)]
    steps = move_rows(kept, gone, choices)
    Reference.objects.select_for_update().get(pk=gone.pk)
    citing.append(citers().move(gone, kept))
    steps += move_rows(kept, gone, choices)
    return [moved for moved in citing if moved], steps


def _own_state(reference: Reference) -> dict[str, Any]:
    return {name: getattr(reference, name) for name in ("csl", *OWN_COLUMNS)}


def _choose_own(kept: Reference, gone: Reference, choices: Mapping[str, str]) -> None:
    for name in OWN_COLUMNS:
        chosen = choices.get(name)
        if chosen == GONE or (chosen is None and not getattr(kept, name)):
            setattr(kept, name, getattr(gone, name))


def _keep_identifiers(
    kept: Reference, gone: Reference, kept_csl: Mapping[str, Any]
) -> list[rows.Step]:
    """What the record no longer carries stays as a further identifier, and nothing is both."""
    steps = []
    for kind in IdentifierKind.values:
        held = {str(csl[kind]) for csl in (kept_csl, gone.csl) if csl.get(kind)}
        now = str(kept.csl.get(kind) or "")
        if kind == IdentifierKind.DOI:
            held, now = {value.lower() for value in held}, now.lower()
        known = OtherIdentifier.objects.filter(reference=kept, kind=kind)
        steps += [rows.dropped(row) for row in known.filter(value=now)]
        for value in sorted(held - {now} - set(known.values_list("value", flat=True))):
            steps.append(rows.added(OtherIdentifier(reference=kept, kind=kind, value=value)))
    return steps


def _still_kept(merged: Merge) -> Reference:
    if merged.kept_id is None:
        raise ValidationError("This merge has been taken back already.")
    kept = Reference.objects.select_for_update(no_key=True).get(pk=merged.kept_id)
    if kept.public_id != merged.kept_was:
        raise ValidationError(
            f"{merged.kept_was} has itself been merged into {kept.public_id}. Take that back first."
        )
    later = Merge.objects.filter(kept=kept, pk__gt=merged.pk).order_by("-pk").first()
    if later is not None:
        raise ValidationError(
            f"{later.gone} has been merged into the same record since. Take that back first."
        )
    if _own_state(kept) != merged.kept_after:
        raise ValidationError(
            f"The record {kept.public_id} has been edited since it was merged. It would lose that."
        )
    return kept


def _person(by: Any) -> Any:
    return by if getattr(by, "pk", None) else None
