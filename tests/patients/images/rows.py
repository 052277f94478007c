"""Files for image rows that tests make without reading anything."""

from __future__ import annotations

from patients.images import storing
from patients.models import FindingImage
from tests.patients.images import making


def with_files(image: FindingImage) -> FindingImage:
    """`image`, with a picture on the disk that is the same for all."""
    for small in (False, True):
        path = storing.path_of(image.file.name, image.file.ending, small=small)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(making.png())
    return image
