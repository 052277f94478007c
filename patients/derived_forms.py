"""Why a derived result is set aside."""

from __future__ import annotations

from typing import Any

from django import forms

from patients.actions.derived import NO_REASON
from patients.models.derived import MAX_REASON


class SetAsideForm(forms.Form):
    reason = forms.CharField(
        label="Why the result does not fit this case",
        help_text="Readers see this with the next version, in place of the result. Say nothing "
        "that points to a person.",
        max_length=MAX_REASON,
        error_messages={"required": NO_REASON},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.describe()

    def describe(self) -> None:
        """Ties the hint, and the error where there is one, to the field."""
        told = ["reason-error", "reason-hint"] if "reason" in self.errors else ["reason-hint"]
        self.fields["reason"].widget.attrs["aria-describedby"] = " ".join(told)
