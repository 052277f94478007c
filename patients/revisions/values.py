"""Columns of rows in words, for people who decide about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, ForeignKey, Model

from literature import wording
from literature.models import Reference
from patients.actions.edits.steps import Columns, logged_fields
from patients.actions.revisions_applying import model_of, unsaved
from patients.document.times import Resolved, time_data
from patients.models import Event, ImagingFinding, Term
from patients.vocabulary import MarkerResult

NOT_REPORTED: Final = "not reported"
UNSAID: Final = frozenset({
    "public_id", "accession", "position", "case_id", "patient_id", "file_id",
})  # fmt: skip
"""Columns that say nothing to a reader."""
TIME: Final = frozenset({
    "anchor_id", "start_low", "start_high", "start_precision", "start_reported_as", "end_low",
    "end_high", "end_precision", "end_reported_as", "ongoing", "duration_low", "duration_high",
    "duration_reported_as",
})  # fmt: skip
LABELS: Final = {
    "event.label": "What happened",
    "event.label_zh": "What happened, in Chinese",
    "event.detail": "In more words",
    "event.is_index": "Is day 0",
    "citation.note": "Why it is cited here",
    "citation.number": "Its number in the report",
    "citation.reference_id": "Study",
    "case.day_zero_year": "Year of day 0",
}
Known = Mapping[tuple[str, int], Columns]
"""Columns of rows that may be named, new ones too, by model and primary key."""


def told(one: Any, columns: Columns, known: Known, *, only: frozenset[str] | None = None) -> Any:
    """`[(label, words)]` for the columns of one row, the time as one; empty ones are left out
    where `only` is not given."""
    model = model_of(one)
    found: list[tuple[str, str]] = []
    if issubclass(model, Event) and (only is None or only & TIME):
        found.append(("When", time_words(one, columns, known)))
    for field in logged_fields(model):
        name = field.attname
        if name in UNSAID or (issubclass(model, Event) and name in TIME) or name not in columns:
            continue
        if only is not None and name not in only:
            continue
        words = value_words(field, columns[name], known)
        if only is not None or (words != NOT_REPORTED and columns[name] is not False):
            found.append((label_of(field), words))
    return found


def label_of(field: Field[Any, Any]) -> str:
    key = f"{field.model._meta.model_name}.{field.attname}"
    name = str(field.verbose_name)
    return LABELS.get(key, name[:1].upper() + name[1:])


def value_words(field: Field[Any, Any], value: Any, known: Known) -> str:
    """One value as a reader would say it."""
    if value in (None, "", []):
        return NOT_REPORTED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, ForeignKey):
        return _named(field, value, known)
    if isinstance(value, list):
        return "; ".join(_marker_words(row) for row in value)
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices.get(value, value))


def _marker_words(row: Any) -> str:
    if not isinstance(row, dict):
        return str(row)
    return f"{row['marker']} {MarkerResult(row['result']).label.lower()}"


def _named(field: ForeignKey[Any, Any], pk: int, known: Known) -> str:
    target: Any = field.related_model
    columns = known.get((target._meta.label_lower, pk))
    if columns is not None:
        return row_name(target._meta.label_lower, columns)
    row = target._base_manager.filter(pk=pk).first()
    if isinstance(row, Reference):
        return f"{wording.short_citation(row.csl)}: {row.csl['title']}"
    if isinstance(row, Term):
        return row.display
    return str(row) if row is not None else "something that is not in the record any more"


def row_name(label: str, columns: Columns) -> str:
    """`“MRI”`, or the words of a finding that has no label."""
    named = ("label", "description", "analyte", "caption")
    text = next(filter(None, (columns.get(name) for name in named)), "")
    if text:
        return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
    return {"patients.imagingfinding": "a finding"}.get(label, "it")


def time_words(one: Any, columns: Columns, known: Known) -> str:
    """The time of an event as its columns alone tell it: an offset where it has an anchor."""
    event = unsaved(one, columns)
    anchor = None
    if event.anchor_id:
        held = known.get(("patients.event", event.anchor_id))
        anchor = Event(label=held["label"]) if held else _event(event.anchor_id)
    time = time_data(event, Resolved(event.start, event.end), anchor)
    days = [time.start.days_words]
    if time.end is not None:
        days.append(f"until {time.end.days_words}")
    if anchor is not None or days == [time.words]:
        return time.words
    return f"{time.words} ({', '.join(days)})"


def _event(pk: int) -> Event | None:
    try:
        return Event.objects.get(pk=pk)
    except ObjectDoesNotExist:
        return None


def noun_of(model: type[Model]) -> str:
    """What a row is called: `finding`, `result`, `size`."""
    name = str(model._meta.verbose_name)
    return {
        "imaging finding": "finding",
        "laboratory result": "result",
        "measurement": "size",
        "case": "summary",
    }.get(name, name)


def where(label: str, columns: Columns, known: Known) -> str:
    """What a row stands on, in words: `on “MRI”`; empty where that is the case."""
    for name, target in (("event_id", "patients.event"), ("finding_id", "patients.imagingfinding")):
        pk = columns.get(name)
        if pk is None:
            continue
        held = known.get((target, pk))
        if held is None and name == "finding_id":
            found = ImagingFinding.objects.select_related("event").filter(pk=pk).first()
            return f"on a finding of “{found.event.label}”" if found else ""
        if held is None:
            event = _event(pk)
            return f"on “{event.label}”" if event else ""
        return f"on {row_name(target, held)}"
    return ""
