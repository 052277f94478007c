"""PNG, JPEG and TIFF, each by its one decoder. The name of a file is never known here."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy
from PIL import Image, ImageCms, ImageOps

from patients.images.decoding.picture import Picture, is_grey, refuse_large
from patients.images.decoding.refused import BROKEN, FRAMES, NO_FRAME, VALUES, Refused
from patients.images.limits import MAX_FRAMES

Image.MAX_IMAGE_PIXELS = None  # `refuse_large` counts, before anything is read
READ = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB"})
PHOTOMETRIC, WHITE_IS_ZERO = 262, 0
"""A tag of TIFF, and the value with which the least number is white."""
_SIXTEEN_TO_EIGHT = numpy.round(numpy.arange(65_536) / 257).astype(numpy.uint8)


def read(data: bytes, kind: str, frame: int | None) -> Picture:
    """`kind` is PNG, JPEG or TIFF; `frame`, from 1, is for a TIFF of several pages.

    Sixteen bits become eight over the whole range of the format, as every viewer shows them:
    nothing is stretched. What is transparent becomes white. Raises Refused; what Pillow raises
    means that the file is broken.
    """
    image: Any = Image.open(BytesIO(data), formats=[kind])
    _turn_to(image, kind, frame)
    refuse_large(*image.size)
    if not (image.mode in READ or image.mode.startswith("I;16")):
        raise Refused(VALUES)
    profile = image.info.get("icc_profile")
    negative = kind == "TIFF" and image.tag_v2.get(PHOTOMETRIC) == WHITE_IS_ZERO
    image.load()
    _make_upright(image)
    if image.mode.startswith("I;16"):
        return Picture(_eight_bits(image, negative=negative), kind)
    return Picture(_plain(_in_srgb(_opaque(image), profile)), kind)


def _turn_to(image: Any, kind: str, frame: int | None) -> None:
    count = min(image.n_frames, MAX_FRAMES) if kind == "TIFF" else 1
    if frame is None and count > 1:
        raise Refused(FRAMES, count)
    if frame is not None and not 1 <= frame <= count:
        raise Refused(NO_FRAME, count)
    if count > 1 and frame is not None:
        image.seek(frame - 1)


def _make_upright(image: Image.Image) -> None:
    """As the camera was held: a picture the wrong way round shows the wrong side of a body."""
    ImageOps.exif_transpose(image, in_place=True)


def _eight_bits(image: Image.Image, *, negative: bool) -> Image.Image:
    values = numpy.asarray(image).astype(numpy.uint16, copy=False)
    if values.ndim != 2:
        raise Refused(BROKEN)
    table = _SIXTEEN_TO_EIGHT[::-1] if negative else _SIXTEEN_TO_EIGHT
    return Image.fromarray(numpy.ascontiguousarray(table)[values])


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode not in ("LA", "PA", "RGBA") and "transparency" not in image.info:
        return image
    seen = image.convert("RGBA")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By the profile that came with it, where that can be used; else the numbers as they are."""
    if not profile or image.mode not in ("L", "RGB", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return made or image


def _plain(image: Image.Image) -> Image.Image:
    if image.mode in ("1", "L"):
        return image if image.mode == "L" else image.convert("L")
    colour = image if image.mode == "RGB" else image.convert("RGB")
    return colour.getchannel("R") if is_grey(colour) else colour
