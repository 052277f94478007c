"""The calendar date of day 0, which a person may have: used to count from, never kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

FIELD = "day_zero_date"
_date = forms.DateField(required=False)


def day_zero_date_in(data: Any) -> date | None:
    """The date that was sent along, or None; what is no date counts as none."""
    try:
        found: date | None = _date.clean(data.get(FIELD) or "")
    except forms.ValidationError:
        return None
    return found
