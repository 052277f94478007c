"""A citation proposed by somebody who may not change the case: handed in at once."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from literature.wording import short_citation
from patients.actions import edits, revisions
from patients.models import Citation, Revision
from patients.revisions.overlay import laid_over
from patients.vocabulary import RevisionKind, RevisionState

SHOWN: Final = 10
"""Of one person's citations of one case that wait."""
WAITING: Final = (RevisionState.DRAFT, RevisionState.SUBMITTED, RevisionState.ASKED_BACK)


@transaction.atomic
def propose_citation(*, citation: Citation, on: str, by: Any, key: str = "") -> Revision:
    """Hands in a proposal that adds `citation`; sent twice with one key, it is one. `on` names its
    target in words.

    Gives `citation` what the check of its quote found. Raises ValidationError by field, and
    PermissionDenied.
    """
    revision = revisions.begin(case=citation.case, by=by, key=key)
    if revision.state != RevisionState.DRAFT or revision.changes:
        return revision
    words = f"Cited {short_citation(citation.reference.csl)} for {on}"
    with laid_over(revision, by) as overlaid:
        citation.position = overlaid.case.citations.count()
        edits.save_rows(case=overlaid.case, rows=[citation], words=words, by=by)
        checked = Citation.objects.with_works().get(pk=citation.pk)
    for name in Citation.derived:
        setattr(citation, name, getattr(checked, name))
    revision = revisions.keep(revision=revision, log=overlaid.log, by=by)
    return revisions.submit(revision=revision, by=by, comment=citation.note or words)


def proposed_citations(*, case: int, by: Any) -> list[Revision]:
    """The citations of the case (a primary key) that `by` has proposed and nobody decided, the
    newest first. One query."""
    found = Revision.objects.filter(
        case=case, author=by.pk, kind=RevisionKind.CITATION, state__in=WAITING
    )
    return list(found.order_by("-pk")[:SHOWN])
