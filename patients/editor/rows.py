"""The rows of one case in memory: found by kind and id, new ones put beside them unsaved."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from patients.models import (
    Case,
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    Measurement,
)
from patients.models.part import CasePart

MODELS: Final[dict[str, type[CasePart]]] = {
    "event": Event,
    "finding": ImagingFinding,
    "lesion": Lesion,
    "result": LaboratoryResult,
    "citation": Citation,
}
PARENTS: Final[dict[str, tuple[str, ...]]] = {
    "finding": ("event",),
    "result": ("event",),
    "citation": ("event", "finding"),
}
"""What a row of a kind stands on, by the name of the field; a citation may stand on the case."""
NOUNS: Final = {
    "event": "event",
    "finding": "finding",
    "lesion": "lesion",
    "result": "result",
    "citation": "citation",
}
MAX_ROWS = 5000
"""Of one kind in one case: far above any report, low enough to build a page from."""
NOT_COMPARED = frozenset({"id", "case", "position", "created_at", "updated_at", "status"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row is or will be: its kind, its public id, and what it stands on."""

    kind: str
    id: str
    parent_kind: str = ""
    parent_id: str = ""

    @property
    def key(self) -> str:
        """Its id on the page."""
        return "summary" if self.kind == "case" else f"{self.kind}-{self.id}"


def rows_of(case: Case, kind: str) -> list[Any]:
    """The rows of `kind`, in the order of the report, as they were fetched with the timeline."""
    return list(getattr(case, f"{MODELS[kind]._meta.model_name}s").all())


def find(case: Case, kind: str, public_id: str) -> Any:
    """The row, or None."""
    return next((row for row in rows_of(case, kind) if row.public_id == public_id), None)


def kind_of(row: Model) -> str:
    """Raises KeyError for what the editor has no kind for."""
    return {model: kind for kind, model in MODELS.items()}[type(row)]  # type: ignore[index]


def parent_of(row: Any) -> tuple[str, int] | None:
    """Kind and primary key of what the row stands on; None where that is the case."""
    for name in PARENTS.get(kind_of(row), ()):
        key = getattr(row, f"{name}_id")
        if key is not None:
            return name, key
    return None


def siblings(case: Case, row: Any) -> list[Any]:
    """The rows that `row` can be moved among, itself included, in order."""
    at = parent_of(row)
    return [other for other in rows_of(case, kind_of(row)) if parent_of(other) == at]


def new_row(case: Case, place: Place) -> Any:
    """An unsaved row at the end of its kind; raises LookupError where its parent is gone."""
    model = MODELS[place.kind]
    position = max((row.position + 1 for row in rows_of(case, place.kind)), default=0)
    row: Any = model(case=case, public_id=place.id, position=position)
    if place.parent_id:
        parent = find(case, place.parent_kind, place.parent_id)
        if parent is None or place.parent_kind not in PARENTS.get(place.kind, ()):
            raise LookupError(f"What this {NOUNS[place.kind]} stands on was removed.")
        setattr(row, place.parent_kind, parent)
    return row


def put_beside(case: Case, row: Any) -> None:
    """Makes an unsaved row part of the fetched timeline, so that a document shows it."""
    row.pk = -1
    fetched: Any = getattr(case, f"{row._meta.model_name}s").all()
    fetched._result_cache.append(row)


def measurements_of(case: Case, finding: ImagingFinding) -> dict[str, Measurement]:
    """By dimension."""
    return {
        row.dimension: row
        for row in case.measurements.all()
        if finding.pk is not None and row.finding_id == finding.pk
    }


def token_of(case: Case, row: Any) -> str:
    """A checksum of what a form shows of `row`: two readings with one token saw the same."""
    seen = [_values(row)]
    if isinstance(row, Case):
        seen.append(_values(row.patient))
    if isinstance(row, ImagingFinding):
        seen += [_values(size) for _, size in sorted(measurements_of(case, row).items())]
    text = json.dumps(seen, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _values(row: Model) -> dict[str, Any]:
    left_out = NOT_COMPARED | getattr(row, "derived", frozenset())
    values = {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in left_out
    }
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    """Decimals without trailing zeros: 0.4 and 0.400 are one value."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value
