"""Which fonts an export may draw with, beside the Liberation Sans that the converter brings."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from patients.timeline.font_widths import CHARACTERS_BY_WIDTH

SETTING = "CASEBASE_FONTS"
MACHINE_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
CHINESE_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
)
"""Upright fonts without serifs that hold Latin letters too. They are named because the converter
would otherwise take any font that has the letter, a serif or one of Japanese forms as well."""
OTHER_FAMILIES = ("DejaVu Sans", "Noto Sans")
LAST_FAMILY = "Liberation Sans"
HYPHENS = {0x2010: "-", 0x2011: "-"}
"""That the converter's Liberation Sans lacks; both look the same."""
_KNOWN = frozenset(letter for letters in CHARACTERS_BY_WIDTH.values() for letter in letters)
_LINE = re.compile(r"<text\b([^>]*)>([^<]*)</text>")


def folders() -> list[Path]:
    """Where to look for fonts: what CASEBASE_FONTS names, or the usual folders of this machine.

    Raises ImproperlyConfigured where CASEBASE_FONTS names a folder that is not there.
    """
    named = os.environ.get(SETTING, "")
    if not named:
        usual = (Path(folder).expanduser() for folder in MACHINE_FOLDERS)
        return [folder for folder in usual if folder.is_dir()]
    chosen = [Path(folder).expanduser() for folder in named.split(os.pathsep) if folder]
    for folder in chosen:
        if not folder.is_dir():
            raise ImproperlyConfigured(f"Set {SETTING} to folders with fonts; {folder} is none.")
    return [folder.resolve() for folder in chosen]


def with_families(svg: str) -> str:
    """`svg` with a font family named on every line of text that Liberation Sans cannot set whole.

    One line is set in one font: the converter mixes two only where both shape a line into the
    same number of glyphs.
    """
    return _LINE.sub(_with_family, svg)


def _with_family(match: re.Match[str]) -> str:
    attributes, words = match.groups()
    beyond = [letter for letter in words if letter not in _KNOWN]
    if not beyond:
        return match[0]
    families = CHINESE_FAMILIES if any(map(_is_chinese, beyond)) else OTHER_FAMILIES
    families = (*families, LAST_FAMILY)
    return f'<text{attributes} style="font-family:{", ".join(families)}">{words}</text>'


def _is_chinese(letter: str) -> bool:
    """Or Japanese or Korean, or their punctuation; not a picture, which is as wide."""
    wide = unicodedata.east_asian_width(letter) in "WF"
    return wide and unicodedata.category(letter) != "So"
