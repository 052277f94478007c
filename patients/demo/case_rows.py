"""One case file → the rows of one case."""

from __future__ import annotations

from typing import Any

from django.db import models

from literature.models import Reference
from patients.models import (
    Case,
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    Measurement,
    Patient,
    Term,
)
from patients.models.case import NINETY_AND_OVER

BOUNDS = {"low", "high", "precision", "reported_as"}


def checked(row: models.Model) -> Any:
    """`row` with its fields checked; the database checks the constraints when it is saved."""
    row.full_clean(validate_unique=False, validate_constraints=False)
    return row


class CaseRows:
    """Takes the words of a case file apart; every key it does not know raises TypeError."""

    def __init__(
        self, data: dict[str, Any], *, terms: dict[str, Term], references: dict[str, Reference]
    ) -> None:
        self.data = dict(data)
        self.terms = terms
        self.references = references
        self.lesions: dict[str, Lesion] = {}
        self.events: dict[str, Event] = {}
        self.citations = 0

    def save(self) -> Case:
        data = self.data
        lesions, events = data.pop("lesions", []), data.pop("events")
        citations = data.pop("citations", [])
        patient = Patient(**data.pop("patient", {}))
        checked(patient).save()
        age_low, age_high = _age(data.pop("age", None))
        self.case = Case(patient=patient, age_low=age_low, age_high=age_high, **self._terms(data))
        checked(self.case).save()
        for position, row in enumerate(lesions):
            key = row.pop("key")
            self.lesions[key] = self._save(Lesion, position, self._terms(row))
        self._cite(citations)
        for position, row in enumerate(events):
            self._event(position, row)
        return self.case

    def _event(self, position: int, row: dict[str, Any]) -> None:
        key = row.pop("key")
        findings, citations = row.pop("findings", []), row.pop("citations", [])
        results = row.pop("results", [])
        for prefix in ("start", "end", "duration"):
            bounds = row.pop(prefix, {})
            if set(bounds) - BOUNDS:
                raise TypeError(f"{key}: {prefix} has an unknown part")
            row.update({f"{prefix}_{part}": value for part, value in bounds.items()})
        if "anchor" in row:
            row["anchor"] = self.events[row["anchor"]]
        event = self._save(Event, position, self._terms(row, "term", "site"))
        self.events[key] = event
        self._cite(citations, event=event)
        for number, finding in enumerate(findings):
            self._finding(event, number, finding)
        for number, result in enumerate(results):
            self._save(LaboratoryResult, number, {"event": event, **self._terms(result, "term")})

    def _finding(self, event: Event, position: int, row: dict[str, Any]) -> None:
        row.pop("key", None)
        sizes, citations = row.pop("sizes", []), row.pop("citations", [])
        if "lesion" in row:
            row["lesion"] = self.lesions[row["lesion"]]
        finding = self._save(ImagingFinding, position, {"event": event, **self._terms(row)})
        self._cite(citations, finding=finding)
        for number, size in enumerate(sizes):
            low, high = size["mm"] if isinstance(size["mm"], list) else (size["mm"], size["mm"])
            self._save(
                Measurement,
                number,
                {
                    "finding": finding,
                    "dimension": size["dimension"],
                    "low_mm": str(low),
                    "high_mm": str(high),
                },
            )

    def _cite(self, rows: list[dict[str, Any]], **target: Any) -> None:
        for row in rows:
            row["reference"] = self.references[row["reference"]]
            self._save(Citation, self.citations, {**target, **row})
            self.citations += 1

    def _terms(self, row: dict[str, Any], *names: str) -> dict[str, Any]:
        for name in names or ("diagnosis", "primary_site", "site"):
            if isinstance(row.get(name), str):
                row[name] = self.terms[row[name]]
        return row

    def _save(self, model: type[models.Model], position: int, fields: dict[str, Any]) -> Any:
        row = model(case=self.case, position=position, **fields)
        checked(row).save()
        return row


def _age(age: Any) -> tuple[int | None, int | None]:
    """`50`, `[40, 44]` or `"90+"` as the two ends of the band."""
    if age is None:
        return None, None
    if age == "90+":
        return NINETY_AND_OVER, None
    low, high = age if isinstance(age, list) else (age, age)
    return int(low), int(high)
