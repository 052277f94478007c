"""A proposal taken apart into what can be accepted on its own, each with what it would change."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from patients.actions.edits.steps import Columns, Step, agrees, columns_of
from patients.actions.revisions_applying import model_of, stored
from patients.models import Case, Measurement, Patient, Revision
from patients.models.part import CasePart
from patients.revisions.values import TIME, noun_of, row_name, told, value_words, where

Key = tuple[str, int]
TOGETHER: Final[dict[str, str]] = {
    **dict.fromkeys(TIME, "when"),
    **dict.fromkeys(("is_index",), "when"),
    **dict.fromkeys(("age_low", "age_high"), "age"),
    **dict.fromkeys(("dose", "dose_unit"), "dose"),
    **dict.fromkeys(("frequency", "frequency_times", "frequency_days"), "frequency"),
    **dict.fromkeys(("device_low_um", "device_high_um"), "device_size"),
    **dict.fromkeys(("ki67_low", "ki67_high"), "ki67"),
    **dict.fromkeys(("mitoses", "mitoses_per"), "mitoses"),
    **dict.fromkeys(("low_mm", "high_mm"), "size"),
    **dict.fromkeys(("reference_low", "reference_high"), "range"),
    **dict.fromkeys(("quote", "quote_depth"), "quote"),
    **dict.fromkeys(("event_id", "finding_id"), "target"),
    "position": "order",
}
"""Columns that are right or wrong together, by the name of the part they make up."""
FITS, CONFLICT, DONE, LOST = "fits", "conflict", "done", "lost"


@dataclass(frozen=True, slots=True)
class Told:
    """One field: what it was when the proposal was made, is now, and would be."""

    label: str
    was: str
    now: str
    proposed: str


@dataclass(slots=True)
class Unit:
    """One part of a proposal. `act` is `change`, `add` or `remove`."""

    name: str
    title: str
    act: str
    steps: list[Step]
    fields: list[Told] = field(default_factory=list)
    state: str = FITS
    needs: list[str] = field(default_factory=list)
    """Names of parts without which this one cannot be accepted."""

    @property
    def can_be_accepted(self) -> bool:
        return self.state in (FITS, CONFLICT)

    @property
    def is_conflict(self) -> bool:
        return self.state == CONFLICT


class Units:
    """The parts of a revision against the rows as they are now, in the order they were made."""

    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        self.now: dict[Key, Columns] = {}
        self.known: dict[Key, Columns] = {}
        self.rows: dict[Key, Any] = {}
        for one in revision.changes:
            self._look_at(one)
        self.all: list[Unit] = []
        for one in revision.changes:
            self._take_apart(one)
        self._tie()

    def named(self, names: Any) -> list[Unit]:
        wanted = set(names)
        return [unit for unit in self.all if unit.name in wanted]

    @property
    def token(self) -> str:
        """A checksum of the proposal and of the rows as they were looked at."""
        seen = [self.revision.changes, sorted((*key, row) for key, row in self.now.items())]
        text = json.dumps(seen, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def _look_at(self, one: Step) -> None:
        key, row = (one["model"], one["pk"]), stored(one)
        self.rows[key] = row
        if row is not None:
            self.now[key] = columns_of(row)
        base = self.now.get(key) or one["before"] or {}
        self.known[key] = {**base, **(one["after"] or {})}

    def _take_apart(self, one: Step) -> None:
        key = one["model"], one["pk"]
        if one["after"] is None or one["before"] is None:
            self._whole(one, key)
            return
        groups: dict[str, list[str]] = defaultdict(list)
        for name in one["after"]:
            groups[TOGETHER.get(name, name.removesuffix("_id"))].append(name)
        for group, names in groups.items():
            self._part(one, key, group, names)

    def _whole(self, one: Step, key: Key) -> None:
        is_new = one["before"] is None
        columns: Columns = one["after"] or one["before"] or {}
        parent = self._unit_of_finding(one) if is_new else None
        if parent is not None:
            parent.steps.append(one)
            words = dict(told(one, columns, self.known))
            size = f"{words.get('From, mm', '')} to {words.get('To, mm', '')} mm"
            label = words.get("Dimension", "Size")
            parent.fields.append(Told(label, "", "", size))
            return
        unit = Unit(
            name=f"{self._id(one, key)}.{'added' if is_new else 'removed'}",
            title=self._title(one, columns),
            act="add" if is_new else "remove",
            steps=[one],
        )
        for label, words in told(one, columns, self.known):
            unit.fields.append(
                Told(label, "", "", words) if is_new else Told(label, words, words, "")
            )
        row = self.rows[key]
        if is_new:
            unit.state = DONE if row is not None else FITS
        elif row is None:
            unit.state = DONE
        elif not agrees(row, one["before"] or {}):
            unit.state = CONFLICT
        self.all.append(unit)

    def _unit_of_finding(self, one: Step) -> Unit | None:
        """The part that adds the finding that a new size belongs to."""
        if model_of(one) is not Measurement or one["after"] is None:
            return None
        finding = one["after"]["finding_id"]
        for unit in self.all:
            first = unit.steps[0]
            if unit.act == "add" and (first["model"], first["pk"]) == (
                "patients.imagingfinding", finding,
            ):  # fmt: skip
                return unit
        return None

    def _part(self, one: Step, key: Key, group: str, names: list[str]) -> None:
        before, after, now = one["before"] or {}, one["after"] or {}, self.now.get(key)
        if group == "order":
            self._order(one, key, now)
            return
        was_all = {**(now or {}), **before}
        will_all = {**(now or was_all), **{name: after[name] for name in names}}
        part = Step(
            model=one["model"],
            pk=one["pk"],
            before={name: before[name] for name in names},
            after={name: after[name] for name in names},
        )
        unit = Unit(f"{self._id(one, key)}.{group}", self._title(one, was_all), "change", [part])
        only = frozenset(names)
        was = dict(told(one, was_all, self.known, only=only))
        is_now = dict(told(one, now, self.known, only=only)) if now else {}
        for label, words in told(one, will_all, self.known, only=only):
            unit.fields.append(Told(label, was.get(label, ""), is_now.get(label, ""), words))
        unit.state = _state(now, part)
        self.all.append(unit)

    def _order(self, one: Step, key: Key, now: Columns | None) -> None:
        """Rows that were moved among each other are one part a kind."""
        kind = noun_of(model_of(one))
        part = Step(
            model=one["model"], pk=one["pk"],
            before={"position": (one["before"] or {})["position"]},
            after={"position": (one["after"] or {})["position"]},
        )  # fmt: skip
        name = f"order.{kind}"
        unit = next((unit for unit in self.all if unit.name == name), None)
        if unit is None:
            unit = Unit(name, f"The order of {kind}s", "change", [])
            self.all.append(unit)
        unit.steps.append(part)
        row = row_name(one["model"], self.known[key])
        places = [
            str(at["position"] + 1) if at else "" for at in (part["before"], now, part["after"])
        ]
        unit.fields.append(Told(f"Place of {row}", *places))
        state = _state(now, part)
        unit.state = max(unit.state, state, key=_WORSE.index)

    def _title(self, one: Step, columns: Columns) -> str:
        model = model_of(one)
        if issubclass(model, Case):
            return "Summary"
        if issubclass(model, Patient):
            return "Patient"
        name = self._name(one, columns)
        at = where(one["model"], columns, self.known)
        noun = noun_of(model)
        return " ".join(filter(None, [noun[:1].upper() + noun[1:], name, at]))

    def _name(self, one: Step, columns: Columns) -> str:
        if one["model"] == "patients.citation":
            reference: Any = model_of(one)._meta.get_field("reference")
            return value_words(reference, columns.get("reference_id"), self.known)
        name = row_name(one["model"], columns)
        return "" if name in ("it", "a finding") else name

    def _id(self, one: Step, key: Key) -> str:
        model = model_of(one)
        if issubclass(model, Case | Patient):
            return noun_of(model)
        public_id = self.known[key].get("public_id") or f"gone{one['pk']}"
        return f"{noun_of(model)}-{public_id}"

    def _tie(self) -> None:
        """New rows stand on new rows; what is removed takes along what stands on it."""
        added = {(s["model"], s["pk"]): u for u in self.all if u.act == "add" for s in u.steps}
        removed = {(s["model"], s["pk"]): u for u in self.all if u.act == "remove" for s in u.steps}
        for unit in self.all:
            for one in unit.steps:
                for key in _named(one["model"], one["after"]):
                    _need(unit, added.get(key))
                for key in _named(one["model"], one["before"] if unit.act == "remove" else None):
                    other = removed.get(key)
                    if other is not None:
                        _need(other, unit)
                if unit.act == "change":
                    for key in _named(one["model"], one["before"]):
                        other = removed.get(key)
                        if other is not None:
                            _need(other, unit)


_WORSE = [FITS, DONE, CONFLICT, LOST]


def _state(now: Columns | None, part: Step) -> str:
    """Where a part that changes a row stands against the row as it is now."""
    if now is None:
        return LOST
    before, after = part["before"] or {}, part["after"] or {}
    if all(now.get(name) == value for name, value in after.items()):
        return DONE
    if any(now.get(name) != value for name, value in before.items()):
        return CONFLICT
    return FITS


def _named(label: str, columns: Columns | None) -> list[Key]:
    """The rows of a case that these columns point to."""
    if not columns:
        return []
    found = []
    for one in model_of({"model": label, "pk": 0, "before": None, "after": None})._meta.fields:
        target = one.related_model
        if isinstance(target, type) and issubclass(target, CasePart) and columns.get(one.attname):
            found.append((target._meta.label_lower, columns[one.attname]))
    return found


def _need(unit: Unit, other: Unit | None) -> None:
    if other is not None and other is not unit and other.name not in unit.needs:
        unit.needs.append(other.name)
