"""The CARE checklist of a case, filled in: HTML for a word processor."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from patients.presenters.care import CareRow

SOURCE: Final = "CARE guidelines, J Med Case Rep 2013;7:223, table 1; the items in our own words."
EXPLAINED: Final = (
    "“The record shows it” is derived, and only ever says that an item is present: a record cannot "
    "show that a report lacks something. “A curator looked” was ticked by a person. Nothing here "
    "replaces reading the report."
)
HEADINGS: Final = ("No.", "Item", "State", "Where", "Who says so")
WIDTHS: Final = (8, 36, 14, 26, 16)
"""Of the columns, in percent."""
NOTHING: Final = "–"


def care_html(rows: Iterable[CareRow], heading: str, where: str, address: str) -> str:
    """pandoc's input. `where` says which state of the case the checklist is of, and `address` is
    where that is read."""
    body = "".join(_row(number, row, address) for number, row in enumerate(rows, 1))
    columns = "".join(f'<col style="width: {width}%">' for width in WIDTHS)
    head = "".join(f"<th>{escape(name)}</th>" for name in HEADINGS)
    return (
        f"<h1>{escape(heading)}</h1><p>{escape(where)} {_link(address, address)}</p>"
        f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
        f"<p>{escape(EXPLAINED)}</p><p>{escape(SOURCE)}</p>"
    )


def _row(number: int, row: CareRow, address: str) -> str:
    where = escape(row.words) or NOTHING
    if row.words and row.url:
        where = _link(row.words, f"{address}{row.url}")
    by = row.by[:1].upper() + row.by[1:] or NOTHING
    cells = (str(number), escape(row.label), escape(row.state_label), where, escape(by))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _link(words: str, address: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'
