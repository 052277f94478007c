"""What the reading process gave back, looked at before it is believed: that both images are what it
says, whole, and hold nothing but a picture.

Pure. It reads the structure of PNG (W3C, third edition, 5) and JPEG (ITU T.81, annex B) and no
pixel.
"""

from __future__ import annotations

import json
import struct
from typing import Any, Final
from zlib import crc32

from patients.images.decoding import refused
from patients.images.limits import MAX_PIXELS, SMALL_SIDE
from patients.images.model import Decoded
from patients.images.refusals import BROKEN, BrokenError, refusal

PNG: Final = b"\x89PNG\r\n\x1a\n"
CODES: Final = frozenset({
    refused.KIND, refused.BROKEN, refused.PIXELS, refused.MEMORY, refused.FRAMES,
    refused.NO_FRAME, refused.VALUES, refused.NO_PICTURE, refused.SYNTAX,
})  # fmt: skip
SIDES: Final = ("width", "height", "small_width", "small_height")
SOI, EOI, SOS, APP0, DQT, SOF0, DHT = 0xD8, 0xD9, 0xDA, 0xE0, 0xDB, 0xC0, 0xC4
JFIF_LENGTH: Final = 16
"""Of its segment without a thumbnail."""


def checked(said: bytes, large: bytes, small: bytes) -> Decoded:
    """Raises RefusedError and its kinds: what the process refused, or that it is not believed."""
    try:
        facts = json.loads(said)
        if "refused" in facts:
            raise _refusal(facts)
        made = _decoded(facts, large, small)
    except (ValueError, KeyError, TypeError, RecursionError, struct.error, IndexError):
        raise BrokenError(BROKEN) from None
    return made


def _refusal(facts: Any) -> Exception:
    code, numbers, word = facts["refused"], facts["numbers"], facts["word"]
    whole = all(type(number) is int and 0 <= number < 2**64 for number in numbers)
    if code not in CODES or not whole or len(numbers) > 2:
        return BrokenError(BROKEN)
    is_uid = isinstance(word, str) and set(word) <= set("0123456789.") and len(word) <= 64
    return refusal(code, numbers, word if is_uid and word else "an unknown syntax")


def _decoded(facts: Any, large: bytes, small: bytes) -> Decoded:
    sides = [facts[name] for name in SIDES]
    if not all(type(side) is int and side > 0 for side in sides):
        raise ValueError("a side")
    if facts["came_as"] not in ("PNG", "JPEG", "TIFF", "DICOM"):
        raise ValueError("came_as")
    width, height, small_width, small_height = sides
    if width * height > MAX_PIXELS or max(small_width, small_height) > SMALL_SIDE:
        raise ValueError("size")
    look = {"png": png_size, "jpg": jpeg_size}[facts["ending"]]
    if look(large) != (width, height) or look(small) != (small_width, small_height):
        raise ValueError("not what it says")
    return Decoded(
        came_as=facts["came_as"],
        ending=facts["ending"],
        large=large,
        small=small,
        width=width,
        height=height,
        small_width=small_width,
        small_height=small_height,
        says_burned_in=facts["says_burned_in"] is True,
    )


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height of a greyscale PNG of eight bits that holds its header, its pixels and its
    end, and nothing else. Raises ValueError and struct.error."""
    if not data.startswith(PNG):
        raise ValueError("no PNG")
    place, names, header = len(PNG), [], b""
    while place < len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        [mark] = struct.unpack_from(">I", data, place + 8 + length)
        if crc32(name + body) != mark:
            raise ValueError("a checksum")
        names.append(name)
        header = header or body
        place += 12 + length
    pixels = names[1:-1]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or set(pixels) != {b"IDAT"}:
        raise ValueError("a chunk beside the picture")
    width, height, *kind = struct.unpack(">IIBBBBB", header)
    if kind != [8, 0, 0, 0, 0] or body:
        raise ValueError("no greyscale of eight bits")
    return width, height


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height of a baseline JPEG in colour without comments, thumbnails or any segment
    that a picture does not need, and with nothing after its end. Raises ValueError, struct.error
    and IndexError."""
    if data[:2] != bytes([0xFF, SOI]) or data[-2:] != bytes([0xFF, EOI]):
        raise ValueError("no JPEG")
    place, size = 2, None
    while True:
        mark, kind, length = struct.unpack_from(">BBH", data, place)
        if mark != 0xFF or kind not in (APP0, DQT, SOF0, DHT, SOS):
            raise ValueError("a segment beside the picture")
        if kind == APP0 and (place != 2 or length != JFIF_LENGTH):
            raise ValueError("a thumbnail")
        if kind == SOF0:
            _, height, width, parts = struct.unpack_from(">BHHB", data, place + 4)
            size = (width, height) if parts == 3 else None
        place += 2 + length
        if kind == SOS:
            break
    if size is None:
        raise ValueError("no size")
    # In the pixels a 0xFF is followed by 0: else it would be a mark, and the only one is the end.
    coded = data[place:-2]
    if coded.count(b"\xff") != coded.count(b"\xff\x00"):
        raise ValueError("something after its pixels")
    return size
