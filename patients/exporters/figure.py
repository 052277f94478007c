"""The timeline figure as a file: SVG, PDF or PNG of an exact physical size."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from patients import clinical_time, timeline, vocabulary
from patients.exporters import conversion
from patients.timeline import Figure

MM_PER_INCH = 25.4
POINTS_PER_INCH = 72
MAX_HEIGHT_MM = 2000
"""Of a PDF or PNG. Longer than any page, and a conversion takes seconds there."""
MAX_PIXELS = 40_000_000
"""Of a PNG, which takes 4 bytes for each while it is drawn. A4 at 600 dpi has 35 million."""
_PAPER = '<rect width="100%" height="100%" style="fill:#fff;stroke:none"/>'
_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'(?<=\s)(width|height)="[^"]*"')
_HERE = Path(__file__).parent


class TooLargeError(Exception):
    """The figure cannot be made at this size. Names the parameter to change and the reason."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PrintSize:
    width_mm: int
    dpi: int
    """Dots per inch of a PNG; the other formats have none."""


@dataclass(frozen=True, slots=True)
class FigureFormat:
    label: str
    content_type: str
    write: Callable[[Figure, PrintSize], bytes]
    """The same figure gives the same bytes."""


def points(mm: float) -> float:
    return mm / MM_PER_INCH * POINTS_PER_INCH


def write_svg(figure: Figure, size: PrintSize) -> bytes:
    """With its size in millimetres, so that it is placed in a manuscript at that size."""
    height = figure.height / figure.width * size.width_mm
    lengths = {"width": f"{size.width_mm}mm", "height": f"{height:.2f}mm"}
    tag, rest = _parts(figure)
    tag = _SIZE.sub(lambda match: f'{match[1]}="{lengths[match[1]]}"', tag)
    return (tag + rest).encode()


def write_pdf(figure: Figure, size: PrintSize) -> bytes:
    """One page as large as the figure, vectors and text with its fonts inside.

    Raises TooLargeError, and what `conversion.to_pdf` raises.
    """
    _check_height(figure)
    return conversion.to_pdf(figure.svg)


def write_png(figure: Figure, size: PrintSize) -> bytes:
    """On white, as many pixels wide as `width_mm` has at `dpi`, with the dpi written inside.

    Raises TooLargeError, and what `conversion.to_png` raises.
    """
    _check_height(figure)
    wide = round(size.width_mm / MM_PER_INCH * size.dpi)
    high = figure.height / figure.width * wide
    if wide * high > MAX_PIXELS:
        most = int(size.dpi * (MAX_PIXELS / (wide * high)) ** 0.5)
        raise TooLargeError(
            "dpi",
            f"At {size.dpi} dpi this figure would have {wide * high / 1e6:.0f} million pixels, "
            f"and {MAX_PIXELS // 1_000_000} million is the most: ask for {most} dpi or fewer, "
            "or take the PDF.",
        )
    # The converter rounds down; the half is what keeps it from a pixel too few.
    scale = (wide + 0.5) / (figure.width * size.dpi / POINTS_PER_INCH)
    return conversion.to_png(_PAPER.join(_parts(figure)), scale=scale, dpi=size.dpi)


FORMATS: dict[str, FigureFormat] = {
    "pdf": FigureFormat("PDF", "application/pdf", write_pdf),
    "svg": FigureFormat("SVG", "image/svg+xml", write_svg),
    "png": FigureFormat("PNG", "image/png", write_png),
}
"""By the end of the file's name."""


def _parts(figure: Figure) -> tuple[str, str]:
    """The tag that opens the SVG, and the rest."""
    root = _ROOT.match(figure.svg)
    if root is None:
        raise ValueError("The figure is no SVG.")
    return root[0], figure.svg[root.end() :]


def _check_height(figure: Figure) -> None:
    height = figure.height / POINTS_PER_INCH * MM_PER_INCH
    if height > MAX_HEIGHT_MM:
        raise TooLargeError(
            "lanes",
            f"This figure would be {height / 1000:.1f} m tall, and {MAX_HEIGHT_MM / 1000:g} m is "
            "the most: choose fewer lanes, or take the SVG, which may be of any height.",
        )


@cache
def drawing_version() -> str:
    """Changes whenever the code that draws or exports does, and with it every ETag."""
    digest = sha256(version("vl-convert-python").encode())
    files = [Path(str(module.__file__)) for module in (clinical_time, vocabulary)]
    for folder in (Path(timeline.__file__).parent, _HERE):
        files += sorted(file for file in folder.iterdir() if file.is_file())
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
