"""Input about cases, checked. The search form serves the page and the API alike."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from literature.forms import MAX_QUERY, SearchForm
from patients.models import Term
from patients.vocabulary import Outcome, Sex

MAX_VALUES = 20
_SLUG_RE = re.compile(r"[a-z0-9_-]{1,80}")


class SlugsField(forms.MultipleChoiceField):
    """Any of several slugs; whether they exist is for the form to say, in one query."""

    def __init__(self, label: str) -> None:
        super().__init__(required=False, label=label)

    def validate(self, value: list[str]) -> None:
        if len(value) > MAX_VALUES:
            raise ValidationError(f"At most {MAX_VALUES} values at once.")
        for slug in value:
            if not _SLUG_RE.fullmatch(slug):
                raise ValidationError(f"“{slug[:80]}” is not the name of a filter value.")


class CaseSearchForm(SearchForm):
    SORTS = {
        "relevance": "Best match",
        "newest": "Newest first",
        "title": "Title",
        "year": "Year of the report, latest first",
        "events": "Most events first",
    }
    FILTERS = ("q", "diagnosis", "site", "treatment", "outcome", "sex")

    q = forms.CharField(required=False, max_length=MAX_QUERY, label="Search cases")
    diagnosis = SlugsField("Diagnosis")
    site = SlugsField("Primary site")
    treatment = SlugsField("Treatment")
    outcome = forms.MultipleChoiceField(required=False, choices=Outcome.choices, label="Outcome")
    sex = forms.MultipleChoiceField(required=False, choices=Sex.choices, label="Sex")
    sort = forms.ChoiceField(
        required=False, choices=[("", "Usual order"), *SORTS.items()], label="Order"
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        fields = ("diagnosis", "site", "treatment")
        asked = {slug for field in fields for slug in data.get(field) or []}
        self.terms = {term.slug: term for term in Term.objects.filter(slug__in=asked)}
        for field in fields:
            for slug in data.get(field) or []:
                if slug not in self.terms:
                    self.add_error(field, f"“{slug}” is not known here.")
        return data
