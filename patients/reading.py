"""Reading one case: readers from its published version, curators from a document built live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from patients.corpus.mark import NOTICE, is_synthetic
from patients.derived import with_block
from patients.document import CaseDocument, build_document, checksum, from_builtins
from patients.models import Case, CaseVersion, StatusChange
from patients.querysets import CaseVersionQuerySet, sees_unpublished
from patients.vocabulary import Audience, Status, StatusAct


@dataclass(frozen=True, slots=True)
class Reading:
    """A case as one user may read it, with what the document itself does not hold."""

    document: CaseDocument
    status: str
    version: int | None
    """The number of the published version; None for the working record."""
    checksum: str
    published_at: datetime | None
    reason: str = ""
    """Why the version was made, where nobody published the record."""
    current: int | None = None
    """The number of the current version, where another one is read; None else."""

    purged_at: datetime | None = None
    """When words were taken out of the version to protect somebody's privacy."""

    @property
    def synthetic_notice(self) -> str:
        """What a synthetic record says on its page; empty for a real one."""
        return NOTICE if is_synthetic(self.document.title) else ""


class CaseWithdrawnError(Case.DoesNotExist):
    """The case was published once and is not any more. Says when and why."""

    def __init__(self, accession: str, at: datetime, reason: str) -> None:
        super().__init__(f"{accession} was withdrawn.")
        self.accession, self.at, self.reason = accession, at, reason


def read_case(accession: str, user: Any) -> Reading:
    """One query for readers. Raises Case.DoesNotExist alike for hidden and for unknown cases, and
    CaseWithdrawnError."""
    if sees_unpublished(user):
        return _working(accession, user)
    version = _versions(accession, user).current().first()
    if version is None:
        raise not_readable(accession)
    return reading_of(version)


def read_version(accession: str, number: int, user: Any) -> Reading:
    """A published version of a case, be it the current one or not, from two queries. Raises as
    `read_case` does; curators read the versions of withdrawn cases too."""
    version = _versions(accession, user).filter(number=number).first()
    if version is None:
        raise not_readable(accession)
    if version.is_current:
        return reading_of(version)
    current = _versions(accession, user).current().values_list("number", flat=True).first()
    return reading_of(version, current)


def not_readable(accession: str) -> Case.DoesNotExist:
    """Why there is nothing to read: one query, whether there is such a case or not."""
    change = (
        StatusChange.objects.filter(case__accession=accession, case__status=Status.WITHDRAWN)
        .filter(act=StatusAct.WITHDRAWN)
        .order_by("-pk")
        .first()
    )
    if change is None:
        return Case.DoesNotExist()
    return CaseWithdrawnError(accession, change.at, change.reason)


def _versions(accession: str, user: Any) -> CaseVersionQuerySet:
    found: CaseVersionQuerySet = CaseVersion.objects.visible_to(user)
    return found.filter(case__accession=accession).with_case()


def reading_of(version: CaseVersion, current: int | None = None) -> Reading:
    """`version` with its case; `current` is the number of the current version where that is another
    one."""
    return Reading(
        document=with_block(from_builtins(version.document)),
        status=version.case.status,
        version=version.number,
        checksum=version.checksum,
        published_at=version.published_at,
        reason=version.reason,
        current=current,
        purged_at=version.purged_at,
    )


def _working(accession: str, user: Any) -> Reading:
    case = Case.objects.visible_to(user).with_timeline().get(accession=accession)
    if not case.events.all() and _is_for_reading_alone(case):
        return reading_of(_versions(accession, user).current().get())
    document = build_document(case)
    return Reading(document, case.status, None, checksum(document), None)


def _is_for_reading_alone(case: Case) -> bool:
    """Whether it came by `load_cases --for-reading`: then there are no rows to build from."""
    listed = set(case.listings.values_list("audience", flat=True))
    return listed == {Audience.PUBLIC}
