"""The forms of a case itself: its summary and patient, and the first few fields of a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from patients.editor.forms.base import NOT_REPORTED, Row, RowForm
from patients.editor.forms.fields import TermField
from patients.models import Case, Patient
from patients.vocabulary import Sex, TermKind

PATIENT_FIELDS = ("sex", "country")


class CaseForm(RowForm):
    """Sex and country stand on the patient, the rest on the case."""

    sex = forms.ChoiceField(required=False, choices=[("", NOT_REPORTED), *Sex.choices])
    country = forms.CharField(
        required=False, max_length=2, help_text="Two letters (ISO 3166-1), such as CN"
    )
    diagnosis = TermField((TermKind.DIAGNOSIS,))
    primary_site = TermField((TermKind.BODY_SITE,))

    wide = frozenset({"title", "summary"})

    class Meta:
        model = Case
        fields = (
            "title", "summary", "diagnosis", "primary_site", "age_low", "age_high",
            "day_zero_year",
        )  # fmt: skip
        labels = {"age_low": "Age from, years", "age_high": "Age to, years",
                  "day_zero_year": "Year of day 0"}  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, **kwargs: Any) -> None:
        patient = kwargs["row"].patient if kwargs["row"].patient_id else Patient()
        initial = {name: getattr(patient, name) for name in PATIENT_FIELDS}
        super().__init__(initial=initial, **kwargs)
        self.order_fields(["title", "summary", "diagnosis", "primary_site", *PATIENT_FIELDS])

    def clean_country(self) -> str:
        code = str(self.cleaned_data["country"]).strip().upper()
        if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise ValidationError("Two letters (ISO 3166-1), such as CN.")
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.instance.patient_id:
            for name in PATIENT_FIELDS:
                if name in data:
                    setattr(self.instance.patient, name, data[name])
        return data

    def rows(self) -> list[Row]:
        on_patient = set(PATIENT_FIELDS) & set(self.changed_data)
        rows: list[Row] = [self.instance.patient] if on_patient else []
        if set(self.changed_data) - set(PATIENT_FIELDS) or not rows:
            rows.append(self.instance)
        return rows


class NewCaseForm(CaseForm):
    """What a draft begins with. Only the title and the summary are needed."""

    def of_case(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in (*PATIENT_FIELDS, "title")
        }

    def of_patient(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PATIENT_FIELDS}
