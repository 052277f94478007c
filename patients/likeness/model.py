"""What of a case is compared, and what a comparison says. Frozen, and fit for JSON."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A term: two cases share it where the slugs are the same."""

    slug: str
    display: str


@dataclass(frozen=True, slots=True)
class Vein:
    """A vein that was narrowed, closed or grown into, at any time of the course."""

    site: Named
    states: list[str]
    """Of `Patency`, in order of time; one that goes on is there once. Empty where only a thrombus
    is reported."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind of lesion, and where."""

    kind: str
    site: Named | None


@dataclass(frozen=True, slots=True)
class Treatment:
    """What was done first at its place in the order of time."""

    kind: str
    """Of `Category`."""
    term: Named | None


@dataclass(frozen=True, slots=True)
class Features:
    """What is not reported is empty or None, and is like nothing."""

    diagnosis: Named | None
    also_diagnosed: list[Named]
    """Other terms of the diagnoses in its course."""
    site: Named | None
    veins: list[Vein]
    findings: list[Finding]
    treatments: list[Treatment]
    references: list[str]
    """Public ids, in order of their numbers in the case."""
    sex: str
    age_low: int | None
    age_high: int | None
    age_words: str


@dataclass(frozen=True, slots=True)
class Part:
    """One way in which two cases are like each other."""

    key: str
    """Of `patients.likeness.weights.PARTS`."""
    share: float
    """Above 0 and at most 1: how far they agree."""
    words: str
    """Why, read from the first case: “here” is its own, “there” the other one."""
