"""A citation added to a published case or a working record, and taken back by who added it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from literature.wording import short_citation
from patients.actions import edits
from patients.actions.edits.log import lock
from patients.actions.edits.steps import agrees
from patients.models import CaseEdit, CaseVersion, Citation

SHOWN = 10
"""Of one person's citations of one case that wait for its next version."""
ADDED = {"model": "patients.citation", "before": None}


@transaction.atomic
def cite(*, citation: Citation, on: str, by: Any) -> Citation:
    """Adds a citation to the working record of its case, logged as an edit of `by`, and checks its
    quote. `on` names its target in words.

    Raises ValidationError by field.
    """
    case = lock(citation.case_id)
    citation.position = case.citations.count()
    words = f"Cited {short_citation(citation.reference.csl)} for {on}"
    edits.save_rows(case=case, rows=[citation], words=words, by=by)
    saved: Citation = Citation.objects.with_works().get(pk=citation.pk)
    return saved


@transaction.atomic
def take_back(*, citation: Citation, by: Any) -> CaseEdit:
    """Removes a citation that `by` added, while no version has it and nobody has changed it.

    Raises ValidationError else.
    """
    case = lock(citation.case_id)
    added = _added(case.pk, by).filter(changes__contains=[{**ADDED, "pk": citation.pk}]).first()
    if added is None:
        raise ValidationError("Only who added a citation can take it back here.")
    (step,) = [row for row in added.changes if row["pk"] == citation.pk]
    citation.refresh_from_db()
    if not agrees(citation, step["after"]):
        raise ValidationError("It has been edited since: a curator can remove it.")
    if citation.public_id in _published(case.pk):
        raise ValidationError("It is published: a curator can remove it.")
    words = f"Took back: {added.words}"
    return edits.remove_part(row=citation, words=words, by=by)


def waiting(*, case: int, by: Any) -> list[Citation]:
    """What `by` added to the case (a primary key) and no published version shows yet, the newest
    first. Three queries, and one where nothing was added."""
    keys = [
        step["pk"]
        for edit in _added(case, by).order_by("-pk")[:SHOWN]
        for step in edit.changes
        if step["model"] == ADDED["model"] and step["before"] is None
    ]
    if not keys:
        return []
    published = _published(case)
    found = Citation.objects.with_works().select_related(
        "reference", "found_reference", "quote_text", "event", "finding__event", "finding__site"
    )
    rows = found.filter(pk__in=keys).order_by("-pk")
    return [row for row in rows if row.public_id not in published]


def _added(case: int, by: Any) -> Any:
    """The edits of `by` that stand and that added a citation."""
    return CaseEdit.objects.filter(
        case=case, by=by.pk, undone=False, discarded=False, changes__contains=[ADDED]
    )


def _published(case: int) -> set[str]:
    """The ids of the citations that the current version has."""
    version = CaseVersion.objects.filter(case=case, is_current=True).only("document").first()
    if version is None:
        return set()
    document = version.document
    parts = [document, *document["events"], *document["imaging_findings"]]
    return {citation["id"] for part in parts for citation in part["citations"]}
