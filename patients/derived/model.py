"""What a derived statement is made of: it names its rule, the source of the rule and its inputs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    key: str
    name: str
    source: str
    """The publication that states the rule."""
    note: str = ""
    """What a reader must know beside every result of it."""
    version: int = 1
    """Goes up with every change of the rule that may change a result."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that the result rests on, in words, and where the case shows it."""

    words: str
    target: str
    """`event-`, `finding-` or `lesion-` with its id, as the case page's anchors are named."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A result, or the reason why there is none. Exactly one of `result` and `reason` is there."""

    rule: Rule
    target: str
    """What it is said of, named as in `Input`; of a time between events the first, a dot, and the
    second."""
    heading: str
    inputs: tuple[Input, ...]
    result: str = ""
    """A short code, such as `partial`, `G2` or `91..152`."""
    words: str = ""
    """The result in a sentence."""
    reason: str = ""
    """Why it cannot be derived, in a sentence."""
    reported: str = ""
    """What the report itself says, in the same code; empty where it says nothing."""
    reported_words: str = ""
    days: tuple[int | None, int | None] = (None, None)
    """Of a time between events: the lowest and the highest, None where it is open."""

    @property
    def disagrees(self) -> bool:
        """Whether the report says something else."""
        return bool(self.result and self.reported and self.result != self.reported)
