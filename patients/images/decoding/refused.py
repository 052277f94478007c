"""Why an image is not taken, as a code that the other side puts into words."""

from __future__ import annotations

from typing import Final

KIND: Final = "kind"
"""Not one of the four kinds."""
BROKEN: Final = "broken"
PIXELS: Final = "pixels"
"""Too many; `numbers` are width and height."""
MEMORY: Final = "memory"
FRAMES: Final = "frames"
"""It holds several, and none was named; `numbers` is how many."""
NO_FRAME: Final = "no_frame"
"""There is none of that number; `numbers` is how many there are."""
VALUES: Final = "values"
"""Pixels of a kind that has no honest picture, such as fractions."""
NO_PICTURE: Final = "no_picture"
"""A DICOM file of something else, such as a report."""
SYNTAX: Final = "syntax"
"""A DICOM transfer syntax that is not read; `word` is its UID."""


class Refused(Exception):
    def __init__(self, code: str, *numbers: int, word: str = "") -> None:
        super().__init__(code)
        self.code, self.numbers, self.word = code, numbers, word
