"""References taken out over REST: in an exchange format, or formatted in a citation style."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from django import forms

from literature.bibliography import styles
from literature.bibliography.files import FILES, entry_text
from literature.bibliography.model import BibliographyError, BusyError, UnknownStyleError
from literature.choosing import MAX_SELECTED, RefusedError, searched, selected
from literature.exporters.registry import EXPORTERS
from literature.exporting import Chosen, formatted, written
from literature.forms import ReferenceSearchForm
from literature.public_ids import PUBLIC_ID_LENGTH
from literature.rest.problems import FieldError, Invalid, Unavailable

AS_TEXT = [name for name, file in FILES.items() if file.content_type.startswith("text/")]
"""A formatted list as a file of text; Word's is to be had from the page of the same name."""
USUAL_FORMAT = "text"


@dataclass(frozen=True, slots=True)
class ExportEntry:
    """One formatted reference, in the order of the list."""

    reference: str
    """Its id."""
    number: str
    """As the style prints it before the entry, such as `1.` or `[1]`; empty where it has none."""
    text: str
    """With its number, without type."""
    html: str
    """Without its number. It holds i, b, em, strong, sub, sup and span (small capitals) alone."""


@dataclass(frozen=True, slots=True)
class ExportData:
    """The references as one file."""

    format: str
    style: str
    """The citation style of a formatted list; empty for an exchange format."""
    style_title: str
    count: int
    file_name: str
    content_type: str
    content: str
    """What the file holds."""
    entries: list[ExportEntry] = field(default_factory=list)
    """Of a formatted list, one by one; none for an exchange format."""
    remarks: list[str] = field(default_factory=list)
    """What is to be known of the order."""


class ExportQueryForm(forms.Form):
    """How references are taken out; each kind of choice adds what it needs."""

    format = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in (*EXPORTERS, *AS_TEXT)],
        help_text="An exchange format, or a formatted list as a file of text; without it `text`.",
    )
    style = forms.CharField(
        required=False,
        max_length=styles.MAX_NAME,
        help_text="Of a formatted list: the name of a citation style, such as `apa`, `nature` or "
        "`the-lancet`; without it `nlm-citation-sequence` (Vancouver).",
    )


class ReferenceExportForm(ExportQueryForm, ReferenceSearchForm):
    ids = forms.CharField(
        required=False,
        max_length=(PUBLIC_ID_LENGTH + 1) * MAX_SELECTED,
        help_text=f"Up to {MAX_SELECTED} ids with commas between them, in the order wanted. Without"
        " it, what the search finds, in its order.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("ids") and any(data.get(name) for name in (*self.FILTERS, "sort")):
            self.add_error("ids", "Give either ids or a search, one at a time.")
        return data


def export_references(filters: dict[str, Any], user: Any) -> Any:
    """The payload for the cleaned data of a ReferenceExportForm. Raises Invalid, Unavailable."""
    try:
        if filters["ids"]:
            chosen = selected(part.strip() for part in filters["ids"].split(","))
        else:
            chosen = searched(filters, user)
    except RefusedError as error:
        raise Invalid([FieldError(error.field, error.reason)]) from None
    return export_payload(chosen, filters, user)


def export_payload(chosen: Chosen, filters: dict[str, Any], user: Any) -> Any:
    """The payload for the cleaned data of an ExportQueryForm. Raises Invalid, Unavailable."""
    format = filters["format"] or USUAL_FORMAT
    try:
        made = _file(chosen, format, filters["style"] or styles.DEFAULT, user)
    except BusyError as error:
        raise Unavailable(str(error)) from None
    except UnknownStyleError as error:
        raise Invalid([FieldError("style", str(error))]) from None
    except BibliographyError as error:
        raise Invalid([FieldError("", str(error))]) from None
    return msgspec.to_builtins(made)


def _file(chosen: Chosen, format: str, style: str, user: Any) -> ExportData:
    file = written(chosen, format, style, user)
    formats_list = format in FILES
    made = formatted(chosen, style) if formats_list else None
    return ExportData(
        format=format,
        style=made.style if made else "",
        style_title=made.title if made else "",
        count=len(chosen.references),
        file_name=file.name,
        content_type=file.content_type,
        content=b"".join(file.pieces).decode(),
        entries=[
            ExportEntry(
                chosen.references[entry.place].public_id,
                entry.label,
                entry_text(entry),
                entry.html,
            )
            for entry in (made.entries if made else ())
        ],
        remarks=list(chosen.remarks),
    )
