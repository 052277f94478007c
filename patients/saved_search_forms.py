"""Input about a search that is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from literature.permalinks import Permalinks
from patients.forms import CaseSearchForm
from patients.models import SavedSearch

MAX_SAVED = 200


class SavedSearchForm(forms.ModelForm):  # type: ignore[type-arg]
    """A name, and the query string of a search that can be run. The instance has its user."""

    class Meta:
        model = SavedSearch
        fields = ("name", "query")

    def clean_query(self) -> str:
        """Without the place in the list, and only what a search can have."""
        asked = QueryDict(self.cleaned_data["query"].removeprefix("?"))
        known = {*CaseSearchForm.FILTERS, "sort"}
        unknown = [name for name in asked if name not in known and name not in ("page", "cursor")]
        if unknown:
            raise ValidationError(f"“{unknown[0][:80]}” is not something to search by.")
        if not CaseSearchForm(asked).is_valid():
            raise ValidationError("This search cannot be run, so it cannot be saved.")
        return Permalinks(asked).query

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kept = SavedSearch.objects.filter(user_id=self.instance.user_id)
        if self.instance._state.adding and kept.count() >= MAX_SAVED:
            raise ValidationError(f"You have {MAX_SAVED} saved searches: delete one first.")
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """The user is not asked for, and yet decides whether the name is free."""
        return super()._get_validation_exclusions() - {"user"}  # type: ignore[misc, no-any-return]
