"""The demo's cases as the reader of times sees them: around each event, the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from patients.clinical_time import Bounds, Precision, chronological, lasting
from patients.reported_time import Context, Duration, Entry, Frequency, KnownEvent

DEMO = Path(__file__).resolve().parents[3] / "demo"
CASES = sorted(path.stem for path in (DEMO / "cases").glob("*.yaml"))


@dataclass(frozen=True)
class Demo:
    """One event of one case: what surrounds it, and the time that the demo stores."""

    case: str
    key: str
    context: Context
    stored: Entry


@cache
def terms() -> dict[str, Any]:
    return {term["slug"]: term for term in yaml.safe_load((DEMO / "terms.yaml").read_text("utf-8"))}


@cache
def events_of(case: str) -> tuple[Demo, ...]:
    """In the order of the report."""
    data = yaml.safe_load((DEMO / "cases" / f"{case}.yaml").read_text("utf-8"))
    known = {row["key"]: row for row in data["events"]}
    return tuple(
        Demo(case, row["key"], _context(data, known, row, place), _entry(row, data))
        for place, row in enumerate(data["events"])
    )


def find(case: str, key: str) -> Demo:
    return next(demo for demo in events_of(case) if demo.key == key)


def id_of(key: str) -> str:
    """Ids tell nothing, so no words can name an event by one."""
    return f"@{key}" if key else ""


def bounds(told: dict[str, Any]) -> Bounds:
    return Bounds(
        told.get("low"),
        told.get("high"),
        Precision(told["precision"]),
        str(told.get("reported_as", "")),
    )


def _start(known: dict[str, Any], row: dict[str, Any]) -> Bounds:
    own = bounds(row["start"])
    return own.shifted_by(_start(known, known[row["anchor"]])) if "anchor" in row else own


def _end(known: dict[str, Any], row: dict[str, Any]) -> Bounds | None:
    if "end" in row:
        own = bounds(row["end"])
        return own.shifted_by(_start(known, known[row["anchor"]])) if "anchor" in row else own
    if "duration" in row:
        length = lasting(row["duration"]["low"], row["duration"]["high"])
        return length.shifted_by(_start(known, row))
    return None


def _known(known: dict[str, Any], row: dict[str, Any]) -> KnownEvent:
    names = [str(row[name]) for name in ("brand", "agent", "device", "label_zh") if name in row]
    if "term" in row:
        term = terms()[row["term"]]
        names += [term["display"], term.get("display_zh", ""), *map(str, term.get("synonyms", []))]
    return KnownEvent(
        id=id_of(row["key"]),
        label=row["label"],
        category=row["category"],
        start=_start(known, row),
        end=_end(known, row),
        is_index=row.get("is_index", False),
        anchor=id_of(row.get("anchor", "")),
        told=bounds(row["start"]),
        names=tuple(name for name in names if name),
    )


def _context(
    data: dict[str, Any], known: dict[str, Any], row: dict[str, Any], place: int
) -> Context:
    others = [_known(known, other) for other in data["events"] if other is not row]
    order = chronological([event.start for event in others])
    age = data.get("age")
    return Context(
        events=tuple(others[index] for index in order),
        previous=id_of(data["events"][place - 1]["key"] if place else ""),
        is_index=row.get("is_index", False),
        day_zero_year=data.get("day_zero_year"),
        age_low=age,
        age_high=age,
        category=row["category"],
    )


def _entry(row: dict[str, Any], data: dict[str, Any]) -> Entry:
    duration, frequency = None, None
    if "duration" in row:
        told = row["duration"]
        duration = Duration(told["low"], told["high"], told.get("reported_as", ""))
    if "frequency" in row:
        frequency = Frequency(
            row["frequency"], row.get("frequency_times"), row.get("frequency_days")
        )
    year = data.get("day_zero_year") if row.get("is_index") else None
    return Entry(
        start=bounds(row["start"]),
        end=bounds(row["end"]) if "end" in row else None,
        duration=duration,
        ongoing=row.get("ongoing", False),
        anchor=id_of(row.get("anchor", "")),
        frequency=frequency,
        day_zero_year=year,
    )


def labels_of(case: str) -> dict[str, str]:
    """The label of each event, by its key."""
    data = yaml.safe_load((DEMO / "cases" / f"{case}.yaml").read_text("utf-8"))
    return {row["key"]: row["label"] for row in data["events"]}
