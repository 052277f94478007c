"""Why an image was not taken, in words for who sent it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from patients.images.decoding import refused
from patients.images.limits import MAX_PIXELS, MAX_SIDE, MAX_UPLOAD, MEGABYTE

SYNTAXES: Final = {
    "1.2.840.10008.1.2.1.99": "Deflated Explicit VR Little Endian",
    "1.2.840.10008.1.2.4.51": "JPEG Extended",
    "1.2.840.10008.1.2.4.57": "JPEG Lossless",
    "1.2.840.10008.1.2.4.70": "JPEG Lossless, first-order prediction",
    "1.2.840.10008.1.2.4.80": "JPEG-LS Lossless",
    "1.2.840.10008.1.2.4.81": "JPEG-LS Near-lossless",
    "1.2.840.10008.1.2.4.90": "JPEG 2000 Lossless",
    "1.2.840.10008.1.2.4.91": "JPEG 2000",
    "1.2.840.10008.1.2.4.100": "MPEG2 video",
    "1.2.840.10008.1.2.4.101": "MPEG2 video",
    "1.2.840.10008.1.2.4.102": "MPEG-4 video",
    "1.2.840.10008.1.2.4.201": "High-Throughput JPEG 2000 Lossless",
    "1.2.840.10008.1.2.4.203": "High-Throughput JPEG 2000",
}
"""Names in DICOM PS3.6 of transfer syntaxes that are not read."""
NOT_OF_FOUR: Final = "This is not a PNG, JPEG, TIFF or DICOM file, whatever its name says."
BROKEN: Final = "This file is broken or cut off: no picture could be read from it."
EMPTY: Final = "The file is empty."
BUSY: Final = "Other images are being read just now. Nothing is lost: send it again in a minute."
LARGE: Final = f"An image may have {MAX_UPLOAD // MEGABYTE} MB at most; this has {{:.0f}} MB."
TOO_MUCH: Final = (
    f"An image may have {MAX_UPLOAD // MEGABYTE} MB at most. What was sent is more, and was not "
    "read."
)


class RefusedError(Exception):
    """The sentence says what is wrong with the file, and what can be done."""

    status = 422
    """As HTTP answers it."""


class TooLargeError(RefusedError):
    """In bytes; `status` 413."""

    status = 413


class FrameNeededError(RefusedError):
    """It holds several pictures: which one?"""

    def __init__(self, words: str, frames: int) -> None:
        super().__init__(words)
        self.frames = frames


class BrokenError(RefusedError):
    """It could not be read, or not in time."""


class BusyError(RefusedError):
    """It was not looked at: another time it may be taken."""

    status = 503


def slow(seconds: float) -> str:
    return (
        f"Reading this file took longer than {seconds:g} seconds, so it was given up. Save it anew "
        "with an image program and try that."
    )


def refuse_length(size: int) -> None:
    """`size` is in bytes. Raises TooLargeError, and BrokenError where there is nothing."""
    if size > MAX_UPLOAD:
        raise TooLargeError(LARGE.format(size / MEGABYTE))
    if size < 1:
        raise BrokenError(EMPTY)


def refusal(code: str, numbers: Sequence[int], word: str) -> RefusedError:
    """In words, for a code of `patients.images.decoding.refused`."""
    match code, list(numbers):
        case refused.KIND, _:
            return RefusedError(NOT_OF_FOUR)
        case refused.PIXELS, [width, height]:
            return RefusedError(
                f"This image is {width:,} × {height:,} pixels. {MAX_PIXELS // 1_000_000} million "
                f"are the most, and {MAX_SIDE:,} on one side: save it smaller and try that."
            )
        case refused.MEMORY, _:
            return RefusedError(
                "This image takes more memory to read than is allowed: save it smaller, or in "
                "greyscale, and try that."
            )
        case refused.FRAMES, [count]:
            return FrameNeededError(
                f"This file holds {count} pictures: say which one, from 1 to {count}.", count
            )
        case refused.NO_FRAME, [1]:
            return FrameNeededError("This file holds one picture: leave its number out.", 1)
        case refused.NO_FRAME, [count]:
            return FrameNeededError(
                f"There is no such picture in this file: say one from 1 to {count}.", count
            )
        case refused.VALUES, _:
            return RefusedError(
                "The pixels of this file are of a kind that is not read, such as fractions or more "
                "than 16 bits: save it with 8 or 16 bits a pixel and try that."
            )
        case refused.NO_PICTURE, _:
            return RefusedError("This DICOM file holds no picture.")
        case refused.SYNTAX, _:
            name = SYNTAXES.get(word)
            called = f"{name} ({word})" if name else word
            return RefusedError(
                f"This DICOM file is packed as {called}, which is not read here. Export it from "
                "your viewer as uncompressed DICOM or as PNG, and send that."
            )
    return BrokenError(BROKEN)
