"""SVG to PDF and PNG, in a process of its own.

A process, because the converter (87 MB of machine code) keeps Python's other threads waiting while
it draws, cannot be stopped, and keeps fonts once they are registered. It starts in a few
hundredths of a second.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore

from patients.exporters import fonts
from patients.exporters.repeatable_pdf import repeatable

SECONDS = 20
"""After which a conversion is ended."""
AT_ONCE = 2
"""Conversions that one worker runs at the same time."""
PATIENCE = 3
"""Seconds that a conversion waits for its turn: as long as it waits, it keeps a thread of the
worker."""
NO_LETTERS = 3
"""The exit status of `converter` where a font is missing."""
_CONVERTER = Path(__file__).with_name("converter.py")
_BUNDLED_ONLY = Path(__file__).with_name("bundled_only.conf")
_turns = BoundedSemaphore(AT_ONCE)


class MissingLettersError(Exception):
    """No font at hand has these characters; a box is never drawn in their place."""

    def __init__(self, characters: list[str]) -> None:
        super().__init__(f"There is no letter for {len(characters)} characters.")
        self.characters = characters


class ConversionTimeoutError(Exception):
    """The conversion took longer than SECONDS, or did not have its turn within PATIENCE."""


class ConversionError(Exception):
    """The converter failed: a defect, not a reader's mistake. It says nothing of the figure."""


@dataclass(frozen=True, slots=True)
class Order:
    """What `converter` reads from stdin."""

    svg: str
    svg_with_families: str
    """The same, for when the fonts of `folders` are needed."""
    to: str
    """`pdf` or `png`."""
    scale: float
    dpi: int
    folders: list[str]


def to_pdf(svg: str) -> bytes:
    """One page of the SVG's size, a point for each of its units; the same bytes of the same SVG.

    Raises MissingLettersError, ConversionTimeoutError, ConversionError.
    """
    return repeatable(_convert(svg, "pdf", scale=1, dpi=72))


def to_png(svg: str, *, scale: float, dpi: int) -> bytes:
    """`scale × dpi / 72` pixels for each unit of the SVG, rounded down, and `dpi` written inside.

    Raises MissingLettersError, ConversionTimeoutError, ConversionError.
    """
    return _convert(svg, "png", scale=scale, dpi=dpi)


def _convert(svg: str, to: str, *, scale: float, dpi: int) -> bytes:
    places = [str(folder) for folder in fonts.folders()]
    svg = svg.translate(fonts.HYPHENS)
    order = Order(svg, fonts.with_families(svg), to, scale, dpi, places)
    answer = _run(json.dumps(asdict(order)).encode())
    if answer.returncode == NO_LETTERS:
        raise MissingLettersError(json.loads(answer.stdout))
    if answer.returncode:
        raise ConversionError(f"The converter ended with status {answer.returncode}.")
    return answer.stdout


def _run(order: bytes) -> subprocess.CompletedProcess[bytes]:
    if not _turns.acquire(timeout=PATIENCE):
        raise ConversionTimeoutError
    try:
        return subprocess.run(
            [sys.executable, "-I", str(_CONVERTER)],
            input=order,
            capture_output=True,
            timeout=SECONDS,
            env={**os.environ, "FONTCONFIG_FILE": str(_BUNDLED_ONLY)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        # Without its cause, which holds the figure's text.
        raise ConversionTimeoutError from None
    finally:
        _turns.release()
