"""What reading an image gives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """Both images as they are to be kept. Sizes are in pixels."""

    came_as: str
    """`PNG`, `JPEG`, `TIFF` or `DICOM`."""
    ending: str
    """`png` or `jpg`."""
    large: bytes
    small: bytes
    width: int
    height: int
    small_width: int
    small_height: int
    says_burned_in: bool

    @property
    def size(self) -> int:
        """Bytes of the large one."""
        return len(self.large)

    @property
    def sha256(self) -> str:
        """Of the large one, 64 hexadecimal digits."""
        return hashlib.sha256(self.large).hexdigest()
