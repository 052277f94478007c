"""Reading one case: readers from its published version, curators from a document built live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from patients.document import CaseDocument, build_document, checksum, from_builtins
from patients.models import Case, CaseVersion
from patients.querysets import sees_unpublished
from patients.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Reading:
    """A case as one user may read it, with what the document itself does not hold."""

    document: CaseDocument
    status: str
    version: int | None
    """The number of the published version; None for the working record."""
    checksum: str
    published_at: datetime | None


def read_case(accession: str, user: Any) -> Reading:
    """One query for readers. Raises Case.DoesNotExist alike for hidden and for unknown cases."""
    if sees_unpublished(user):
        return _working(accession, user)
    version = (
        CaseVersion.objects.visible_to(user)
        .only("number", "document", "checksum", "published_at")
        .filter(case__accession=accession)
        .first()
    )
    if version is None:
        raise Case.DoesNotExist
    return Reading(
        document=from_builtins(version.document),
        status=Status.PUBLISHED,
        version=version.number,
        checksum=version.checksum,
        published_at=version.published_at,
    )


def _working(accession: str, user: Any) -> Reading:
    case = Case.objects.visible_to(user).with_timeline().get(accession=accession)
    document = build_document(case)
    return Reading(document, case.status, None, checksum(document), None)
