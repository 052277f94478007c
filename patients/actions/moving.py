"""Citations tied to another reference, when two records of the library become one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model, Q

from literature.models import Reference
from patients.actions import published
from patients.actions.edits.steps import Step, agrees, columns_of, put, step
from patients.actions.moving_edits import retie_edits, untie_edits
from patients.models import Case, Citation, ListedItem

Moved = dict[str, Any]
"""Fit for JSON: `steps` in the order they were made, `citations` (public ids that cited the record
that went, also where a published version alone still has them) and `edits`. Empty: nothing
cited it."""
_PLACE = ("case_id", "event_id", "finding_id", "role")
_QUOTE = ("quote", "locator", "quote_depth")
"""What a person said; what the check of the quote found follows by itself."""
_QUOTED_ALSO = "Also quoted: “{quote}”{locator}."


@transaction.atomic
def move(*, gone: Reference, kept: Reference) -> Moved:
    """Ties to `kept` all that cites `gone`, published listings included.

    Two citations on one target in one role become one: reasons joined, and a second quote kept
    among them. Raises ValidationError where that would be too long.
    """
    _lock_cases(gone, kept)
    held = {_place(row): row for row in Citation.objects.filter(reference=kept)}
    steps: list[Step] = []
    for row in Citation.objects.filter(reference=gone).order_by("pk"):
        twin = held.get(_place(row))
        steps += _join(twin, row) if twin else [_change(row, reference_id=kept.pk)]
    _follow(gone, kept)
    listed = ListedItem.objects.filter(reference=gone).order_by("pk")
    moved: Moved = {
        "steps": steps,
        "citations": sorted(set(listed.values_list("public_id", flat=True))),
        "edits": retie_edits(gone, kept),
    }
    listed.update(reference=kept)
    return moved if any(moved.values()) else {}


@transaction.atomic
def move_back(*, gone: Reference, kept: Reference, moved: Moved) -> None:
    """Undoes `move`, published versions included. What was removed since stays removed.

    Raises ValidationError that names a citation that was changed since.
    """
    _lock_cases(gone, kept)
    for made in reversed(moved["steps"]):
        _take_back(made)
    untie_edits(moved["edits"], gone, kept)
    ids = set(moved["citations"])
    published.renew(
        cases=published.cases_showing(kept, gone),
        cites=lambda citation: (
            gone.public_id
            if citation.id in ids and citation.reference == kept.public_id
            else citation.reference
        ),
        known=[gone, kept],
        reason=f"The merge of reference {gone.public_id} into {kept.public_id} was taken back.",
        by=None,
    )


def _lock_cases(gone: Reference, kept: Reference) -> None:
    """Always in one order, so that two writers cannot wait for each other."""
    citing = Citation.objects.filter(reference__in=[gone, kept]).values("case")
    list(Case.objects.select_for_update().filter(pk__in=citing).order_by("pk").values_list("pk"))


def _place(row: Citation) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _PLACE)


def _change(row: Model, **columns: Any) -> Step:
    """Writes columns past `save`, whose checks are those of a person's edit."""
    before = columns_of(row)
    for name, value in columns.items():
        setattr(row, name, value)
    type(row)._base_manager.filter(pk=row.pk).update(**columns)
    after = columns_of(row)
    changed = [name for name in after if after[name] != before[name]]
    return step(row, {name: before[name] for name in changed},
                {name: after[name] for name in changed})  # fmt: skip


def _join(twin: Citation, row: Citation) -> list[Step]:
    """`twin` stays, with all that `row` says; `row` goes."""
    changes: dict[str, Any] = {"note": twin.note}
    if row.note and row.note not in twin.note:
        changes["note"] = f"{twin.note} {row.note}".strip()
    if twin.number is None:
        changes["number"] = row.number
    if not twin.quote:
        changes |= {name: getattr(row, name) for name in _QUOTE}
    elif row.quote and row.quote not in twin.quote:
        locator = f" ({row.locator})" if row.locator else ""
        also = _QUOTED_ALSO.format(quote=row.quote, locator=locator)
        changes["note"] = f"{changes['note']} {also}".strip()
    longest = Citation._meta.get_field("note").max_length or 0
    if len(changes["note"]) > longest:
        raise ValidationError(
            f"{row.case.accession} cites both in one place, and their reasons together are longer "
            f"than {longest} characters. Shorten one of them first."
        )
    made = _change(twin, **changes)
    gone = step(row, columns_of(row), None)
    Citation._base_manager.filter(pk=row.pk).delete()
    return [made, gone]


def _follow(gone: Reference, kept: Reference) -> None:
    """Rows of cases that name `gone` otherwise than by citing it: where the check found a quote.
    It is checked again, so nothing of it has to be remembered."""
    for model, tie in _ties():
        model._base_manager.filter(**{tie.attname: gone.pk}).update(**{tie.attname: kept.pk})


def _ties() -> Iterator[tuple[type[Model], ForeignKey[Any, Any]]]:
    for model in apps.get_app_config("patients").get_models():
        for field in model._meta.concrete_fields:
            if not isinstance(field, ForeignKey) or field.related_model is not Reference:
                continue
            if (model, field.name) not in ((Citation, "reference"), (ListedItem, "reference")):
                yield model, field


def _take_back(made: Step) -> None:
    model = apps.get_model(made["model"])
    row = model._base_manager.filter(pk=made["pk"]).first()
    before, after = made["before"], made["after"]
    if after is None:
        _put_back(model, made)
    elif row is not None and before is not None:
        if not agrees(row, after):
            raise ValidationError(
                f"A citation of {row.case.accession} has been changed since the merge."
            )
        put(row, before)
        changed = {name: getattr(row, name) for name in before}
        model._base_manager.filter(pk=row.pk).update(**changed)


def _put_back(model: type[Model], made: Step) -> None:
    """A row that went comes again, unless what it stood on has been removed."""
    row = model(pk=made["pk"])
    put(row, made["before"] or {})
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.name in ("case", "event", "finding"):
            key, target = getattr(row, field.attname), field.related_model
            if key and not target._base_manager.filter(Q(pk=key)).exists():
                return
    row.save_base(raw=True, force_insert=True)
