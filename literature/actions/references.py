"""Writes to one reference."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from literature.citing import citers
from literature.csl import normalise_csl
from literature.models import Reference

WORDS = {
    "issued": "date", "container-title": "published in", "page": "pages", "author": "authors",
    "study_design": "study design",
}  # fmt: skip
"""Of the fields of a record whose own name says little."""
MAX_REASON = 200


@transaction.atomic
def save(*, reference: Reference, by: Any, reason: str = "", show: bool = True) -> Reference:
    """Saves a new or changed reference, its record brought into normal form.

    What is published of a corrected one is brought up to date, on record with what was corrected
    and the `reason` that was given; without `show` the caller does that.

    Raises ValidationError that names the part of the record, such as `csl.DOI`, and the reference
    that has the identifier already.
    """
    reference.csl = _checked(reference.csl)
    _refuse_known_identifiers(reference)
    before = Reference.objects.filter(pk=reference.pk).first() if reference.pk else None
    is_new = reference.pk is None
    if is_new:
        reference.added_by = by if getattr(by, "pk", None) else None
    reference.full_clean()
    try:
        with transaction.atomic():
            reference.save()
    except IntegrityError:
        _refuse_known_identifiers(reference)  # somebody added it since we looked
        raise
    reference.refresh_from_db()
    if not is_new:
        citers().reference_changed(reference)
    if before is not None and show:
        _show_corrected(before, reference, reason, by)
    return reference


def _show_corrected(before: Reference, after: Reference, reason: str, by: Any) -> None:
    names = sorted({*before.csl, *after.csl})
    changed = [name for name in names if before.csl.get(name) != after.csl.get(name)]
    if before.study_design != after.study_design:
        changed.append("study_design")
    if not changed:
        return
    told = ", ".join(WORDS.get(name, name) for name in changed)
    why = f" {' '.join(reason.split())[:MAX_REASON]}" if reason.strip() else ""
    words = f"The record of reference {after.public_id} was corrected ({told}).{why}"
    citers().must_show(after, words, by)


@transaction.atomic
def remove(*, reference: Reference, by: Any) -> None:
    """Deletes a reference that nothing cites or lists.

    Raises ProtectedError, or ValidationError where only a published version still names it.
    """
    # First what rests on it now, which the database knows; a later refusal undoes the deletion.
    reference.delete()
    citers().refuse_removal(reference)
    citers().texts_changed(reference)


def _checked(record: Any) -> dict[str, Any]:
    """`record` in normal form; errors under the names of its fields."""
    try:
        return normalise_csl(record)
    except ValidationError as error:
        errors: dict[str, list[str]] = {}
        for message in error.messages:
            field, separator, reason = message.partition(": ")
            name, text = (f"csl.{field}", reason) if separator else ("csl", message)
            errors.setdefault(name, []).append(text)
        raise ValidationError(errors) from None


def _refuse_known_identifiers(reference: Reference) -> None:
    csl = reference.csl
    others = Reference.objects.with_identifier(csl).exclude(pk=reference.pk)
    errors = {}
    for other in others.prefetch_related("other_identifiers"):
        further = {(row.kind, row.value) for row in other.other_identifiers.all()}
        for field in ("DOI", "PMID", "PMCID"):
            value = csl.get(field)
            if value and (value == other.csl.get(field) or (field, value) in further):
                errors[f"csl.{field}"] = (
                    f"{value} is in the library already: reference {other.public_id}."
                )
    if errors:
        raise ValidationError(errors)
