"""DICOM, as PS3.3 says it is shown. Expected values are worked out by hand from its formulas."""

import numpy
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian

from patients.images.decoding.refused import Refused
from patients.images.decoding.windows import full_range, windowed
from patients.images.refusals import FrameNeededError, RefusedError
from tests.patients.images import making

LINE = numpy.array([[0, 100, 200, 300, 400]], numpy.uint16)


def shown(read, pixels=LINE, **changes):
    return making.values(read(making.dicom(pixels, **changes)).large).tolist()


def test_without_a_window_the_least_is_black_and_the_greatest_white(read):
    assert shown(read) == [[0, 64, 128, 191, 255]]


def test_a_window_shows_what_lies_in_it(read):
    assert shown(read, WindowCenter=200.5, WindowWidth=201) == [[0, 0, 128, 255, 255]]


def test_the_first_of_several_windows_counts(read):
    one = shown(read, WindowCenter=200.5, WindowWidth=201)
    assert shown(read, WindowCenter=[200.5, 0], WindowWidth=[201, 10]) == one


def test_values_are_rescaled_before_the_window(read):
    told = {"RescaleSlope": 2, "RescaleIntercept": -400}  # -400, -200, 0, 200, 400
    assert shown(read, WindowCenter=0.5, WindowWidth=401, **told) == [[0, 0, 128, 255, 255]]


def test_monochrome1_is_turned_over(read):
    assert shown(read, PhotometricInterpretation="MONOCHROME1") == [[255, 191, 127, 64, 0]]


def test_values_below_zero(read):
    pixels = numpy.array([[-200, -100, 0, 100, 200]], numpy.int16)
    assert shown(read, pixels) == [[0, 64, 128, 191, 255]]


def test_bits_above_those_that_are_stored_do_not_count(read):
    dirty = LINE | 0xF000
    assert shown(read, dirty) == shown(read)


def test_all_alike_is_black(read):
    assert shown(read, numpy.full((2, 2), 7, numpy.uint16)) == [[0, 0], [0, 0]]


def test_a_table_of_brightness(read):
    table = Dataset()
    table.LUTDescriptor = [401, 0, 16]
    steps = [65_535 - number * 65_535 // 400 for number in range(401)]
    table.LUTData = numpy.array(steps, "<u2").tobytes()
    found = shown(read, VOILUTSequence=Sequence([table]))
    assert found == [[255, 191, 128, 64, 0]]


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_other_orders_of_bytes(read, syntax):
    made = making.dataset()
    if syntax == ExplicitVRBigEndian:
        made.PixelData = (making.slope().astype(numpy.uint16) * 16).astype(">u2").tobytes()
    assert read(making.saved(made, syntax)).large == read(making.dicom()).large


def test_rle(read):
    assert read(making.rle()).large == read(making.dicom()).large


def test_jpeg_inside(read):
    near = making.values(read(making.jpeg_in_dicom()).large).astype(int)
    assert abs(near - making.slope()).max() < 12


@pytest.mark.parametrize("planar", [0, 1])
def test_colour(read, planar):
    pixels = numpy.asarray(making.colour())
    sent = pixels if planar == 0 else numpy.ascontiguousarray(pixels.transpose(2, 0, 1))
    made = making.dataset(pixels, PlanarConfiguration=planar)
    made.PixelData = sent.tobytes()
    found = read(making.saved(made))
    assert found.ending == "jpg"
    assert found.large == read(making.written(making.colour(), "PNG")).large


def test_colour_as_brightness_and_two_differences(read):
    pixels = numpy.dstack([making.slope(), numpy.full((30, 40, 2), 128, numpy.uint8)])
    found = read(making.dicom(pixels, PhotometricInterpretation="YBR_FULL"))
    assert found.ending == "png"
    assert numpy.array_equal(making.values(found.large), making.slope())


def test_a_palette(read):
    def ramp(up: bool) -> bytes:
        steps = numpy.arange(256, dtype="<u2") * 257
        return (steps if up else steps[::-1]).tobytes()

    told = {"PhotometricInterpretation": "PALETTE COLOR"}
    for name, up in (("Red", True), ("Green", False), ("Blue", True)):
        told[f"{name}PaletteColorLookupTableDescriptor"] = [256, 0, 16]
        told[f"{name}PaletteColorLookupTableData"] = ramp(up)
    wide = numpy.tile(
        numpy.arange(256, dtype=numpy.uint8).reshape(16, 16).repeat(8, 0).repeat(8, 1), 1
    )
    found = read(making.dicom(wide, **told))
    first = making.values(found.large)[0, 0].astype(int)
    assert abs(first - [0, 255, 0]).max() < 8


def test_one_of_several_frames(read):
    frames = numpy.stack([LINE, LINE * 0 + 5])
    made = making.dataset(frames, NumberOfFrames=2, Rows=1, Columns=5)
    data = making.saved(made)
    with pytest.raises(FrameNeededError, match="holds 2 pictures: say which one, from 1 to 2") as e:
        read(data)
    assert e.value.frames == 2
    assert making.values(read(data, frame=1).large).tolist() == [[0, 64, 128, 191, 255]]
    assert making.values(read(data, frame=2).large).tolist() == [[0] * 5]
    with pytest.raises(FrameNeededError, match="say one from 1 to 2"):
        read(data, frame=3)
    with pytest.raises(FrameNeededError, match="holds one picture: leave its number out"):
        read(making.dicom(), frame=2)


def test_nothing_of_who_it_is_stays_and_overlays_are_not_drawn(read):
    made = making.dataset()
    overlay = made.private_block(0x0011, "INVENTED", create=True)
    overlay.add_new(0x01, "LO", "RECORD-4711")
    for number, vr, value in (
        (0x0010, "US", 30), (0x0011, "US", 40), (0x0040, "CS", "G"), (0x0050, "SS", [1, 1]),
        (0x0100, "US", 1), (0x0102, "US", 0), (0x3000, "OW", b"\xff" * 150),
    ):  # fmt: skip
        made.add_new((0x6000, number), vr, value)
    data = making.saved(made)
    assert b"RECORD-4711" in data
    found = read(data)
    assert found.large == read(making.dicom(PatientName=None, PatientID=None)).large
    assert b"RECORD" not in found.large


@pytest.mark.parametrize(("told", "says"), [(None, False), ("NO", False), ("YES", True)])
def test_what_it_says_of_burned_in_text_is_passed_on(read, told, says):
    assert read(making.dicom(BurnedInAnnotation=told)).says_burned_in is says


@pytest.mark.parametrize(
    ("uid", "name"),
    [
        ("1.2.840.10008.1.2.4.70", "JPEG Lossless, first-order prediction"),
        ("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless"),
        ("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless"),
        ("1.2.840.10008.1.2.1.99", "Deflated"),
        ("1.2.3.4", "1.2.3.4"),
    ],
)
def test_how_it_is_packed_is_named_where_it_cannot_be_read(read, uid, name):
    data = making.dicom()
    before, after = b"1.2.840.10008.1.2.1\x00", uid.encode()
    place = data.index(before)
    length = len(after) + len(after) % 2
    changed = data[: place - 2] + length.to_bytes(2, "little") + after.ljust(length, b"\x00")
    data = changed + data[place + len(before) :]
    grown = length - len(before)
    group = data.index(b"\x02\x00\x00\x00UL\x04\x00") + 8
    told = int.from_bytes(data[group : group + 4], "little") + grown
    data = data[:group] + told.to_bytes(4, "little") + data[group + 4 :]
    with pytest.raises(RefusedError, match="uncompressed DICOM or as PNG") as refused:
        read(data)
    assert name in str(refused.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"BitsAllocated": 32, "BitsStored": 32, "HighBit": 31},
        {"PhotometricInterpretation": "ARGB"},
    ],
)
def test_pixels_of_another_kind_are_refused(read, changes):
    with pytest.raises(RefusedError, match="of a kind that is not read"):
        read(making.dicom(**changes))


def test_a_report_holds_no_picture(read):
    made = making.dataset()
    del made.PixelData
    with pytest.raises(RefusedError, match="holds no picture"):
        read(making.saved(made))


def test_windows_by_the_book():
    """PS3.3 C.11.2.1.2.1 at the edges of a window of 4 around 10: below 8 black, above 11 white."""
    values = numpy.array([7.0, 8.0, 9.0, 10.0, 11.0, 12.0])
    assert windowed(values, 10, 4, "LINEAR").tolist() == [0, 0, 85, 170, 255, 255]
    assert windowed(values, 10, 4, "LINEAR_EXACT").tolist() == [0, 0, 64, 128, 191, 255]
    assert windowed(values, 10, 1, "LINEAR").tolist() == [0, 0, 0, 255, 255, 255]
    assert windowed(numpy.array([10.0]), 10, 4, "SIGMOID").tolist() == [128]
    assert windowed(numpy.array([-1e9, 1e9]), 10, 4, "SIGMOID").tolist() == [0, 255]


@pytest.mark.parametrize(
    ("width", "function"),
    [(0.5, "LINEAR"), (0, "LINEAR_EXACT"), (-1, "SIGMOID"), (4, "MADE_UP"), (numpy.nan, "LINEAR")],
)
def test_a_window_that_is_none(width, function):
    with pytest.raises(Refused):
        windowed(numpy.array([1.0]), 10, width, function)


def test_a_range_without_end_is_refused():
    with pytest.raises(Refused):
        full_range(numpy.array([1.0, numpy.inf]))
