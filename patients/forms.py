"""Input about cases, checked. The search form serves page, API, feed and export alike."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from literature.csl import YEARS
from literature.forms import MAX_QUERY, SearchForm
from literature.models import Reference
from literature.public_ids import PUBLIC_ID_PATTERN
from patients.clinical_time import MAX_DAYS
from patients.models import Term
from patients.searching.cursors import read_cursor
from patients.searching.events_named import EventsNamed, events_named
from patients.searching.values import LABELS, SHOWN, TERM_FACETS, WORD_FACETS
from patients.searching.wanted import Direction, Hit, order_of

MAX_VALUES = 20
_SLUG_RE = re.compile(r"[a-z0-9_-]{1,80}")
DIRECTIONS = [
    ("", "after it"),
    (Direction.BEFORE, "before it"),
    (Direction.EITHER, "before or after it"),
]
CERTAINTIES = [("", "possible or certain"), ("certain", "certain")]
MAX_EVENT = 100
MAX_CURSOR = 1_000


class ValuesField(forms.MultipleChoiceField):
    """Any of several values; at most twenty at once."""

    default_error_messages = {"invalid_choice": "“%(value).80s” is not one of its values."}

    def validate(self, value: list[str]) -> None:
        if len(value) > MAX_VALUES:
            raise ValidationError(f"At most {MAX_VALUES} values at once.")
        super().validate(value)


class SlugsField(ValuesField):
    """Slugs of terms; whether they exist is for the form to say, in one query."""

    def __init__(self, label: str) -> None:
        super().__init__(required=False, label=label)

    def valid_value(self, value: Any) -> bool:
        if not _SLUG_RE.fullmatch(value):
            raise ValidationError(f"“{value[:80]}” is not the name of a filter value.")
        return True


class YearsField(ValuesField):
    def __init__(self, label: str) -> None:
        super().__init__(required=False, label=label)

    def valid_value(self, value: Any) -> bool:
        if not (re.fullmatch(r"[0-9]{4}", value) and int(value) in YEARS):
            raise ValidationError(f"“{value[:80]}” is not a year.")
        return True


def _years(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        required=False, min_value=YEARS.start, max_value=YEARS.stop - 1, label=label
    )


def _words(name: str) -> ValuesField:
    return ValuesField(required=False, label=LABELS[name], choices=list(WORD_FACETS[name].items()))


class CaseSearchForm(SearchForm):
    SORTS = {
        "relevance": "Best match",
        "newest": "Newest first",
        "title": "Title",
        "year": "Year of the report, latest first",
        "events": "Most events first",
    }
    SEQUENCE = TOGETHER = ("first", "then", "within", "direction", "times")
    YEAR_SPAN = ("year_from", "year_to")
    FILTERS = (
        "q", *(facet.name for facet in SHOWN), *YEAR_SPAN, "cites", *SEQUENCE,
    )  # fmt: skip

    q = forms.CharField(required=False, max_length=MAX_QUERY, label="Search cases")
    diagnosis = SlugsField("Diagnosis")
    site = SlugsField("Primary site")
    metastasis = SlugsField(LABELS["metastasis"])
    vein = SlugsField(LABELS["vein"])
    vein_course = _words("vein_course")
    treatment_kind = _words("treatment_kind")
    treatment = SlugsField("Treatment")
    drug = SlugsField("Drug")
    modality = _words("modality")
    sex = _words("sex")
    age = _words("age")
    response = _words("response")
    derived_response = _words("derived_response")
    outcome = _words("outcome")
    year = YearsField(LABELS["year"])
    year_from = _years("From year")
    year_to = _years("To year")
    language = _words("language")
    images = _words("images")
    cites = forms.CharField(
        required=False,
        label="Cites the reference",
        validators=[RegexValidator(PUBLIC_ID_PATTERN, "Is not the id of a reference.")],
    )
    first = forms.CharField(required=False, max_length=MAX_EVENT, label="First")
    then = forms.CharField(required=False, max_length=MAX_EVENT, label="Then")
    within = forms.IntegerField(
        required=False, min_value=0, max_value=MAX_DAYS, label="Within how many days"
    )
    direction = forms.ChoiceField(required=False, choices=DIRECTIONS, label="The second comes")
    times = forms.ChoiceField(required=False, choices=CERTAINTIES, label="The order is")
    sort = forms.ChoiceField(
        required=False, choices=[("", "Usual order"), *SORTS.items()], label="Order"
    )
    cursor = forms.CharField(required=False, max_length=MAX_CURSOR, label="After this case")

    def clean(self) -> dict[str, Any]:
        """Adds what the values mean: `terms` by slug, the reference `cited`, the hit `after` which
        to go on, and the two `events` of a sequence."""
        data = super().clean() or {}
        data["terms"] = self._terms_of(data)
        data["cited"] = self._reference_of(data)
        data["after"] = self._cursor_of(data)
        data["events"] = self._sequence_of(data)
        low, high = data.get("year_from"), data.get("year_to")
        if low and high and low > high:
            self.add_error("year_to", "The last year is before the first.")
        return data

    def _terms_of(self, data: dict[str, Any]) -> dict[str, Term]:
        asked = {slug for field in TERM_FACETS for slug in data.get(field) or []}
        if not asked:
            return {}
        terms = {term.slug: term for term in Term.objects.filter(slug__in=asked)}
        for field in TERM_FACETS:
            for slug in data.get(field) or []:
                if slug not in terms:
                    self.add_error(field, f"“{slug}” is not known here.")
        return terms

    def _reference_of(self, data: dict[str, Any]) -> Reference | None:
        if not data.get("cites"):
            return None
        found = Reference.objects.defer("search").filter(public_id=data["cites"]).first()
        if found is None:
            self.add_error("cites", "There is no such reference here.")
        return found

    def _cursor_of(self, data: dict[str, Any]) -> Hit | None:
        if not data.get("cursor"):
            return None
        try:
            return read_cursor(data["cursor"], order_of(data))
        except ValueError:
            self.add_error("cursor", "Is not one that a list of this order has given.")
        return None

    def _sequence_of(self, data: dict[str, Any]) -> tuple[EventsNamed, EventsNamed] | None:
        """Both events, where both are asked for and known."""
        asked = {name: data.get(name) or "" for name in ("first", "then")}
        if not any(asked.values()):
            for name in ("within", "direction", "times"):
                if data.get(name) not in (None, ""):
                    self.add_error(name, "Says how two events follow each other: name both.")
            return None
        named = {}
        for name, words in asked.items():
            if words:
                named[name] = events_named(words)
                if named[name].problem:
                    self.add_error(name, named[name].problem)
            elif name not in self.errors:
                self.add_error(name, "A sequence has two events: name this one too.")
        if len(named) < 2 or any(each.problem for each in named.values()):
            return None
        return named["first"], named["then"]
