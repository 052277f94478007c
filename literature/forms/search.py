"""What may be searched for. The search form serves the page and the API alike."""

from django import forms

from literature.csl import TYPES, YEARS

MAX_QUERY = 300
MAX_PAGE = 10**9


class SearchForm(forms.Form):
    """What every search has: words, order and page."""

    q = forms.CharField(required=False, max_length=MAX_QUERY, label="Search")
    page = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE)

    FILTERS: tuple[str, ...] = ("q",)
    """The fields that narrow the result; the others order and page it."""


class ReferenceSearchForm(SearchForm):
    FILTERS = ("q", "type", "year_from", "year_to", "cited")
    SORTS = {
        "relevance": "Best match",
        "newest": "Newest here",
        "year": "Year, latest first",
        "title": "Title",
        "author": "First author",
    }

    q = forms.CharField(required=False, max_length=MAX_QUERY, label="Words, DOI, PMID or PMCID")
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
