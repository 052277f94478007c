"""Images on findings, as the document tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from patients.document.image_model import ImageData
from patients.models import Case, FindingImage, ImagingFinding


def images_by_finding(case: Case) -> dict[int, list[FindingImage]]:
    """By the key of the finding, in their order."""
    found: dict[int, list[FindingImage]] = defaultdict(list)
    for image in case.findingimages.all():
        found[image.finding_id].append(image)
    return found


def image_data(
    images: Iterable[FindingImage], finding: ImagingFinding, case: Case
) -> list[ImageData]:
    return [
        ImageData(
            id=image.public_id,
            case=case.accession,
            finding=finding.public_id,
            caption="" if is_gone else image.caption,
            credit="" if is_gone else image.credit,
            ending=image.file.ending,
            width=image.file.width,
            height=image.file.height,
            small_width=image.file.small_width,
            small_height=image.file.small_height,
            removed=is_gone,
        )
        for image in images
        for is_gone in [image.file.purged_at is not None]
    ]
