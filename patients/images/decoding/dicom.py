"""DICOM: one frame of it, as a viewer shows it at first. Only the tags that this takes are read,
so overlays, private tags and who the patient is never come in.

Rules: DICOM PS3.3 C.7.6.3 (pixels), C.11.1 and C.11.2 (look-up tables and windows).
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

import numpy
import pydicom
from PIL import Image
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, apply_voi
from pydicom.pixels.utils import pixel_array

from patients.images.decoding.picture import Picture, is_grey, refuse_large
from patients.images.decoding.refused import (
    BROKEN,
    FRAMES,
    NO_FRAME,
    NO_PICTURE,
    SYNTAX,
    VALUES,
    Refused,
)
from patients.images.decoding.windows import full_range, windowed
from patients.images.limits import MAX_FRAMES

READ: Final = frozenset({
    "1.2.840.10008.1.2",  # implicit VR, little endian
    "1.2.840.10008.1.2.1",  # explicit VR, little endian
    "1.2.840.10008.1.2.2",  # explicit VR, big endian
    "1.2.840.10008.1.2.4.50",  # JPEG baseline
    "1.2.840.10008.1.2.5",  # RLE
})  # fmt: skip
DEFLATED: Final = b"1.2.840.10008.1.2.1.99"
HEAD: Final = 4096
"""Bytes in which the transfer syntax is said."""
TAGS: Final = (
    "SamplesPerPixel", "PhotometricInterpretation", "PlanarConfiguration", "Rows", "Columns",
    "NumberOfFrames", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation",
    "RescaleSlope", "RescaleIntercept", "WindowCenter", "WindowWidth", "VOILUTFunction",
    "ModalityLUTSequence", "VOILUTSequence", "BurnedInAnnotation", "PixelData",
    "ExtendedOffsetTable", "ExtendedOffsetTableLengths", "RedPaletteColorLookupTableDescriptor",
    "GreenPaletteColorLookupTableDescriptor", "BluePaletteColorLookupTableDescriptor",
    "RedPaletteColorLookupTableData", "GreenPaletteColorLookupTableData",
    "BluePaletteColorLookupTableData",
)  # fmt: skip
GREY: Final = frozenset({"MONOCHROME1", "MONOCHROME2"})
COLOUR: Final = frozenset({"RGB", "YBR_FULL", "YBR_FULL_422", "PALETTE COLOR"})


def read(data: bytes, frame: int | None) -> Picture:
    """`frame` counts from 1. Raises Refused; what pydicom and numpy raise means that the file is
    broken."""
    if DEFLATED in data[:HEAD]:  # pydicom would unpack it all before anything could be asked
        raise Refused(SYNTAX, word=DEFLATED.decode())
    found = pydicom.dcmread(BytesIO(data), force=False, specific_tags=list(TAGS))
    if "PixelData" not in found:
        raise Refused(NO_PICTURE)
    syntax = str(found.file_meta.TransferSyntaxUID)
    if syntax not in READ:
        raise Refused(SYNTAX, word=syntax)
    refuse_large(int(found.Columns), int(found.Rows))
    index = _index(found, frame)
    kind = str(found.PhotometricInterpretation)
    if kind not in GREY | COLOUR or found.BitsAllocated not in (1, 8, 16):
        raise Refused(VALUES)
    values = pixel_array(found, index=index)
    image = _grey(found, values, kind) if kind in GREY else _colour(found, values, kind)
    says = str(found.get("BurnedInAnnotation", "")).strip().upper() == "YES"
    return Picture(image, "DICOM", says_burned_in=says)


def _index(found: Any, frame: int | None) -> int:
    count = int(found.get("NumberOfFrames") or 1)
    if not 1 <= count <= MAX_FRAMES:
        raise Refused(BROKEN)
    if frame is None and count > 1:
        raise Refused(FRAMES, count)
    if frame is not None and not 1 <= frame <= count:
        raise Refused(NO_FRAME, count)
    return (frame or 1) - 1


def _grey(found: Any, values: Any, kind: str) -> Image.Image:
    """By the window of the file; without one over the range of what is there."""
    if values.ndim != 2 or values.dtype.kind not in "iu" or values.dtype.itemsize > 2:
        raise Refused(VALUES)
    # Each value that occurs goes through the rules once, and not each pixel.
    lowest, highest = int(values.min()), int(values.max())
    span = numpy.arange(lowest, highest + 1, dtype=numpy.int64)
    shown = _shown(found, span)
    if kind == "MONOCHROME1":
        shown = 255 - shown
    table = numpy.zeros(65_536, numpy.uint8)
    table[span & 65_535] = shown  # where the bits of each value point, also of a negative one
    wide = numpy.ascontiguousarray(
        values, numpy.uint16 if values.dtype.kind == "u" else numpy.int16
    )
    return Image.fromarray(table[wide.view(numpy.uint16)])


def _shown(found: Any, span: Any) -> Any:
    """The brightness, from 0 to 255, of each stored value of `span`."""
    measured = _measured(found, span)
    function = str(found.get("VOILUTFunction") or "LINEAR").strip().upper()
    centre, width = _first(found, "WindowCenter"), _first(found, "WindowWidth")
    if centre is not None and width is not None:
        return windowed(measured, centre, width, function)
    if found.get("VOILUTSequence"):
        table = apply_voi(measured.astype(numpy.int32), found)
        bits = int(found.VOILUTSequence[0].LUTDescriptor[2])
        return numpy.clip(numpy.round(table / (2**bits - 1) * 255), 0, 255).astype(numpy.uint8)
    return full_range(measured)


def _measured(found: Any, span: Any) -> Any:
    if found.get("ModalityLUTSequence"):
        return apply_modality_lut(span, found).astype(numpy.float64)
    slope, intercept = _first(found, "RescaleSlope"), _first(found, "RescaleIntercept")
    return span * (1.0 if slope is None else slope) + (intercept or 0.0)


def _first(found: Any, name: str) -> float | None:
    """The first of its values: further windows are other views of the same picture."""
    value = found.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, pydicom.multival.MultiValue):
        return float(value[0]) if len(value) else None
    return float(value)


def _colour(found: Any, values: Any, kind: str) -> Image.Image:
    """`pixel_array` has made RGB of YBR."""
    if kind == "PALETTE COLOR":
        values = apply_color_lut(values, found)
        if values.dtype == numpy.uint16:
            values = (values >> 8).astype(numpy.uint8)
    if values.ndim != 3 or values.shape[2] != 3 or values.dtype != numpy.uint8:
        raise Refused(VALUES)
    image = Image.fromarray(numpy.ascontiguousarray(values))
    return image.getchannel("R") if is_grey(image) else image
