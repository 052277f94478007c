"""One record, typed by hand or mended: its main fields, beside those it has already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from literature.csl import MAX_TEXT, TYPES, YEARS, normalise_csl
from literature.wording import year_of

CSL_OF: Final = {
    "type": "type",
    "title": "title",
    "authors": "author",
    "container": "container-title",
    "year": "issued",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
}
"""The CSL field that each field of the form holds."""
_TEXTS: Final = ("type", "title", "container", "volume", "issue", "doi", "pmid", "pmcid")
_ET_AL = re.compile(r"^(and\s+)?(et\s+al\.?|others|等)$", re.IGNORECASE)
_WITH_INITIALS = re.compile(r"^((?:[a-z'’]+ )*\S+) ([A-Z]{1,3})$")
"""`Frilling A`, `van der Berg PJ`: a family name of one word, perhaps with particles, as PubMed
writes it."""


def _line(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=MAX_TEXT, **options)


class RecordForm(forms.Form):
    """What was typed, as a record in normal form in `csl`.

    `known` is the record to mend; what of it the form has no field for is kept as it is, and so
    are the parts of a name or a date that nobody touched.
    """

    type = forms.ChoiceField(
        label="Type",
        choices=list(TYPES.items()),
        initial="article-journal",
        error_messages={"invalid_choice": "Choose one of the types in the list."},
    )
    title = forms.CharField(
        label="Title", max_length=MAX_TEXT, error_messages={"required": "A title is needed."}
    )
    authors = forms.CharField(
        label="Authors",
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line, as “Frilling, Andrea” or “Frilling A”. Any other line is kept as "
        "the name of a group. Write “et al.” on the last line where there are more.",
    )
    container = _line("Journal or book")
    year = forms.IntegerField(
        label="Year",
        required=False,
        min_value=YEARS.start,
        max_value=YEARS.stop - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "A year is a whole number, such as 2016."},
    )
    volume = _line("Volume")
    issue = _line("Issue")
    pages = _line("Pages", help_text="In full, such as 179-186.")
    doi = _line("DOI")
    pmid = _line("PMID")
    pmcid = _line("PMCID")

    use_required_attribute = False
    csl: dict[str, Any]

    def __init__(
        self, data: Any = None, *, known: Mapping[str, Any] | None = None, prefix: str | None = None
    ) -> None:
        self.known, self.csl = dict(known or {}), {}
        super().__init__(data, initial=_initial(self.known), prefix=prefix)
        kind = self.fields["type"]
        if isinstance(kind, forms.ChoiceField) and self.known and not self.known.get("type"):
            kind.choices = [("", "Not known"), *TYPES.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        record = {field: value for field, value in self.known.items() if field not in _HELD}
        for name in _TEXTS:
            record[CSL_OF[name]] = data.get(name, "")
        record["page"] = data.get("pages", "").replace("–", "-").replace("—", "-")
        record["issued"] = self._issued(data.get("year"))
        authors = data.get("authors", "")
        record["author"], truncated = names_in(authors, self.known.get("author", []))
        record["custom"] = {"authors_truncated": True} if truncated else {}
        try:
            self.csl = normalise_csl(record)
        except ValidationError as error:
            self._adopt(error)
        return data

    def _issued(self, year: int | None) -> dict[str, Any]:
        if year is None:
            return {}
        if year == year_of(self.known):
            return dict(self.known["issued"])
        return {"date-parts": [[year]]}

    def _adopt(self, error: ValidationError) -> None:
        fields = {csl_field: name for name, csl_field in CSL_OF.items()}
        for message in error.messages:
            field, separator, reason = message.partition(": ")
            name = fields.get(field) if separator else None
            if name in self.errors:
                continue  # what was typed there did not come this far
            if name:
                self.add_error(name, f"{reason[:1].upper()}{reason[1:]}.")
            else:
                self.add_error(None, f"{message}.")


_HELD: Final = {*CSL_OF.values(), "custom"}


def _initial(csl: Mapping[str, Any]) -> dict[str, Any]:
    if not csl:
        return {}
    shown = {name: csl.get(CSL_OF[name], "") for name in _TEXTS}
    lines = [name_line(name) for name in csl.get("author", [])]
    if csl.get("custom", {}).get("authors_truncated"):
        lines.append("et al.")
    year = year_of(dict(csl))
    return shown | {"authors": "\n".join(lines), "year": year, "pages": csl.get("page", "")}


def name_line(name: Mapping[str, str]) -> str:
    """A name as the form shows it: `van Vilsteren, F. G. I.`, `Sun, W., Jr`, or a group's."""
    if "family" not in name:
        return name.get("literal", "")
    family = f"{name.get('non-dropping-particle', '')} {name['family']}".strip()
    given = f"{name.get('given', '')} {name.get('dropping-particle', '')}".strip()
    return ", ".join(part for part in (family, given, name.get("suffix", "")) if part)


def names_in(text: str, known: list[dict[str, str]]) -> tuple[list[dict[str, str]], bool]:
    """The names in `text`, one a line, and whether it says that there are more.

    A line that stands for one of the `known` names gives that name, with all its parts.
    """
    by_line = {name_line(name): name for name in known}
    names: list[dict[str, str]] = []
    truncated = False
    for line in (" ".join(line.split()) for line in text.splitlines()):
        if _ET_AL.match(line):
            truncated = True
        elif line:
            names.append(by_line.get(line) or _name(line))
    return names, truncated


def _name(line: str) -> dict[str, str]:
    family, comma, rest = (part.strip() for part in line.partition(","))
    if comma and family and rest:
        given, _, suffix = (part.strip() for part in rest.partition(","))
        name = {"family": family, "given": given}
        return name | {"suffix": suffix} if suffix else name
    found = _WITH_INITIALS.match(line)
    if found:
        return {"family": found[1], "given": found[2]}
    return {"literal": line}
