"""One write for each way to violate a constraint of images."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from patients.models import FindingImage, ImageFile
from tests.constraints import Break, update
from tests.make import make_finding, make_user
from tests.pages.pictures import make_image


def image(**changes: Any) -> Callable[[], None]:
    return lambda: update(make_image(make_finding()), **changes)


def file(**changes: Any) -> Callable[[], None]:
    return lambda: update(make_image(make_finding(), confirmed=False).file, **changes)


def of_one_file_twice() -> None:
    row = make_image(make_finding())
    FindingImage.objects.create(
        case=row.case, finding=row.finding, file=row.file, caption="Again", position=1
    )


def of_another_finding() -> None:
    update(make_image(make_finding()), finding=make_finding())


def of_a_file_of_another_case() -> None:
    row = make_image(make_finding())
    other = make_image(make_finding())
    other_file = other.file
    other.delete()
    update(row, file=other_file, public_id=other_file.public_id)


IMAGE_BREAKS: list[Break] = [
    ("finding_image_has_caption", image(caption="")),
    ("finding_image_of_one_file", of_one_file_twice),
    ("image_file_ending_known", file(ending="svg")),
    ("image_file_came_as_known", file(came_as="GIF")),
    ("image_file_public_id_form", file(public_id="not-one")),
    ("image_file_name_random", file(name="../../etc/passwd")),
    ("image_file_name_random", file(name="a" * 31)),
    ("image_file_sha256", file(sha256="A" * 64)),
    ("image_file_measures", file(width=0)),
    ("image_file_measures", file(height=65_536)),
    ("image_file_measures", file(small_width=321)),
    ("image_file_measures", file(small_height=241)),
    ("image_file_measures", file(small_height=0)),
    ("image_file_measures", file(size=0)),
    ("image_file_confirmed_has_time", lambda: file(confirmed_by=make_user())()),
    (
        "image_file_purged_is_not_confirmed",
        file(purged_at=timezone.now(), confirmed_at=timezone.now()),
    ),
]
IMAGE_TIE_BREAKS: list[Break] = [
    ("findingimage_finding_of_same_case", of_another_finding),
    ("findingimage_file_of_same_case", of_a_file_of_another_case),
    ("findingimage_file_of_same_id", image(public_id="0000000000")),
]


def allowed_images() -> list[Any]:
    """The nearest neighbours of what is refused above."""
    row = make_image(make_finding(), credit="")
    ImageFile.objects.filter(pk=row.file.pk).update(
        width=65_535, height=65_535, small_width=1, small_height=1, size=1
    )
    gone = make_image(make_finding(), confirmed=False, purged=True)
    return [row, row.file, gone, gone.file, make_image(make_finding()).file]
