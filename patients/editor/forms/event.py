"""The form of an event: what every event has, what its category adds, and its time in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from patients.document.times import resolve
from patients.editor import times
from patients.editor.addresses import edit_url
from patients.editor.forms.base import Row, RowForm
from patients.editor.forms.fields import MarkersField, TermField
from patients.models import Event
from patients.reported_time import Entry, Question, read, words
from patients.vocabulary import Category, TermKind

MAX_WORDS = 200
COMMON = ("category", "label", "when", "is_index", "label_zh", "term", "site", "detail")
PROCEDURE = ("approach", "device", "device_low_um", "device_high_um", "agent")
PATHOLOGY = ("grade", "ki67_low", "ki67_high", "mitoses", "mitoses_per", "markers")
BY_CATEGORY: dict[str, tuple[str, ...]] = {
    Category.DRUG: ("dose", "dose_unit", "route", "brand"),
    Category.SURGERY: PROCEDURE,
    Category.INTERVENTION: PROCEDURE,
    Category.PATHOLOGY: PATHOLOGY,
    Category.DIAGNOSIS: PATHOLOGY,
    Category.FOLLOW_UP: ("outcome",),
    Category.OUTCOME: ("outcome",),
}
TERM_KINDS: dict[str, tuple[TermKind, ...]] = {
    Category.DRUG: (TermKind.DRUG,),
    Category.SURGERY: (TermKind.PROCEDURE,),
    Category.INTERVENTION: (TermKind.PROCEDURE,),
    Category.PATHOLOGY: (TermKind.DIAGNOSIS, TermKind.FINDING),
    Category.DIAGNOSIS: (TermKind.DIAGNOSIS,),
}
ANY_TERM = (TermKind.DIAGNOSIS, TermKind.FINDING, TermKind.PROCEDURE)


class EventForm(RowForm):
    when = forms.CharField(
        required=False,
        max_length=MAX_WORDS,
        label="When, as the report words it",
        help_text="Such as: 2016 · 3 days after TACE · POD 7 · for 1 month · every 4 weeks since",
    )
    term = TermField(ANY_TERM, label="Term")
    site = TermField((TermKind.BODY_SITE,), label="Body site")
    markers = MarkersField(
        label="Markers", help_text="One a line, the result last: Synaptophysin positive"
    )

    wide = frozenset({"when", "is_index", "detail", "markers"})
    told_elsewhere = frozenset({"when"})
    blamed = dict.fromkeys((*times.TIME_FIELDS, *times.FREQUENCY_FIELDS), "when")

    class Meta:
        model = Event
        fields = (
            "category", "label", "label_zh", "is_index", "term", "site", "detail",
            "dose", "dose_unit", "route", "brand",
            *PROCEDURE, *PATHOLOGY, "outcome",
        )  # fmt: skip
        labels = {
            "label": "What happened",
            "label_zh": "What happened, in Chinese",
            "is_index": "This is day 0: all times count from it",
            "detail": "In more words",
            "dose_unit": "Unit of the dose",
            "mitoses_per": "Mitoses per",
        }
        widgets = {"detail": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *, day_zero_date: date | None = None, **kwargs: Any) -> None:
        self.day_zero_date = day_zero_date
        self.question: Question | None = None
        self.entry: Entry | None = None
        """How the words were understood, where they were typed anew."""
        row, case = kwargs["row"], kwargs["case"]
        self.was_index, self.was_drug = row.is_index, row.category == Category.DRUG
        self.stored_words = words(times.entry_of(case, row), times.context_of(case, row))
        super().__init__(initial={"when": self.stored_words, "markers": row.markers}, **kwargs)
        posted = self.data.get("category", "")
        self._keep_fields_of({row.category, posted})
        self._preview_while_typing(kwargs["key"])
        chosen = posted or row.category
        self.fields["term"].kinds = TERM_KINDS.get(chosen, ANY_TERM)  # type: ignore[attr-defined]

    def _preview_while_typing(self, key: str) -> None:
        attrs = self.fields["when"].widget.attrs
        attrs |= {
            "aria-describedby": f"{attrs['aria-describedby']} {key}-preview",
            "hx-post": edit_url(
                "edit-preview", self.case.accession, "event", self.instance.public_id
            ),
            "hx-trigger": "input changed delay:350ms, preview",
            "hx-target": f"#{key}-preview",
            "hx-include": "#day-zero-date",
            "hx-sync": "this:replace",
        }

    def _keep_fields_of(self, categories: set[str]) -> None:
        """In the order of reading. A changed category shows the fields of both."""
        kept = list(COMMON)
        for category in Category.values:
            if category in categories:
                kept += BY_CATEGORY.get(category, ())
        self.fields = {name: self.fields[name] for name in dict.fromkeys(kept)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "when" in data and "category" in data:
            # The instance gets its fields after this; the reader has to know these two now.
            self.instance.category = data["category"]
            self.instance.is_index = bool(data.get("is_index"))
            self._take_words(data["when"].strip())
        return data

    def _take_words(self, typed: str) -> None:
        is_drug = self.instance.category == Category.DRUG
        if (typed, self.instance.is_index, is_drug) == (
            self.stored_words, self.was_index, self.was_drug
        ):  # fmt: skip
            return
        context = times.context_of(self.case, self.instance, self.day_zero_date)
        understood = read(typed, context) if typed else _nothing(self.instance)
        if isinstance(understood, Question):
            self.question = understood
            self.add_error("when", understood.reason)
            return
        before = resolve(list(self.case.events.all())).problems
        try:
            times.put(understood, case=self.case, event=self.instance)
        except ValueError as error:
            self.add_error("when", ValidationError(str(error)))
            return
        self.entry = understood
        for problem in resolve(list(self.case.events.all())).problems:
            if problem not in before:
                self.add_error("when", problem)
        if understood.day_zero_year is not None:
            self.case.day_zero_year = understood.day_zero_year

    def rows(self) -> list[Row]:
        tells_year = self.entry is not None and self.entry.day_zero_year is not None
        return [self.instance, self.case] if tells_year else [self.instance]


def _nothing(event: Event) -> Entry:
    """No words: not reported, or day 0 itself."""
    return Entry(start=times.DAY_ZERO) if event.is_index else Entry()
