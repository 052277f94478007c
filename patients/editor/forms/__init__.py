"""One form a kind of row. Each checks what was typed and puts it on the row, and writes nothing."""

from typing import Final

from patients.editor.forms.base import RowForm, ShownField, short_name
from patients.editor.forms.case import CaseForm, NewCaseForm
from patients.editor.forms.event import EventForm
from patients.editor.forms.parts import CitationForm, FindingForm, LesionForm, ResultForm

FORMS: Final[dict[str, type[RowForm]]] = {
    "case": CaseForm,
    "event": EventForm,
    "finding": FindingForm,
    "lesion": LesionForm,
    "result": ResultForm,
    "citation": CitationForm,
}

__all__ = ["FORMS", "CaseForm", "EventForm", "NewCaseForm", "RowForm", "ShownField", "short_name"]
