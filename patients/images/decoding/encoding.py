"""Pixels → the bytes that are kept. The same pixels give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from patients.images.limits import JPEG_QUALITY, SMALL_SIDE

PNG_LEVEL = 3
"""Of zlib: measured by `bench.images`."""
REDUCING_GAP = 3.0
"""Halves first as long as the result stays this many times larger, then resamples well."""


@dataclass(frozen=True, slots=True)
class Encoded:
    ending: str
    """`png` without loss for greyscale, `jpg` for colour."""
    large: bytes
    small: bytes
    width: int
    height: int
    small_width: int
    small_height: int


def encode(image: Image.Image) -> Encoded:
    """`image` is of mode L or RGB."""
    ending = "png" if image.mode == "L" else "jpg"
    small = image
    if max(image.size) > SMALL_SIDE:
        scale = SMALL_SIDE / max(image.size)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=REDUCING_GAP)
    large_bytes = _bytes(image, ending)
    small_bytes = large_bytes if small is image else _bytes(small, ending)
    return Encoded(ending, large_bytes, small_bytes, *image.size, *small.size)


def _bytes(image: Image.Image, ending: str) -> bytes:
    image.info.clear()  # what came beside the pixels: Pillow would write some of it again
    buffer = BytesIO()
    if ending == "png":
        image.save(buffer, "PNG", compress_level=PNG_LEVEL)
    else:
        image.save(buffer, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=False)
    return buffer.getvalue()
