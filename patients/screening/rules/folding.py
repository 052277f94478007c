"""A text made plain for the rules, character by character, so that places in it stay the same."""

from __future__ import annotations

import re

_PLAIN = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full-width forms
    **dict.fromkeys((0x09, 0x0B, 0x0C, 0x0D, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000), " "),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE63), "-"),
    **dict.fromkeys((0x2018, 0x2019, 0x02BC), "'"),
    **dict.fromkeys((0x201C, 0x201D), '"'),
    ord("、"): ",",
    ord("。"): ".",
}
_LEFT_OUT = re.compile(
    r"10\.\d{4,9}/[^\s]{1,120}+"
    r"|\b(?:NCT|ISRCTN|UMIN|ChiCTR|CTRI|EUCTR|ACTRN|DRKS|PMC)-?[A-Za-z]{0,6}[\d/-]{4,20}+"
    r"|\b(?:PMID|PubMed)(?: ID)?:? {0,2}\d{4,9}"
    r"|(?:https?://|www\.)[!-~]{1,400}+",
    re.ASCII,
)
"""Identifiers of works and trials, and addresses of pages: their numbers are nobody's."""
LEFT_OUT = "\ufffc"


def folded(text: str) -> str:
    """`text` with plain digits, dashes and spaces; as long as it was."""
    return text.translate(_PLAIN)


def without_identifiers(text: str) -> str:
    """`text` with what names a work, a trial or a page blotted out; as long as it was."""
    return _LEFT_OUT.sub(lambda match: LEFT_OUT * len(match[0]), text)
