"""What an image of 4,000 × 4,000 costs until it is ready: seconds, and the most memory that the
process which reads it takes.

    .venv/bin/python -m bench.images

Each file is made here, of waves and noise. Ours is the whole way of `patients.images.process`: a
process is started, the file read, two images made anew and given back, and all of it checked.
Beside it, in turns (ours, theirs, theirs, ours), Pillow opens the same picture and saves it as
ours does, in this process. The last column is the median of the ratios; seconds are by the clock,
and of the processor what the reading process took alone, which a busy machine does not change much.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage

from patients.images.limits import JPEG_QUALITY, MEGABYTE
from patients.images.process import Reader

SIDE = 4000
ROUNDS = 5
PATIENCE = 60.0
"""Seconds: a measurement is not cut short."""
SECONDS_AT_MOST = 3
MEMORY_AT_MOST = 512


def waves() -> numpy.ndarray:
    down, across = numpy.mgrid[0:SIDE, 0:SIDE]
    noise = numpy.random.default_rng(1).normal(0, 6, (SIDE, SIDE))
    values = (numpy.sin(across / 50) + numpy.cos(down / 70)) * 60 + 128 + noise
    return values.clip(0, 255).astype(numpy.uint8)


def written(image: Image.Image, kind: str, **options: int) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def dicom(values: numpy.ndarray) -> bytes:
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = SecondaryCaptureImageStorage, "1.2.3"
    made.Rows, made.Columns = values.shape
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 16, 12, 11, 0
    made.WindowCenter, made.WindowWidth = 2000, 3000
    made.PixelData = (values.astype("<u2") * 16).tobytes()
    made["PixelData"].VR = "OW"
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID
    buffer = BytesIO()
    made.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def ours(data: bytes) -> float:
    """Megabytes that the process took at most; 0 where that cannot be known."""
    with Reader() as reader:
        reader.read(data, seconds=PATIENCE)
        return peak(reader.pid)


def peak(pid: int) -> float:
    if sys.platform != "linux":
        return 0
    status = Path(f"/proc/{pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024 / MEGABYTE


def theirs(data: bytes) -> None:
    """A DICOM file is given as the picture that it shows: Pillow reads none."""
    image = Image.open(BytesIO(data))
    if image.mode == "L":
        written(image, "PNG")
    else:
        written(image, "JPEG", quality=JPEG_QUALITY, subsampling=0)


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def processor() -> float:
    """Seconds of the processor that processes which have ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(name: str, data: bytes, same: bytes) -> None:
    ratios, times, spent, most = [], [], [], ours(data)
    for _ in range(ROUNDS):
        before = processor()
        first = seconds(lambda: ours(data))
        spent.append(processor() - before)
        other = seconds(lambda: theirs(same)) + seconds(lambda: theirs(same))
        last = seconds(lambda: ours(data))
        times += [first, last]
        ratios.append((first + last) / other)
    taken, used = median(times), median(spent)
    note = "" if taken <= SECONDS_AT_MOST and most <= MEMORY_AT_MOST else "  too much"
    print(f"{name:16} {taken:8.2f} {used:10.2f} {most:11.0f} {median(ratios):9.2f}{note}")


def main() -> None:
    grey = waves()
    colour = numpy.dstack([grey, numpy.roll(grey, 40, 0), numpy.roll(grey, 80, 1)])
    png = written(Image.fromarray(grey), "PNG", compress_level=1)
    files = {
        "PNG, grey": (png, png),
        "PNG, colour": (written(Image.fromarray(colour), "PNG", compress_level=1),) * 2,
        "JPEG, colour": (written(Image.fromarray(colour), "JPEG", quality=90),) * 2,
        "DICOM, 16 bits": (dicom(grey), png),
    }
    print(f"{SIDE} × {SIDE:<9} {'seconds':>8} {'processor':>10} {'MB at most':>11} {'× Pillow':>9}")
    for name, (data, same) in files.items():
        measured(name, data, same)


if __name__ == "__main__":
    main()
