"""SVG to files: physical size, text as text, fonts inside, and never a box for a letter."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from patients.exporters import conversion
from patients.exporters.conversion import MissingLettersError
from patients.exporters.figure import (
    MAX_PIXELS,
    PrintSize,
    TooLargeError,
    drawing_version,
    points,
    write_pdf,
    write_png,
    write_svg,
)
from patients.timeline import Figure
from patients.timeline.font_widths import CHARACTERS_BY_WIDTH

MM = 72 / 25.4
SIZES = [PrintSize(90, 300), PrintSize(180, 300), PrintSize(180, 72), PrintSize(90, 600)]


def figure_of(*lines: str, width_mm: int = 180, height: float = 100) -> Figure:
    """A figure as `draw` makes them: widths to one decimal, the font named by a class."""
    width = f"{points(width_mm):.1f}"
    rows = "".join(
        f'<text class="t" x="5" y="{12 * number}">{line}</text>'
        for number, line in enumerate(lines, start=1)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 {width} {height:g}" '
        f'width="{width}" height="{height:g}"><style>.t{{font:7px "Liberation Sans",Arial}}'
        f'</style><rect x="1" y="1" width="9" height="9"/>{rows}</svg>'
    )
    return Figure(svg, float(width), height)


def resources(page: Any) -> Iterator[Any]:
    """Of the page and of every form inside it."""
    found = page.get("/Resources", {})
    yield found
    for form in found.get("/XObject", {}).values():
        yield from resources(form.get_object())


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """By name: whether its program is inside."""
    found = {}
    for part in resources(PdfReader(BytesIO(pdf)).pages[0]):
        for font in part.get("/Font", {}).values():
            name = str(font["/BaseFont"]).split("+")[-1]
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            found[name] = bool({"/FontFile2", "/FontFile3"} & set(descriptor))
    return found


def text_of(pdf: bytes) -> str:
    return str(PdfReader(BytesIO(pdf)).pages[0].extract_text())


def png_chunks(png: bytes) -> dict[str, bytes]:
    """The last chunk of each kind."""
    found, place = {}, 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        kind, data = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        (check,) = struct.unpack(">I", png[place + 8 + length : place + 12 + length])
        assert check == zlib.crc32(kind + data)
        found[kind.decode()] = data
        place += 12 + length
    return found


@pytest.mark.parametrize("width_mm", [90, 180])
def test_a_pdf_is_one_page_as_large_as_the_figure(width_mm):
    size = PrintSize(width_mm, 300)
    reader = PdfReader(BytesIO(write_pdf(figure_of("A", width_mm=width_mm), size)))
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert float(box.width) / MM == pytest.approx(width_mm, abs=0.05)
    assert float(box.height) == pytest.approx(100, abs=0.1)


def test_text_in_a_pdf_is_text_and_its_font_is_inside():
    pdf = write_pdf(figure_of("Embolisation ≥ 3 y · 5–10 µm″", "α-fetoprotein"), SIZES[1])
    assert "Embolisation ≥ 3 y · 5–10 µm″" in text_of(pdf)
    assert "α-fetoprotein" in text_of(pdf)
    assert fonts_of(pdf) == {"LiberationSans": True}


def test_a_pdf_in_one_font_is_drawn_in_vectors_and_is_the_same_each_time():
    figure = figure_of("Embolisation")
    pdf = write_pdf(figure, SIZES[1])
    assert b"/Subtype /Image" not in pdf
    assert pdf == write_pdf(figure, SIZES[1])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width_mm} mm, {size.dpi} dpi")
def test_a_png_has_the_pixels_of_its_width_and_knows_its_dpi(size):
    chunks = png_chunks(write_png(figure_of("A", width_mm=size.width_mm), size))
    wide, high = struct.unpack(">II", chunks["IHDR"][:8])
    assert wide == round(size.width_mm / 25.4 * size.dpi)
    assert high == pytest.approx(wide * 100 / points(size.width_mm), abs=1)
    across, down, unit = struct.unpack(">IIB", chunks["pHYs"])
    assert (across, down, unit) == (round(size.dpi / 0.0254), round(size.dpi / 0.0254), 1)


def test_a_png_is_on_white_paper():
    data = zlib.decompress(png_chunks(write_png(figure_of("A"), SIZES[2]))["IDAT"])
    # The first pixel is the same in every filter of PNG.
    assert data[1:5] == b"\xff\xff\xff\xff"


def test_an_svg_stands_alone_at_its_physical_size():
    svg = write_svg(figure_of("A & B".replace("&", "&amp;"), width_mm=90, height=51), SIZES[0])
    root = ElementTree.fromstring(svg)
    assert (root.get("width"), root.get("height")) == ("90mm", "17.99mm")
    assert root.get("viewBox") == "0 0 255.1 51"
    assert "".join(root.itertext()).endswith("A & B")
    rect = root.find("{http://www.w3.org/2000/svg}rect")
    assert rect is not None
    assert (rect.get("width"), rect.get("height")) == ("9", "9")


@pytest.mark.parametrize("words", ["TACE 肝动脉栓塞 5 ml", "影像", "肝（左叶）：“缩小”"])
def test_chinese_is_drawn_with_a_chinese_font_that_is_inside(words):
    pdf = write_pdf(figure_of(words, "Embolisation"), SIZES[1])
    assert words in text_of(pdf)
    assert "Embolisation" in text_of(pdf)
    fonts = fonts_of(pdf)
    assert all(fonts.values())
    assert set(fonts) > {"LiberationSans"}


def test_lines_beyond_the_own_font_name_families_to_be_set_in():
    svg = conversion.fonts.with_families(figure_of("肝", "Latin", "→ ≥ é", "ⵣ", "😀").svg)
    lines = ElementTree.fromstring(svg).findall("{http://www.w3.org/2000/svg}text")
    families = [line.get("style", "").partition(":")[2].split(", ")[0] for line in lines]
    assert families == ["Noto Sans CJK SC", "", "", "DejaVu Sans", "DejaVu Sans"]


@pytest.mark.parametrize("write", [write_pdf, write_png])
def test_without_a_font_for_it_nothing_is_drawn_and_the_letters_are_named(
    write, monkeypatch, tmp_path
):
    monkeypatch.setenv("CASEBASE_FONTS", str(tmp_path))
    with pytest.raises(MissingLettersError) as refused:
        write(figure_of("TACE 肝动脉", "Embolisation 肝"), SIZES[1])
    assert refused.value.characters == ["肝", "动", "脉"]


def test_without_any_font_latin_greek_and_signs_are_drawn(monkeypatch, tmp_path):
    monkeypatch.setenv("CASEBASE_FONTS", str(tmp_path))
    words = "Ki-67 5–10 % · 18F µm ≤ ≥ − → α β Å é ″"
    assert words in text_of(write_pdf(figure_of(words), SIZES[1]))


def test_what_the_figure_measures_as_its_font_s_letters_is_drawn_without_any_other(
    monkeypatch, tmp_path
):
    """`font_widths` is a table of the very letters that the converter brings, but for two hyphens,
    which become the one on the keyboard."""
    monkeypatch.setenv("CASEBASE_FONTS", str(tmp_path))
    measured = {letter for letters in CHARACTERS_BY_WIDTH.values() for letter in letters}
    letters = sorted(measured - set("<&"))
    rows = ["".join(letters[place : place + 60]) for place in range(0, len(letters), 60)]
    assert fonts_of(write_pdf(figure_of(*rows, height=400), SIZES[1])) == {"LiberationSans": True}


def drawn_or_refused(words: str) -> tuple[bytes, list[str]]:
    """The PDF, or the letters for which it was refused."""
    try:
        return write_pdf(figure_of(words), SIZES[1]), []
    except MissingLettersError as error:
        return b"", error.characters


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Hebrew שלום here", id="hebrew"),
        pytest.param("Arabic مرحبا بك here", id="arabic"),
        pytest.param("😀 face", id="emoji"),
        pytest.param("👩\u200d⚕️ 🇩🇪 joined", id="joined emoji"),
        pytest.param("⁶⁸Ga-DOTATATE ✓", id="superscript"),
        pytest.param("e\u0301 x\u0323", id="combining"),
    ],
)
def test_other_writing_is_drawn_whole_or_refused_by_its_letters(words):
    """Which of both depends on the fonts of the machine. Glyph 0 of a font is its box."""
    pdf, refused = drawn_or_refused(words)
    assert bool(pdf) != bool(refused)
    assert all(letter in words and not letter.isascii() for letter in refused)
    if pdf:
        content = PdfReader(BytesIO(pdf)).pages[0].get_contents()
        assert content is not None
        assert b"Tj" in content.get_data()
        assert rb"(\000\000)" not in content.get_data()
        assert all(fonts_of(pdf).values())


def test_hebrew_needs_no_other_font(monkeypatch, tmp_path):
    monkeypatch.setenv("CASEBASE_FONTS", str(tmp_path))
    assert fonts_of(drawn_or_refused("Hebrew שלום here")[0]) == {"LiberationSans": True}


@pytest.mark.parametrize("words", ["😀", "مرحبا", "⁶⁸Ga"])
def test_without_a_font_other_letters_are_named(monkeypatch, tmp_path, words):
    monkeypatch.setenv("CASEBASE_FONTS", str(tmp_path))
    assert set(drawn_or_refused(words)[1]) & set(words)


def test_a_folder_of_fonts_that_is_not_there_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("CASEBASE_FONTS", str(tmp_path / "none"))
    with pytest.raises(Exception, match="Set CASEBASE_FONTS to folders with fonts"):
        write_pdf(figure_of("A"), SIZES[1])


def test_a_figure_too_tall_to_print_is_refused_before_it_is_converted():
    tall = figure_of("A", height=6000)
    for write in (write_pdf, write_png):
        with pytest.raises(TooLargeError, match=r"2\.1 m tall, and 2 m is the most") as refused:
            write(tall, SIZES[2])
        assert refused.value.field == "lanes"
    assert b'height="2116' in write_svg(tall, SIZES[1])


def test_a_png_of_too_many_pixels_is_refused_with_the_dpi_that_would_do():
    tall = figure_of("A", height=1500)
    with pytest.raises(TooLargeError, match="ask for 520 dpi or fewer") as refused:
        write_png(tall, PrintSize(180, 600))
    assert refused.value.field == "dpi"
    wide, high = struct.unpack(">II", write_png(tall, PrintSize(180, 520))[16:24])
    assert wide * high <= MAX_PIXELS


def test_a_conversion_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(conversion, "SECONDS", 0.001)
    with pytest.raises(conversion.ConversionTimeoutError):
        write_pdf(figure_of("A"), SIZES[1])


def test_no_more_conversions_than_turns_run_at_once(monkeypatch):
    monkeypatch.setattr(conversion, "PATIENCE", 0)
    held = [conversion._turns.acquire(timeout=0) for _ in range(conversion.AT_ONCE)]
    try:
        assert all(held)
        with pytest.raises(conversion.ConversionTimeoutError):
            write_pdf(figure_of("A"), SIZES[1])
    finally:
        for _ in held:
            conversion._turns.release()
    assert write_pdf(figure_of("A"), SIZES[1])


def test_what_is_no_svg_is_a_defect_that_quotes_nothing():
    with pytest.raises(conversion.ConversionError, match=r"status \d") as failed:
        conversion.to_pdf("<svg>secret")
    assert "secret" not in str(failed.value)


def test_the_drawing_s_version_is_steady():
    assert drawing_version() == drawing_version()
    assert len(drawing_version()) == 16
