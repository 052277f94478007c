"""What the forms of all kinds of rows have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from patients.editor.addresses import edit_url
from patients.editor.forms.fields import TermField, WhichOneError
from patients.models import Case, Patient, Term
from patients.models.part import CasePart
from patients.screening import Finding

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

Row = Case | Patient | CasePart
NOT_REPORTED = "Not reported"
SHOWN_IN_WORDS = 60
"""Characters of a row's name in the history of edits."""


class RowForm(ModelForm):
    """Changes `row` in memory; `rows()` are then to be saved together.

    `key` makes the ids of its fields unique on the page.
    """

    template: ClassVar[str] = "patients/editor/_fields.html"
    wide: ClassVar[frozenset[str]] = frozenset()
    """Fields that take a line of their own."""
    told_elsewhere: ClassVar[frozenset[str]] = frozenset()
    """Fields whose errors stand in the preview."""
    blamed: ClassVar[dict[str, str]] = {}
    """By model field that is not in the form: the field of the form that a reader would blame."""

    def __init__(self, *, case: Case, row: Any, key: str, data: Any = None, **kwargs: Any) -> None:
        self.case = case
        self.advice: dict[str, list[Finding]] = {}
        """By field: what may identify the patient (`patients.editor.advice`)."""
        terms = {
            name: getattr(row, name)
            for name, field in self.base_fields.items()
            if isinstance(field, TermField)
        }
        initial = {**terms, **kwargs.pop("initial", {})}
        super().__init__(data, instance=row, initial=initial, auto_id=f"{key}-%s", **kwargs)
        self.use_required_attribute = False
        self.fields |= self.more_fields()
        for name, field in self.fields.items():
            if isinstance(field, TermField):
                field.current = terms[name]
            if "data-lookup" in field.widget.attrs and case.pk:
                field.widget.attrs |= self._looked_up(f"{key}-{name}", name, field)
            described = [f"{key}-{name}-hint"] if field.help_text else []
            described.append(f"{key}-{name}-error")
            field.widget.attrs["aria-describedby"] = " ".join(described)
            field.widget.attrs.setdefault("autocomplete", "off")
            _word_blank_choice(field)

    def _looked_up(self, field_id: str, name: str, field: forms.Field) -> dict[str, str]:
        """What fetches options while somebody types."""
        kind = field.widget.attrs["data-lookup"]
        url = edit_url(f"edit-{kind}", self.case.accession)
        query = {"field": name, "kinds": ",".join(getattr(field, "kinds", ()))}
        return {
            "list": f"{field_id}-list",
            "hx-get": f"{url}?{urlencode(query)}",
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{field_id}-list",
            "hx-sync": "this:replace",
        }

    def more_fields(self) -> dict[str, forms.Field]:
        """Fields that stand for rows of another model."""
        return {}

    def rows(self) -> list[Row]:
        """The rows to save together; asked after `is_valid()`."""
        return [self.instance]

    def removed_rows(self) -> list[Any]:
        """Rows that the form was emptied of."""
        return []

    def words(self) -> str:
        """What the edit did, for the history."""
        name = short_name(self.instance)
        if self.instance._state.adding:
            return f"Added {name}"
        labels = [
            str(field.label or name).lower()
            for name, field in self.fields.items()
            if name in self.changed_data
        ]
        return f"Changed {name}: {', '.join(labels)}" if labels else f"Changed {name}"

    def adopt(self, error: ValidationError) -> None:
        """Shows what the models or the database refused beside the field to blame."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            name = self.blamed.get(name, name)
            target = name if name in self.fields else None
            for one in errors:
                words = one.messages[0]
                if name != NON_FIELD_ERRORS and target is None:
                    words = f"{name}: {words}"
                if words not in self.errors.get(target or NON_FIELD_ERRORS, []):
                    self.add_error(target, words)

    def choices_of(self, name: str) -> list[str]:
        """What may have been meant by the text in field `name`; empty where nothing is open."""
        for error in self.errors.as_data().get(name, []):
            if isinstance(error, WhichOneError):
                return error.choices
        return []

    def shown(self) -> list[Any]:
        """Bound fields with what a template needs of them; the hidden ones last."""
        return [ShownField(self, self[name]) for name in self.fields]


class ShownField:
    """One field of a form, as a template draws it."""

    def __init__(self, form: RowForm, bound: forms.BoundField) -> None:
        self.bound = bound
        self.name = bound.name
        self.id = bound.auto_id
        self.is_wide = bound.name in form.wide
        self.is_check = isinstance(bound.field.widget, forms.CheckboxInput)
        self.is_hidden = bound.is_hidden
        self.is_told_elsewhere = bound.name in form.told_elsewhere
        self.choices = form.choices_of(bound.name)
        self.advice = form.advice.get(bound.name, [])
        self.lookup = bound.field.widget.attrs.get("data-lookup", "")


def _word_blank_choice(field: forms.Field) -> None:
    choices = getattr(field, "choices", None)
    if isinstance(field, forms.TypedChoiceField) and choices:
        rows = list(choices)
        if rows[0][0] == "":
            field.choices = [("", "Choose" if field.required else NOT_REPORTED), *rows[1:]]


def short_name(row: Any) -> str:
    """`event “MRI”`, `finding “a mass”`: how a row is called in messages and in the history."""
    noun = str(row._meta.verbose_name)
    if isinstance(row, Case):
        return "the summary"
    noun = {"imaging finding": "finding", "laboratory result": "result"}.get(noun, noun)
    name = getattr(row, "label", "") or getattr(row, "description", "") or _named_by(row)
    if len(name) > SHOWN_IN_WORDS:
        name = name[: SHOWN_IN_WORDS - 1] + "…"
    return f"{noun} “{name}”" if name else noun


def _named_by(row: Any) -> str:
    for field in ("lesion", "site", "analyte", "reference"):
        named = getattr(row, field, None)
        if isinstance(named, Term):
            return named.display
        if named:
            return str(named)
    return ""
