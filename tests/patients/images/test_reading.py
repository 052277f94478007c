"""Pictures that are read: what they show stays, what came beside the pixels does not."""

import zipfile
from io import BytesIO

import numpy
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from tests.patients.images import making

SECRET = b"Nobody, 31 Invented Street"


def test_greyscale_is_kept_without_loss(read):
    made = read(making.png())
    assert (made.came_as, made.ending, made.width, made.height) == ("PNG", "png", 40, 30)
    assert numpy.array_equal(making.values(made.large), making.slope())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_every_mode(read, mode):
    made = read(making.written(making.grey().convert(mode), "PNG"))
    assert (made.width, made.height) == (40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16", "LAB", "YCbCr"])
def test_a_tiff_of_every_mode(read, mode):
    colour = making.grey() if mode in ("I;16", "1") else making.colour()
    made = read(making.written(colour.convert(mode), "TIFF"))
    assert (made.came_as, made.width, made.height) == ("TIFF", 40, 30)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_of_every_mode(read, mode):
    made = read(making.written(making.colour().convert(mode), "JPEG"))
    assert made.came_as == "JPEG"


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_colour_becomes_a_jpeg_that_shows_nearly_the_same(read, kind):
    smooth = making.colour().resize((400, 300), Image.Resampling.BICUBIC)
    made = read(making.written(smooth, kind))
    assert made.ending == "jpg"
    difference = making.values(made.large).astype(int) - numpy.asarray(smooth).astype(int)
    assert abs(difference).mean() < 3


def test_grey_written_as_colour_is_grey_again(read):
    made = read(making.written(making.grey().convert("RGB"), "PNG"))
    assert made.ending == "png"
    assert numpy.array_equal(making.values(made.large), making.slope())


def test_what_is_transparent_becomes_white(read):
    ghost = making.grey().convert("RGBA")
    ghost.putalpha(0)
    made = read(making.written(ghost, "PNG"))
    assert (making.values(made.large) == 255).all()


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_become_eight_over_the_whole_range(read, kind):
    wide = making.slope().astype(numpy.uint16) * 257
    made = read(making.written(Image.fromarray(wide), kind))
    assert numpy.array_equal(making.values(made.large), making.slope())


def test_a_tiff_in_which_the_least_number_is_white_is_turned_over(read):
    wide = Image.fromarray(making.slope().astype(numpy.uint16) * 257)
    made = read(making.written(wide, "TIFF", tiffinfo={262: 0}))
    assert numpy.array_equal(making.values(made.large), 255 - making.slope())


def test_a_page_of_a_tiff(read):
    pages = [making.grey(), making.grey(20, 10)]
    data = making.written(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert (read(data, frame=2).width, read(data, frame=1).width) == (20, 40)


def test_a_small_one_has_a_longer_side_of_480(read):
    made = read(making.written(making.grey(1000, 250), "PNG"))
    assert (made.small_width, made.small_height) == (480, 120)
    assert making.opened(made.small).size == (480, 120)
    tiny = read(making.png())
    assert (tiny.small_width, tiny.small_height) == (40, 30)


def test_the_longest_thin_line_keeps_a_pixel(read):
    made = read(making.written(making.grey(2000, 1), "PNG"))
    assert (made.small_width, made.small_height) == (480, 1)


@pytest.mark.parametrize("data", [making.png(), making.jpeg(), making.tiff(), making.dicom()])
def test_the_same_bytes_give_the_same_picture(read, data):
    assert read(data) == read(data)


@pytest.mark.parametrize("turned", range(1, 9))
def test_it_stands_as_the_camera_was_held(read, turned):
    exif = Image.Exif()
    exif[0x0112] = turned
    wide = making.grey(400, 200)
    made = read(making.written(wide, "PNG", exif=exif))
    assert (made.width > made.height) == (turned <= 4)
    ways = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    upright = wide.transpose(Image.Transpose(ways[turned])) if turned > 1 else wide
    assert numpy.array_equal(making.values(made.large), numpy.asarray(upright))


def everything_beside(kind: str) -> bytes:
    """With a place, a comment, XMP and a profile."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 0.0), 3: "E", 4: (121.0, 28.0, 0.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": exif, "icc_profile": profile}
    if kind == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Author", SECRET.decode())
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=True)
    elif kind == "JPEG":
        options |= {"comment": SECRET + b"<script>alert(1)</script>", "xmp": SECRET}
    return making.written(making.colour(), kind, **options)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_nothing_that_came_beside_the_pixels_stays(read, kind):
    data = everything_beside(kind)
    assert SECRET in data
    made = read(data)
    for part in (made.large, made.small):
        assert SECRET not in part
        assert b"script" not in part
        assert b"Exif" not in part
        shown = making.opened(part)
        assert not shown.getexif()
        assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_profile_is_turned_into_srgb(read):
    red = Image.new("RGB", (40, 30), (200, 30, 30))
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = (
        own.replace(b"rXYZ", b"----", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"----", b"bXYZ", 1)
    )
    made = read(making.written(red, "PNG", icc_profile=swapped))
    shown = making.values(made.large)[15, 20]
    assert shown[2] > shown[0]
    kept = making.values(read(making.written(red, "PNG", icc_profile=own)).large)[15, 20]
    assert abs(kept.astype(int) - [200, 30, 30]).max() <= 3


def test_a_broken_profile_is_left_out(read):
    assert read(making.jpeg(icc_profile=b"no profile" * 20)).large == read(making.jpeg()).large


def zipped() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("page.html", "<script>alert(1)</script>")
    return buffer.getvalue()


@pytest.mark.parametrize("data", [making.png(), making.jpeg(), making.tiff(), making.dicom()])
def test_of_a_file_that_is_two_things_only_the_picture_stays(read, data):
    behind = zipped()
    both = data + behind
    assert zipfile.is_zipfile(BytesIO(both))
    made = read(both)
    for part in (made.large, made.small):
        assert b"PK" not in part[-len(behind) :]
        assert not zipfile.is_zipfile(BytesIO(part))
    assert made == read(data)
