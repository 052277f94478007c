"""Turns one SVG into a PDF or PNG. Run by `conversion` as a process of its own, which imports
nothing of Casebase.

The order comes as JSON on stdin, with the fields of `conversion.Order`. The file goes to stdout
with exit status 0. With status 3 stdout is a JSON list of characters for which there is no letter.

The converter fills in for a letter that its font lacks from any other font, and draws a box where
there is none. So each drawing is read back: glyph 0 of a font is that box, in a PDF as in a PNG,
because both are set by the same code.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from typing import Any

import vl_convert

NO_LETTERS = 3
NO_MORE_THAN = 20
"""Characters that are named; each is tried alone."""
_STREAM = re.compile(rb"/FlateDecode\b[^>]*>>\s*stream\r?\n")
_BOX = re.compile(rb"\(\\000\\000\)\s*Tj|<0000>\s*Tj")
_LINE = re.compile(r"<text\b([^>]*)>([^<]*)</text>")
_ALONE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20" '
    'font-family="Liberation Sans"><text x="9" y="15">{}</text></svg>'
)


def drawn(svg: str) -> bytes | None:
    """The PDF, or None where it would hold a box, or a letter that a PDF cannot embed, as in a
    font of coloured pictures."""
    try:
        pdf = vl_convert.svg_to_pdf(svg)
    except RuntimeError as error:
        if "subsetting a font" in str(error):
            return None
        raise
    return None if has_boxes(pdf) else pdf


def has_boxes(pdf: bytes) -> bool:
    for match in _STREAM.finditer(pdf):
        if _BOX.search(zlib.decompressobj().decompress(pdf[match.end() :])):
            return True
    return False


def undrawn(svg: str) -> list[str]:
    """The characters without a letter; where each has one alone but not beside its neighbours,
    what is unusual in the lines that fail."""
    lines = [line for _, line in _LINE.findall(svg) if not line.isascii()]
    unusual = dict.fromkeys(letter for line in lines for letter in line if not letter.isascii())
    missing = [letter for letter in unusual if drawn(_ALONE.format(letter)) is None]
    if not missing:
        failing = [line for line in lines if drawn(_ALONE.format(line)) is None]
        missing = [letter for letter in unusual if any(letter in line for line in failing)]
    return missing[:NO_MORE_THAN]


def with_more_fonts(order: dict[str, Any]) -> tuple[str, bytes | None]:
    """Once more, with the fonts of the order's folders and its families named."""
    for folder in order["folders"]:
        vl_convert.register_font_directory(folder)
    svg: str = order["svg_with_families"]
    return svg, drawn(svg)


def main() -> int:
    order = json.load(sys.stdin)
    svg: str = order["svg"]
    file = drawn(svg)
    if file is None and order["folders"]:
        svg, file = with_more_fonts(order)
    if file is None:
        sys.stdout.write(json.dumps(undrawn(svg)))
        return NO_LETTERS
    if order["to"] == "png":
        file = vl_convert.svg_to_png(svg, scale=order["scale"], ppi=order["dpi"])
    sys.stdout.buffer.write(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
