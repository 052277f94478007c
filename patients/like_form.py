"""How much each part of a likeness counts for a reader: the page and the API ask alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from patients.likeness import PARTS, USUAL, Weights
from patients.likeness.weights import MOST

BAD = f"Give a whole number from 0 to {MOST}."


def _weight(key: str) -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST,
        label=PARTS[key],
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), BAD),
        help_text=f"0 to {MOST}; {USUAL[key]} as usual",
    )


class WeightsForm(forms.Form):
    """A field for each part of `PARTS`; one that is not given counts as usual."""

    diagnosis = _weight("diagnosis")
    site = _weight("site")
    vein = _weight("vein")
    findings = _weight("findings")
    treatments = _weight("treatments")
    order = _weight("order")
    references = _weight("references")
    age = _weight("age")
    sex = _weight("sex")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(weights_of(data).values()):
            raise ValidationError(
                "Give at least one of them a weight above 0: else no case is like another."
            )
        return data


def weights_of(cleaned: Mapping[str, Any]) -> Weights:
    """`cleaned` is the cleaned data of a WeightsForm."""
    return {
        key: usual if cleaned.get(key) is None else cleaned[key] for key, usual in USUAL.items()
    }
