"""Input of the library, checked."""

from literature.forms.adding import AddForm, OptionsForm, works_named
from literature.forms.record import RecordForm
from literature.forms.search import (
    MAX_PAGE,
    MAX_QUERY,
    ReferenceSearchForm,
    SearchForm,
    SuggestForm,
)

__all__ = [
    "MAX_PAGE",
    "MAX_QUERY",
    "AddForm",
    "OptionsForm",
    "RecordForm",
    "ReferenceSearchForm",
    "SearchForm",
    "SuggestForm",
    "works_named",
]
