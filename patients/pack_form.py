"""What may be chosen of a case pack: the figure, the citation style, the cases in the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from literature.forms.exports import ExportForm
from patients.document import CaseDocument
from patients.figure_form import OneOf
from patients.pack.gathering import MOST_OTHERS, ComparedError, compared_cases
from patients.pack.model import Choices, Compared
from patients.timeline import Language

_BETWEEN: Final = re.compile(r"[\s,;，；]+")
MOST_CHARACTERS: Final = 400
"""Of all the names together."""


class NamesField(forms.Field):
    """Accessions, repeated or apart by spaces or commas; each once."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[str]:
        words = " ".join(value or [])
        if len(words) > MOST_CHARACTERS:
            raise ValidationError(f"Name at most {MOST_OTHERS} cases.")
        return [word for word in dict.fromkeys(_BETWEEN.split(words)) if word]


class PackForm(ExportForm):
    """Bound to a query string. Nothing said is the usual. `compared` and `choices` once valid."""

    format = None  # type: ignore[assignment]
    width = OneOf("Width", {"180": "180 mm, two columns", "90": "90 mm, one column"})
    lang = OneOf("Language", {Language.ENGLISH: "English", Language.CHINESE: "中文"})
    case = NamesField(required=False, label="Other cases")

    def __init__(self, query: QueryDict, document: CaseDocument, user: Any) -> None:
        super().__init__(query)
        self.document, self.user = document, user
        self.compared: tuple[Compared, ...] = ()

    def clean_case(self) -> list[str]:
        names: list[str] = self.cleaned_data["case"]
        try:
            self.compared = compared_cases(names, self.document.accession, self.user)
        except ComparedError as error:
            raise ValidationError(error.problems) from None
        return names

    @property
    def choices(self) -> Choices:
        data = self.cleaned_data
        return Choices(int(data["width"]), data["lang"], self.chosen)

    @property
    def permalink(self) -> str:
        """The query that gives the same pack: every choice said, every case with its version."""
        choices = self.choices
        pairs = [
            ("width", str(choices.width_mm)),
            ("lang", choices.language),
            ("style", choices.style),
            *(("case", row.name) for row in self.compared),
        ]
        return urlencode(pairs)

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Name and label of each field that is wrong, and the reason."""
        return [
            (name, str(self.fields[name].label), str(reason))
            for name, reasons in self.errors.items()
            for reason in reasons
        ]


def named(query: Mapping[str, Any], document: CaseDocument) -> list[str]:
    """What `query` says of other cases, as it was typed. The case itself is left out: a comparison
    that it is part of hands all of its cases on."""
    asked: list[str] = query.getlist("case") if isinstance(query, QueryDict) else []
    words = [word for part in asked for word in _BETWEEN.split(part) if word]
    return [word for word in words if not word.upper().startswith(document.accession)]


def without_itself(query: QueryDict, document: CaseDocument) -> QueryDict:
    asked = query.copy()
    asked.setlist("case", named(query, document))
    return asked
