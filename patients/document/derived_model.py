"""What the case document holds of derived results: see `patients.derived`, which makes them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DerivedInputData:
    """One thing that a derived result rests on, in words, and where the case says it."""

    words: str
    kind: str
    """`event`, `finding` or `lesion`."""
    id: str


@dataclass(frozen=True, slots=True)
class SetAsideData:
    """That a curator set a derived result aside, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class DerivedData:
    """What follows from the case by a rule, or why nothing does: one of `result` and `reason` is
    there. It is not what the report says; that is `reported`."""

    id: str
    """The rule's key and the subject, joined by a dot: the same as long as both are."""
    subject: str
    """`event-`, `finding-` or `lesion-` with an id; of the time between two events both, joined by
    a dot."""
    heading: str
    """What it is about, in words."""
    result: str
    """A code, such as `partial`, `G2` or `91..152`, which is days from low to high."""
    words: str
    """The result in a sentence."""
    reason: str
    """Why it cannot be derived, in a sentence."""
    reported: str
    """What the report itself says, as a code of the same rule; empty where it says nothing."""
    reported_words: str
    disagrees: bool
    """Whether the report says something else than the result."""
    inputs: list[DerivedInputData]
    set_aside: SetAsideData | None = None
    """Where a curator holds that the result does not fit this case: it is shown as set aside and
    used nowhere."""
    low_days: int | None = None
    high_days: int | None = None
    """The bounds of a time between events; null where they are open, and for other rules."""


@dataclass(frozen=True, slots=True)
class RuleData:
    """A rule and all that follows from the case by it, in order of time."""

    key: str
    name: str
    version: int
    """It rises with every change of the rule that may change a result."""
    source: str
    """The publication that states it, or that it is Casebase’s own."""
    note: str
    """What a reader must know beside every result of it."""
    results: list[DerivedData]
