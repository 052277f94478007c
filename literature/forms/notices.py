"""A notice that a curator adds by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from literature import identifiers
from literature.models import Notice, NoticeKind

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


class NoticeForm(ModelForm):
    use_required_attribute = False

    class Meta:
        model = Notice
        fields: ClassVar = ["kind", "doi", "pmid", "year", "note"]
        labels: ClassVar = {"kind": "What was published", "note": "Where, or why"}
        help_texts: ClassVar = {"note": "Such as the journal, issue and page of the notice."}

    def __init__(self, *args: Any, **options: Any) -> None:
        # The form stands on the reference's page, beside others.
        super().__init__(*args, **(options | {"auto_id": "notice-%s"}))
        self.fields["kind"] = forms.ChoiceField(
            label=self.fields["kind"].label,
            choices=[("", "Choose one"), *NoticeKind.choices],
            error_messages={
                "required": "Say what was published.",
                "invalid_choice": "Choose one of the kinds in the list.",
            },
        )

    def clean_doi(self) -> str:
        return _normal(self.cleaned_data["doi"], identifiers.normalise_doi)

    def clean_pmid(self) -> str:
        return _normal(self.cleaned_data["pmid"], identifiers.normalise_pmid)


def _normal(value: str, normalise: Callable[[str], str]) -> str:
    try:
        return normalise(value) if value else ""
    except ValueError as error:
        raise forms.ValidationError(f"This {error}.") from None


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label="Why it is withdrawn",
        max_length=500,
        error_messages={"required": "Say why it is withdrawn."},
    )
    use_required_attribute = False
