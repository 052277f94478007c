"""What the process gives back is believed only where it is a picture and nothing else."""

import json
import struct
from zlib import crc32

import pytest

from patients.images.checking import checked, jpeg_size, png_size
from patients.images.limits import SMALL_SIDE
from patients.images.refusals import BROKEN, NOT_OF_FOUR, BrokenError, RefusedError
from tests.patients.images import making

PNG = making.png(compress_level=3)
JPEG = making.jpeg(subsampling=0)


def facts(**changes):
    said = {
        "came_as": "PNG", "ending": "png", "width": 40, "height": 30, "small_width": 40,
        "small_height": 30, "says_burned_in": False, **changes,
    }  # fmt: skip
    return json.dumps({name: value for name, value in said.items() if value is not None}).encode()


def test_what_is_right_is_believed():
    assert checked(facts(), PNG, PNG).sha256 == checked(facts(), PNG, PNG).sha256
    assert checked(facts(ending="jpg"), JPEG, JPEG).ending == "jpg"


@pytest.mark.parametrize(
    "changes",
    [
        {"width": 41}, {"height": 0}, {"width": "40"}, {"width": True}, {"width": None},
        {"small_width": 41}, {"ending": "jpg"}, {"ending": "svg"}, {"came_as": "GIF"},
        {"came_as": None}, {"says_burned_in": None}, {"width": 10**9},
    ],
)  # fmt: skip
def test_what_does_not_agree_is_not(changes):
    with pytest.raises(BrokenError):
        checked(facts(**changes), PNG, PNG)


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b"3", b'{"refused": []}', b"\xff", b"[" * 9000])
def test_what_is_no_answer_is_not(said):
    with pytest.raises(BrokenError):
        checked(said, PNG, PNG)


def test_a_small_one_that_is_not_small_is_not():
    wide = making.written(making.grey(SMALL_SIDE + 1, 2), "PNG", compress_level=3)
    said = facts(width=SMALL_SIDE + 1, height=2, small_width=SMALL_SIDE + 1, small_height=2)
    with pytest.raises(BrokenError):
        checked(said, wide, wide)


def test_a_refusal_is_told_in_our_words():
    with pytest.raises(RefusedError) as refused:
        checked(b'{"refused": "kind", "numbers": [], "word": "<script>"}', b"", b"")
    assert str(refused.value) == NOT_OF_FOUR


@pytest.mark.parametrize(
    "said",
    [
        {"refused": "made up", "numbers": [], "word": ""},
        {"refused": "pixels", "numbers": [1, 2, 3], "word": ""},
        {"refused": "pixels", "numbers": ["a", "b"], "word": ""},
        {"refused": "pixels", "numbers": [-1, 1], "word": ""},
    ],
)
def test_a_refusal_that_is_none_of_ours(said):
    with pytest.raises(BrokenError, match=BROKEN):
        checked(json.dumps(said).encode(), b"", b"")


def test_words_of_a_refusal_are_numbers_and_dots_alone():
    said = {"refused": "syntax", "numbers": [], "word": "<script>alert(1)</script>"}
    with pytest.raises(RefusedError) as refused:
        checked(json.dumps(said).encode(), b"", b"")
    assert "script" not in str(refused.value)


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc32(name + body))


END = PNG.index(b"IEND") - 4


@pytest.mark.parametrize(
    "data",
    {
        "words": PNG[:END] + chunk(b"tEXt", b"Author\x00Nobody") + PNG[END:],
        "a profile": PNG[:33] + chunk(b"iCCP", b"x\x00\x00") + PNG[33:],
        "behind": PNG + b"PK\x03\x04",
        "a chunk behind": PNG + chunk(b"tEXt", b"x"),
        "an end with something in it": PNG[:END] + chunk(b"IEND", b"x"),
        "a checksum": PNG[:40] + bytes([PNG[40] ^ 1]) + PNG[41:],
        "cut off": PNG[:-1],
        "colour": making.written(making.colour(), "PNG"),
        "no PNG": b"GIF89a",
        "nothing": b"",
        "no pixels": PNG[:33] + PNG[END:],
    }.values(),
)
def test_a_png_with_anything_beside_its_picture(data):
    with pytest.raises((ValueError, struct.error)):
        png_size(data)


@pytest.mark.parametrize(
    "data",
    {
        "a comment": making.jpeg(comment=b"<script>"),
        "EXIF": making.jpeg(exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00"),
        "behind": JPEG + b"PK\x03\x04",
        "behind, and an end": JPEG + b"PK\x03\x04\xff\xd9",
        "progressive": making.jpeg(progressive=True),
        "a thumbnail": JPEG[:4] + b"\x00\x13" + JPEG[6:18] + b"\x01\x01abc" + JPEG[20:],
        "grey": making.written(making.grey(), "JPEG"),
        "no JPEG": b"GIF89a",
        "nothing": b"",
        "cut off": JPEG[:-2],
    }.values(),
)
def test_a_jpeg_with_anything_beside_its_picture(data):
    with pytest.raises((ValueError, struct.error, IndexError)):
        jpeg_size(data)


def test_sizes():
    assert png_size(PNG) == jpeg_size(JPEG) == (40, 30)
