"""Pictures made up for tests: drawn phantoms, grey discs on black, and nothing of anybody."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from itertools import count
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from patients.models import Case, FindingImage, ImageFile, ImagingFinding
from tests import make

_numbers = count(1)


def phantom(radius: int = 40, *, width: int = 320, height: int = 240, kind: str = "PNG") -> bytes:
    """A drawn body in cross-section with a brighter disc of `radius` pixels in it."""
    drawn = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((width * 0.08, height * 0.1, width * 0.92, height * 0.9), fill=70, outline=120)
    pen.ellipse((width * 0.45, height * 0.66, width * 0.55, height * 0.8), fill=190)
    x, y = width * 0.36, height * 0.45
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=165)
    held = BytesIO()
    drawn.save(held, kind)
    return held.getvalue()


def make_image(
    finding: ImagingFinding, *, confirmed: bool = True, purged: bool = False, **changes: Any
) -> FindingImage:
    """A row without its file: pages need no more."""
    number = next(_numbers)
    told = {"caption": f"Drawn phantom {number}", "credit": "Drawn for tests, CC0", **changes}
    position = finding.images.count()
    now = timezone.now()
    file = ImageFile.objects.create(
        case=finding.case, name=f"{number:032x}", ending="png", came_as="PNG", width=320,
        height=240, small_width=160, small_height=120, size=1000,
        sha256=sha256(str(number).encode()).hexdigest(),
        confirmed_at=now if confirmed else None, purged_at=now if purged else None,
    )  # fmt: skip
    return FindingImage.objects.create(
        case=finding.case, finding=finding, file=file, public_id=file.public_id,
        position=position, **told,
    )  # fmt: skip


def make_pictured_case(**changes: Any) -> tuple[Case, list[FindingImage]]:
    """A scan before and one after an embolisation, each with a picture of one lesion."""
    case = make.make_case(title="A mass before and after", **changes)
    make.make_source(case)
    lesion = make.make_lesion(case, label="Mass")
    images = []
    for day, size in ((0, "62"), (40, "48")):
        scan = make.make_event(
            case,
            day,
            label="CT" if day == 0 else "Second CT",
            category="imaging",
            is_index=day == 0,
        )
        finding = make.make_finding(
            scan, lesion=lesion, modality="ct", description="A pale mass" if day == 0 else ""
        )
        make.make_measurement(finding, low_mm=size, high_mm=size)
        images.append(make_image(finding))
    make.make_event(case, 12, label="Embolisation", category="intervention")
    return case, images
