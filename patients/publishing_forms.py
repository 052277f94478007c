"""What a curator fills in on the review page."""

from __future__ import annotations

from typing import Any

from django import forms

from literature.forms.search import MAX_PAGE
from patients.care import CareItem
from patients.models.publishing import MAX_REASON, CaseReview
from patients.vocabulary import CareState, Consent

NOT_YET = ("", "Not looked at yet")


class ChecksForm(forms.Form):
    """The CARE items, consent and the size of the group."""

    consent = forms.ChoiceField(
        required=False, label="What is known of consent",
        choices=[("", "Not said yet"), *Consent.choices],
    )  # fmt: skip
    consent_note = forms.CharField(
        required=False,
        max_length=CaseReview._meta.get_field("consent_note").max_length,
        label="Where consent is kept, or what the report says",
        help_text="Without names or numbers.",
    )
    class_seen = forms.BooleanField(
        required=False, label="I have looked at how many published cases are like this one"
    )
    class_words = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(
        self, items: list[CareItem], review: CaseReview, class_words: str, data: Any = None
    ) -> None:
        initial: dict[str, Any] = {
            "consent": review.consent,
            "consent_note": review.consent_note,
            "class_seen": bool(class_words) and review.class_seen == class_words,
            "class_words": class_words,
        }
        initial |= {f"care-{item.key}": item.state for item in items}
        super().__init__(data, initial=initial)
        self.items = items
        for item in items:
            shown = f"The record shows it: {item.shown_by}." if item.shown_by else ""
            self.fields[f"care-{item.key}"] = forms.ChoiceField(
                required=False, label=item.label, choices=[NOT_YET, *CareState.choices],
                help_text=shown,
            )  # fmt: skip
        for name, field in self.fields.items():
            told = [f"{name}-error"] if name in self.errors else []
            told += [f"{name}-hint"] if field.help_text else []
            if told:
                field.widget.attrs["aria-describedby"] = " ".join(told)
            if name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"

    @property
    def care_fields(self) -> list[forms.BoundField]:
        return [self[f"care-{item.key}"] for item in self.items]

    @property
    def care(self) -> dict[str, str]:
        """State by item; the form must be valid."""
        return {item.key: self.cleaned_data[f"care-{item.key}"] for item in self.items}

    @property
    def confirmed(self) -> str:
        """The group whose size was confirmed, in words; empty where it was not."""
        return self.cleaned_data["class_words"] if self.cleaned_data["class_seen"] else ""


class PageForm(forms.Form):
    page = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": MAX_REASON}),
        error_messages={"required": "Say why."},
    )

    def __init__(self, prefix: str, label: str, help_text: str, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{prefix}-%s")
        field = self.fields["reason"]
        field.label, field.help_text = label, help_text
        field.widget.attrs["aria-describedby"] = f"{prefix}-hint"
