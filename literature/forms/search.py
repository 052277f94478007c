"""What may be searched for. The search form serves the page and the API alike."""

from django import forms
from django.core.exceptions import ValidationError

from literature.csl import TYPES, YEARS
from literature.searching.tokens import runs

MAX_QUERY = 300
MAX_WORDS = 100
MAX_PAGE = 10**9


class SearchForm(forms.Form):
    """What every search has: words, order and page."""

    q = forms.CharField(required=False, max_length=MAX_QUERY, label="Search")
    page = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE)

    FILTERS: tuple[str, ...] = ("q",)
    """The fields that narrow the result; the others order and page it."""
    TOGETHER: tuple[str, ...] = ()
    """Fields that are filled in together: where one is, an error may be told of another."""


def _words(label: str) -> forms.CharField:
    return forms.CharField(
        required=False, max_length=MAX_WORDS, label=label, validators=[validate_has_word]
    )


def validate_has_word(text: str) -> None:
    if not any(True for _ in runs(text)):
        raise ValidationError("There is no word in this to search for.")


class SuggestForm(forms.Form):
    """What has been typed so far."""

    q = forms.CharField(required=False, max_length=MAX_QUERY, label="Words, DOI or PMID")


class ReferenceSearchForm(SearchForm):
    FILTERS = ("q", "author", "journal", "type", "year_from", "year_to", "cited")
    SORTS = {
        "relevance": "Best match",
        "newest": "Newest here",
        "year": "Year, latest first",
        "title": "Title",
        "author": "First author",
        "cited": "Cited by most cases",
    }

    q = forms.CharField(required=False, max_length=MAX_QUERY, label="Words, DOI, PMID or PMCID")
    author = _words("Author")
    journal = _words("Journal")
    type = forms.ChoiceField(required=False, choices=[("", "Any type"), *TYPES.items()])
    year_from = forms.IntegerField(
        required=False, min_value=YEARS.start, max_value=YEARS.stop - 1, label="From year"
    )
    year_to = forms.IntegerField(
        required=False, min_value=YEARS.start, max_value=YEARS.stop - 1, label="To year"
    )
    cited = forms.ChoiceField(
        required=False,
        choices=[("", "Cited or not"), ("yes", "Cited by a case"), ("no", "Not cited")],
        label="Cited by cases",
    )
    sort = forms.ChoiceField(
        required=False, choices=[("", "Usual order"), *SORTS.items()], label="Order"
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        low, high = data.get("year_from"), data.get("year_to")
        if low and high and low > high:
            self.add_error("year_to", "The last year is before the first.")
        return data
