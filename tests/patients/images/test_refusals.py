"""What is not taken, and what is said of it."""

import contextlib
import struct
from io import BytesIO
from zlib import crc32

import numpy
import pytest
from PIL import Image

from patients.images import process, refusals
from patients.images.limits import MAX_UPLOAD, MEGABYTE
from patients.images.refusals import BrokenError, RefusedError, TooLargeError
from tests.patients.images import making
from tests.patients.images.test_reading import zipped

SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
OTHERS = {
    "nothing": b"\x00",
    "text": b"not a picture at all",
    "SVG": SVG,
    "a zip": zipped(),
    "GIF": making.written(making.grey(), "GIF"),
    "BMP": making.written(making.grey(), "BMP"),
    "WebP": making.written(making.grey(), "WEBP"),
    "PDF": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "HTML": b"<!doctype html><title>A page</title>",
    "JPEG 2000": making.written(making.grey(), "JPEG2000"),
    "a TIFF for giants": b"II+\x00" + bytes(12),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_only_four_kinds_are_taken(read, kind):
    with pytest.raises(RefusedError) as refused:
        read(OTHERS[kind])
    assert str(refused.value) == refusals.NOT_OF_FOUR


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc32(name + body))


def vast_png(side: int = 60_000) -> bytes:
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        making.png()[:8]
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", b"\x78\x9c")
        + chunk(b"IEND", b"")
    )


def vast_jpeg(side: int = 60_000) -> bytes:
    data = making.written(making.grey(), "JPEG")
    place = data.index(b"\xff\xc0") + 5
    return data[:place] + struct.pack(">HH", side, side) + data[place + 4 :]


def vast_tiff(side: int = 60_000) -> bytes:
    data = bytearray(making.written(making.grey(), "TIFF"))
    [start] = struct.unpack_from("<I", data, 4)
    [count] = struct.unpack_from("<H", data, start)
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        tag, kind = struct.unpack_from("<HH", data, entry)
        if tag in (256, 257):
            struct.pack_into("<HHII", data, entry, tag, 4, 1, side)
    return bytes(data)


VAST = {
    "PNG": vast_png(),
    "JPEG": vast_jpeg(),
    "TIFF": vast_tiff(),
    "DICOM": making.dicom(Rows=60_000, Columns=60_000),
}


@pytest.mark.parametrize("kind", VAST)
def test_too_many_pixels_are_refused_before_one_is_read(read, kind):
    with pytest.raises(RefusedError, match="60,000 × 60,000 pixels. 40 million are the most"):
        read(VAST[kind])


def test_a_side_that_is_too_long_is_refused(read):
    with pytest.raises(RefusedError, match="30,000 on one side"):
        read(making.written(Image.new("L", (30_001, 2)), "PNG"))


def test_what_takes_too_much_memory_is_refused(read):
    vast = Image.new("RGBA", (6_300, 6_300))
    with pytest.raises(RefusedError, match="more memory to read than is allowed"):
        read(making.written(vast, "PNG", compress_level=1))


WHOLE = {
    "PNG": making.written(making.colour(), "PNG"),
    "JPEG": making.jpeg(),
    "TIFF": making.tiff(),
    "DICOM": making.dicom(),
}


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.8])
@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_cut_off_is_refused(read, kind, kept):
    data = WHOLE[kind]
    with pytest.raises(RefusedError) as refused:
        read(data[: int(len(data) * kept)])
    assert str(refused.value) in (refusals.BROKEN, refusals.NOT_OF_FOUR) or "no picture" in str(
        refused.value
    )


@pytest.mark.parametrize("kind", ["F", "I"])
def test_pixels_that_have_no_honest_picture_are_refused(read, kind):
    with pytest.raises(RefusedError, match="of a kind that is not read"):
        read(making.written(making.grey().convert(kind), "TIFF"))


def test_pages_are_asked_for(read):
    data = making.written(making.grey(), "TIFF", save_all=True, append_images=[making.grey()] * 2)
    with pytest.raises(refusals.FrameNeededError, match="holds 3 pictures") as refused:
        read(data)
    assert refused.value.frames == 3
    with pytest.raises(refusals.FrameNeededError, match="from 1 to 3"):
        read(data, frame=4)


def test_nothing_and_too_much_are_refused_before_a_process_starts():
    with pytest.raises(BrokenError, match="empty"):
        process.decode(b"")
    with pytest.raises(TooLargeError, match="64 MB at most; this has 2048 MB"):
        refusals.refuse_length(2048 * MEGABYTE)
    with pytest.raises(TooLargeError):
        process.decode(bytes(MAX_UPLOAD + 1))


def test_statuses():
    assert (RefusedError.status, TooLargeError.status, refusals.BusyError.status) == (422, 413, 503)


def test_a_strange_refusal_is_told_as_broken():
    assert str(refusals.refusal("made up", [], "")) == refusals.BROKEN
    assert str(refusals.refusal("pixels", [], "")) == refusals.BROKEN


def test_many_pages_of_one_place_do_not_hang(read):
    """A TIFF whose second page is its first again."""
    data = bytearray(making.written(making.grey(), "TIFF"))
    [start] = struct.unpack_from("<I", data, 4)
    [count] = struct.unpack_from("<H", data, start)
    struct.pack_into("<I", data, start + 2 + 12 * count, start)
    with contextlib.suppress(RefusedError):
        assert read(bytes(data)).width == 40
    assert read(making.png()).width == 40


def test_numbers_of_values_that_overflow(read):
    """A slice whose window is not a number."""
    with pytest.raises(BrokenError):
        read(making.dicom(numpy.zeros((2, 2), numpy.uint16), WindowCenter="1e999", WindowWidth="1"))


def test_a_form_file_is_read_from_its_beginning():
    held = BytesIO(making.png())
    held.read()
    held.seek(0)
    assert process.decode(held.read(), seconds=60).width == 40
