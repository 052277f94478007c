"""Reads images from stdin, one after the other, until there is no more.

An order is two big-endian numbers, the frame (0: none was named) and the length, and the bytes. An
answer is three, the lengths of what follows: facts as JSON, the large image and the small one. For
a refusal the facts are its code, and there are no images.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
import time
import warnings
from typing import BinaryIO, Final

from patients.images.decoding import refused
from patients.images.decoding.refused import Refused
from patients.images.limits import CPU_SECONDS, MAX_UPLOAD, MEMORY, OPEN_FILES

ORDER: Final = struct.Struct(">II")
ANSWER: Final = struct.Struct(">III")
PNG, TIFF, JPEG = b"\x89PNG\r\n\x1a\n", (b"II*\x00", b"MM\x00*"), b"\xff\xd8\xff"
DICOM_AT, DICOM = 128, b"DICM"


def kind_of(data: bytes) -> str:
    """What the bytes begin as. Raises Refused."""
    if data[DICOM_AT : DICOM_AT + 4] == DICOM:
        return "DICOM"
    if data.startswith(PNG):
        return "PNG"
    if data.startswith(JPEG):
        return "JPEG"
    if data.startswith(TIFF):
        return "TIFF"
    raise Refused(refused.KIND)


def answer_to(data: bytes, frame: int | None) -> tuple[dict[str, object], bytes, bytes]:
    """Facts and both images. Raises Refused and, where a file is broken, whatever its decoder
    raises."""
    kind = kind_of(data)
    # Only the decoder that is needed is brought in: that of DICOM takes half of the start.
    if kind == "DICOM":
        from patients.images.decoding import dicom

        picture = dicom.read(data, frame)
    else:
        from patients.images.decoding import raster

        picture = raster.read(data, kind, frame)
    from patients.images.decoding.encoding import encode

    made = encode(picture.image)
    facts: dict[str, object] = {
        "came_as": picture.came_as,
        "ending": made.ending,
        "width": made.width,
        "height": made.height,
        "small_width": made.small_width,
        "small_height": made.small_height,
        "says_burned_in": picture.says_burned_in,
    }
    return facts, made.large, made.small


def answered(data: bytes, frame: int | None) -> tuple[dict[str, object], bytes, bytes]:
    """Never raises: whatever goes wrong while a file is read, the file is at fault."""
    try:
        return answer_to(data, frame)
    except Refused as error:
        numbers = [int(number) for number in error.numbers]
        return {"refused": error.code, "numbers": numbers, "word": error.word[:64]}, b"", b""
    except MemoryError:
        return {"refused": refused.MEMORY, "numbers": [], "word": ""}, b"", b""
    except Exception:
        return {"refused": refused.BROKEN, "numbers": [], "word": ""}, b"", b""


def limit() -> None:
    """Takes from this process what it does not need, before it sees the first byte of an image."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(what, (most, most))


def main(orders: BinaryIO, answers: BinaryIO) -> None:
    warnings.simplefilter("ignore")  # of decoders, about what they put up with
    limit()
    while len(head := orders.read(ORDER.size)) == ORDER.size:
        frame, length = ORDER.unpack(head)
        if length > MAX_UPLOAD:
            return
        until = int(time.process_time()) + CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
        facts, large, small = answered(orders.read(length), frame or None)
        said = json.dumps(facts).encode()
        answers.write(ANSWER.pack(len(said), len(large), len(small)))
        for part in (said, large, small):
            answers.write(part)
        answers.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
