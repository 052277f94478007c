"""What is written for spreadsheets."""

from __future__ import annotations

from typing import Any, Final

_FORMULA_STARTS: Final = tuple("=+-@＝＋－＠")
"""What a spreadsheet would take for a formula, after white space too (OWASP, CSV injection)."""

_CELL_ENDS: Final = ("\t", "\r", "\n")
"""What some spreadsheets take for the end of a cell, so that what follows begins another."""


def safe_cell(value: Any) -> Any:
    """A text that would be a formula has an apostrophe before it, which spreadsheets hide."""
    if isinstance(value, str):
        value = value.replace("\x00", "")
        if value.startswith(_CELL_ENDS) or value.lstrip().startswith(_FORMULA_STARTS):
            return f"'{value}"
    return "" if value is None else value
