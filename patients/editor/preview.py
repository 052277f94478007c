"""How a time in words was understood, and the figure with its event moved; nothing is saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from patients.document import build_document
from patients.editor import rows, times
from patients.editor.forms import EventForm
from patients.editor.page import figure_of
from patients.editor.rows import Place
from patients.editor.saving import form_for, typed_in
from patients.models import Case
from patients.presenters.words import label_of
from patients.reported_time import Entry, Question, words
from patients.vocabulary import Category


@dataclass(frozen=True, slots=True)
class Preview:
    """Either `understood` in words, or `reason` and `suggestions` where it was not."""

    typed: str
    understood: str = ""
    reason: str = ""
    fragment: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Previewed:
    form: EventForm
    preview: Preview
    figure: SafeString


def preview_typed(case: Case, place: Place, posted: QueryDict) -> Previewed:
    """Changes the fetched rows in memory as the form asks, and looks at what comes out.

    Raises LookupError where what the row stands on was removed.
    """
    row = rows.find(case, "event", place.id)
    if row is None:
        row = rows.new_row(case, place)
        row.category = posted.get("category", "")
        rows.put_beside(case, row)
    form: Any = form_for(case, row, place.key, typed_in(posted))
    form.is_valid()
    if not row.label:
        row.label = label_of(Category, row.category) or "New event"
    if row.category not in Category.values:
        row.category = Category.HISTORY
    return Previewed(form, preview_of(form), figure_of(build_document(case), place.id))


def preview_of(form: EventForm) -> Preview:
    """What the time field of a checked form came to."""
    typed = str(form["when"].value() or "")
    if isinstance(form.question, Question):
        question = form.question
        return Preview(typed, "", question.reason, question.fragment, question.suggestions)
    refused = form.errors.get("when")
    if refused:
        return Preview(typed, reason=" ".join(map(str, refused)))
    if not typed.strip():
        return Preview(typed)
    return Preview(typed, understood_words(form))


def understood_words(form: EventForm) -> str:
    """The time as it was understood, without the report's own words, and its days."""
    case, event = form.case, form.instance
    entry = _unworded(times.entry_of(case, event))
    told = words(entry, times.context_of(case, event, form.day_zero_date))
    document = build_document(case)
    time = next(row.time for row in document.events if row.id == event.public_id)
    days = [time.start.days_words]
    if time.end is not None:
        days.append(f"until {time.end.days_words}")
    days = [day for day in days if day != told]
    return f"{told} ({', '.join(days)})" if days else told


def _unworded(entry: Entry) -> Entry:
    end, duration = entry.end, entry.duration
    return replace(
        entry,
        start=replace(entry.start, reported_as=""),
        end=replace(end, reported_as="") if end else None,
        duration=replace(duration, reported_as="") if duration else None,
    )
