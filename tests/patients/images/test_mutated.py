"""Images that were damaged at random: each is refused in words, or is a whole picture.

`CASEBASE_MUTATED` raises how many; the same seed gives the same ones.
"""

import random
from collections import Counter

import pytest

from patients.images.refusals import BROKEN, RefusedError, slow
from tests.fuzzing.amounts import amount
from tests.fuzzing.bounds import bounded_in
from tests.patients.images import making
from tests.patients.images.conftest import PATIENT

pytestmark = pytest.mark.fuzz
COUNT = amount("CASEBASE_MUTATED", 3_000)
MARKS = (b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff", b"\x80\x00", b"\xff\xd9")


def whole() -> list[bytes]:
    pages = making.written(making.grey(), "TIFF", save_all=True, append_images=[making.colour()])
    return [
        making.png(),
        making.written(making.colour(), "PNG", exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00"),
        making.written(making.colour().convert("P"), "PNG", transparency=3),
        making.jpeg(comment=b"a comment"),
        making.jpeg(progressive=True),
        making.tiff(),
        making.tiff(compression="tiff_lzw"),
        making.tiff(compression="jpeg"),
        pages,
        making.dicom(WindowCenter=500, WindowWidth=900),
        making.rle(),
        making.jpeg_in_dicom(),
    ]


def mutated(data: bytes, dice: random.Random) -> bytes:
    held = bytearray(data)
    begin = 132 if data[128:132] == b"DICM" else 8
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        # Most of what a decoder can be led astray by stands at the beginning.
        until = min(begin + dice.choice((64, 512, 1 << 20)), len(held))
        # And what it is said to be is seldom wrong: else the first look refuses it.
        first = begin if begin < until and dice.random() > 0.03 else 0
        place = dice.randrange(first, until)
        match dice.randrange(6):
            case 0:
                held[place] = dice.randrange(256)
            case 1:
                held[place] ^= 1 << dice.randrange(8)
            case 2:
                mark = dice.choice(MARKS)
                held[place : place + len(mark)] = mark
            case 3:
                del held[place : place + dice.randrange(1, 40)]
            case 4:
                held[place:place] = dice.randbytes(dice.randrange(1, 40))
            case 5:
                del held[max(place, begin + 16) :]
        if len(held) < 2:
            break
    return bytes(held)


def test_none_brings_the_site_down_and_each_is_told_about(read):
    dice = random.Random(20_261)
    sound = whole()
    outcomes: Counter[str] = Counter()
    for number in range(COUNT):
        data = mutated(sound[number % len(sound)], dice)
        try:
            with bounded_in(read.pid, number):
                made = read(data, frame=dice.choice((None, None, 1)))
        except RefusedError as error:
            outcomes[str(error)] += 1
        else:
            # What its checks let pass is a picture: a changed shade of grey is one too.
            outcomes["a picture"] += 1
            assert made.width * made.height <= 40_000_000
    assert sum(outcomes.values()) == COUNT
    assert outcomes[slow(PATIENT)] == 0
    assert outcomes[BROKEN] > COUNT / 4
    assert read(making.png()).width == 40
