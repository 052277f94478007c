"""What is typed in the three steps of a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from literature.forms import MAX_QUERY
from literature.public_ids import PUBLIC_ID_RE
from patients.models import Citation
from patients.models.case import ACCESSION_PATTERN
from patients.vocabulary import QuoteDepth, Role

if TYPE_CHECKING:
    BaseQuoteForm = forms.ModelForm[Citation]
else:
    BaseQuoteForm = forms.ModelForm

MAX_NUMBER: Final = 10_000
ROLE_MEANINGS: Final = {
    Role.SOURCE: "It reports this case, or this part of it.",
    Role.SUPPORTS: "What it found speaks for what is said here.",
    Role.CONTRADICTS: "What it found speaks against what is said here.",
    Role.BACKGROUND: "It tells what needs to be known to read this.",
    Role.METHOD: "It describes or defines the method, score or criterion used here.",
    Role.COMPARED_CASE: "It reports another case that this one is compared with.",
}


class StepsForm(forms.Form):
    """The state of the steps, as the address holds it. What is not valid counts as not chosen."""

    q = forms.CharField(required=False, max_length=MAX_QUERY)
    reference = forms.RegexField(PUBLIC_ID_RE, required=False)
    role = forms.ChoiceField(required=False, choices=[("", ""), *Role.choices])
    number = forms.IntegerField(required=False, min_value=1, max_value=MAX_NUMBER)
    case = forms.RegexField(ACCESSION_PATTERN, required=False)

    def __init__(self, query: Any) -> None:
        super().__init__(query)
        self.is_valid()
        self.chosen: dict[str, Any] = self.cleaned_data


class QuoteForm(BaseQuoteForm):
    """The last step: what is quoted, and why."""

    class Meta:
        model = Citation
        fields = ("quote", "quote_depth", "locator", "note", "number")
        labels = {
            "quote": "The exact words",
            "quote_depth": "Quoted from",
            "locator": "Where in it",
            "note": "Why it is cited here",
            "number": "Its number in the report",
        }
        help_texts = {
            "quote": "As the study prints them. Mark what you leave out by three dots. Without a "
            "quote the citation stands all the same.",
            "locator": "A page, table or section, such as p. 3 or Table 2",
            "note": "In your own words. Nothing that could tell who the patient is: no names, and "
            "no dates but years.",
            "number": "In the reference list of the case report, where it has one",
        }
        widgets = {
            "quote": forms.Textarea(attrs={"rows": 4}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        depth: Any = self.fields["quote_depth"]
        depth.choices = [("", "Not said"), *QuoteDepth.choices]
        number: Any = self.fields["number"]
        number.min_value, number.max_value = 1, MAX_NUMBER

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("quote") and data.get("quote_depth"):
            # It says where a quote was taken from, and there is none.
            data["quote_depth"] = ""
        return data

    def _post_clean(self) -> None:
        """The action checks the row as a whole, once it is to be saved."""
        for name in self.Meta.fields:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
