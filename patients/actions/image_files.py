"""What becomes of the files of images: thrown away when nothing needs them any more, destroyed at
once where somebody's privacy asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from literature.history import acting
from literature.models import Purge
from patients.actions import cases, naming, prepared_answers
from patients.actions.listings import write_listing
from patients.document import CaseDocument, checksum, from_builtins, to_builtins
from patients.images import storing
from patients.models import Case, CaseEdit, CaseVersion, FindingImage, ImageFile
from patients.querysets import ImageFileQuerySet, versions_with_image
from patients.vocabulary import Audience

DAYS: Final = 30
"""As long an image that was removed can be brought back by undoing."""


@dataclass(frozen=True, slots=True)
class Swept:
    rows: int
    """Images that nothing needed any more."""
    files: int
    """Files on the disk that belonged to no image."""
    missing: list[str]
    """Public ids of images whose files are not there."""


def sweep(*, days: int = DAYS) -> Swept:
    """Throws away what nothing needs: no row, no version, and no edit of the last `days` days that
    could bring it back; and files that no image owns."""
    rows = sum(_let_go(pk, days) for pk in list(_unneeded().values_list("pk", flat=True)))
    owned = set(ImageFile.objects.filter(purged_at=None).values_list("name", flat=True))
    files = 0
    there: set[str] = set()
    for kept in storing.all_kept():
        if kept.name in owned:
            there.add(kept.path.name)
        elif kept.age > storing.YOUNG:
            kept.path.unlink(missing_ok=True)
            files += 1
    missing = [
        file.public_id
        for file in ImageFile.objects.filter(purged_at=None).order_by("pk")
        for small in (False, True)
        if storing.path_of(file.name, file.ending, small=small).name not in there
    ]
    return Swept(rows, files, list(dict.fromkeys(missing)))


def _unneeded() -> ImageFileQuerySet:
    shown = Exists(FindingImage.objects.filter(file=OuterRef("pk")))
    found: ImageFileQuerySet = ImageFile.objects.exclude(shown)
    return found.exclude(Exists(versions_with_image()))


@transaction.atomic
def _let_go(pk: int, days: int) -> bool:
    """Whether it went; looked at again with its case locked."""
    file = ImageFile.objects.get(pk=pk)
    Case.objects.select_for_update().get(pk=file.case_id)
    if not _unneeded().filter(pk=pk).exists() or _may_come_back(file, days):
        return False
    file.delete()
    transaction.on_commit(lambda: storing.throw_away(file.name))
    return True


def _may_come_back(file: ImageFile, days: int) -> bool:
    """Whether an edit could bring it back that is not older."""
    since = timezone.now() - timedelta(days=days)
    names = Q()
    for side in ("before", "after"):
        held = [{"model": FindingImage._meta.label_lower, side: {"public_id": file.public_id}}]
        names |= Q(changes__contains=held)
    recent = Q(at__gte=since) | Q(undone_at__gte=since)
    return CaseEdit.objects.filter(names, recent, case=file.case_id, discarded=False).exists()


def purge_image(*, public_id: str, by: str, reason: str) -> Purge:
    """Destroys a picture: it goes from the disk, from the record and from every version at once,
    and each says that it was removed. What was said of it goes too; `reason` is kept, so that it
    must hold nothing about the patient. For the owner of the database alone.

    Raises ValidationError where there is no such image, or it was destroyed before.
    """
    with transaction.atomic(), acting(reason=f"Purged: {reason}"):
        file = ImageFile.objects.filter(public_id=public_id).first()
        if file is None:
            raise ValidationError(f"There is no image {public_id}.")
        case = Case.objects.select_for_update().get(pk=file.case_id)
        file = ImageFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if file.purged_at is not None:
            raise ValidationError(f"The image {public_id} was destroyed before.")
        naming.take_away()
        prepared_answers.forget(cases=[case.pk])
        file.purged_at, file.confirmed_at, file.confirmed_by = timezone.now(), None, None
        file.save(update_fields=["purged_at", "confirmed_at", "confirmed_by"])
        places = [{"table": ImageFile._meta.db_table, "row": file.pk, "column": "picture"}]
        places += _purge_versions(case, file)
        transaction.on_commit(lambda: storing.throw_away(file.name))
        return Purge.objects.create(
            by=by, reason=reason, database_user=_database_user(), places=places
        )


def _purge_versions(case: Case, file: ImageFile) -> list[dict[str, Any]]:
    """Takes it out of the versions and the listings; says where it stood."""
    places = []
    for version in case.versions.filter(document__contains=_holding(file)).order_by("number"):
        document = without_image(from_builtins(version.document), file.public_id)
        CaseVersion.objects.filter(pk=version.pk).update(
            document=to_builtins(document), checksum=checksum(document), purged_at=timezone.now()
        )
        table = CaseVersion._meta.db_table
        places.append({"table": table, "row": version.pk, "column": "document"})
        if not version.is_current:
            continue
        shown = case.listings.filter(audience=Audience.PUBLIC).first()
        if shown is not None:
            write_listing(
                case=case, audience=Audience.PUBLIC, document=document, at=shown.listed_at
            )
    cases.refresh(case=case)
    return places


def _holding(file: ImageFile) -> dict[str, Any]:
    return {"imaging_findings": [{"images": [{"id": file.public_id}]}]}


def without_image(document: CaseDocument, public_id: str) -> CaseDocument:
    """The document saying of the image only that it was removed. Pure."""
    findings = [
        replace(
            finding,
            images=[
                replace(image, caption="", credit="", removed=True)
                if image.id == public_id
                else image
                for image in finding.images
            ],
        )
        for finding in document.imaging_findings
    ]
    return replace(document, imaging_findings=findings)


def _database_user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        return str(cursor.fetchone()[0])
