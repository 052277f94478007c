"""Images made here: nothing of a patient is in them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    ExplicitVRLittleEndian,
    JPEGBaseline8Bit,
    RLELossless,
    SecondaryCaptureImageStorage,
)


def slope(width: int = 40, height: int = 30) -> Any:
    """Grey values that differ along both sides, so that a turned picture is told from the right."""
    across, down = numpy.meshgrid(numpy.arange(width), numpy.arange(height))
    return ((across * 5 + down * 2) % 256).astype(numpy.uint8)


def grey(width: int = 40, height: int = 30) -> Image.Image:
    return Image.fromarray(slope(width, height))


def colour(width: int = 40, height: int = 30) -> Image.Image:
    values = slope(width, height)
    return Image.fromarray(numpy.dstack([values, values[::-1], values[:, ::-1]]))


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def png(**options: Any) -> bytes:
    return written(grey(), "PNG", **options)


def jpeg(**options: Any) -> bytes:
    return written(colour(), "JPEG", **{"quality": 90, **options})


def tiff(**options: Any) -> bytes:
    return written(colour(), "TIFF", **options)


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def values(data: bytes) -> Any:
    return numpy.asarray(opened(data))


def dataset(pixels: Any = None, **changes: Any) -> Dataset:
    """A slice of twelve bits in sixteen; `changes` by keyword. A change to None is left out."""
    pixels = slope().astype(numpy.uint16) * 16 if pixels is None else pixels
    fields = {
        "SOPClassUID": SecondaryCaptureImageStorage,
        "SOPInstanceUID": "1.2.826.0.1.3680043.8.498.1",
        "PatientName": "Nobody^Invented",
        "PatientID": "RECORD-4711",
        "Rows": pixels.shape[-2] if pixels.ndim < 4 and pixels.shape[-1] != 3 else pixels.shape[-3],
        "Columns": pixels.shape[-1] if pixels.shape[-1] != 3 else pixels.shape[-2],
        "SamplesPerPixel": 3 if pixels.shape[-1] == 3 else 1,
        "PhotometricInterpretation": "RGB" if pixels.shape[-1] == 3 else "MONOCHROME2",
        "BitsAllocated": pixels.dtype.itemsize * 8,
        "BitsStored": 12 if pixels.dtype.itemsize == 2 else 8,
        "HighBit": 11 if pixels.dtype.itemsize == 2 else 7,
        "PixelRepresentation": 1 if pixels.dtype.kind == "i" else 0,
        **changes,
    }
    if fields["SamplesPerPixel"] == 3:
        fields.setdefault("PlanarConfiguration", 0)
    made = Dataset()
    for name, value in fields.items():
        if value is not None:
            setattr(made, name, value)
    made.PixelData = pixels.tobytes()
    made["PixelData"].VR = "OW" if fields["BitsAllocated"] > 8 else "OB"
    return made


def saved(made: Dataset, syntax: str = ExplicitVRLittleEndian) -> bytes:
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = syntax
    made.file_meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID
    buffer = BytesIO()
    made.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def dicom(pixels: Any = None, syntax: str = ExplicitVRLittleEndian, **changes: Any) -> bytes:
    return saved(dataset(pixels, **changes), syntax)


def rle() -> bytes:
    made = dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.compress(RLELossless, generate_instance_uid=False)
    return saved(made, RLELossless)


def jpeg_in_dicom() -> bytes:
    made = dataset(slope())
    made.PixelData = encapsulate([written(grey(), "JPEG", quality=95)])
    made["PixelData"].is_undefined_length = True
    return saved(made, JPEGBaseline8Bit)
