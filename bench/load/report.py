"""What was seen, as tables: by kind, by window, and the memory of each process by window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Final

from bench.load.client import Seen
from bench.load.driving import Step
from bench.load.watching import Memory

NAME: Final = "load"
"""Of its section."""


@dataclass(frozen=True, slots=True)
class Load:
    """An hour, or less. It can be written by `bench.reading.report.write_into`."""

    title: str
    told: str
    """On what it was measured, and by which command."""
    steps: Sequence[Step]
    rate: float
    """Visits a second that were held."""
    seen: Sequence[Seen]
    errors: Sequence[str]
    memory: Memory
    begin: float
    window: float
    """Seconds."""
    count: int
    """Windows."""
    name: str = NAME

    def __str__(self) -> str:
        parts = [
            f"### {self.title}", self.told, self._ramp(), self._by_kind(), self._by_window(),
            self._by_process(),
        ]  # fmt: skip
        if self.errors:
            parts.append("\n".join(f"- `{error}`" for error in self.errors))
        return "\n\n".join(parts)

    def _ramp(self) -> str:
        told = ", ".join(f"{step.at_once}: {step.visits:.1f}" for step in self.steps)
        return f"Visits a second with so many visitors at once: {told}. Held: {self.rate:.1f}."

    def _by_kind(self) -> str:
        kinds = sorted({each.kind for each in self.seen})
        rows = [_row(kind, [each for each in self.seen if each.kind == kind]) for kind in kinds]
        return table(("what", *_MEASURED), [*rows, _row("all", self.seen)])

    def _by_window(self) -> str:
        rows = []
        for number in range(self.count):
            begin = self.begin + number * self.window
            within = [each for each in self.seen if begin <= each.at < begin + self.window]
            rows.append(_row(self._name(number), within))
        return table(("minutes", *_MEASURED), rows)

    def _by_process(self) -> str:
        names = sorted({name for _, told in self.memory.looks for name in told})
        windows = [self._most(number) for number in range(self.count)]
        rows = [[name, *(f"{told.get(name, 0):.0f}" for told in windows)] for name in names]
        head = ["most MB in minutes", *map(self._name, range(self.count))]
        return table(head, rows)

    def _most(self, number: int) -> dict[str, float]:
        begin = self.begin + number * self.window
        found: dict[str, float] = {}
        for at, told in self.memory.looks:
            if begin <= at < begin + self.window:
                for name, much in told.items():
                    found[name] = max(much, found.get(name, 0))
        return found

    def _name(self, number: int) -> str:
        first, last = number * self.window / 60, (number + 1) * self.window / 60
        return f"{first:.3g}–{last:.3g}"


_MEASURED: Final = ("requests", "errors", "p50 ms", "p95 ms")


def _row(name: str, seen: Sequence[Seen]) -> list[str]:
    middle, slow = percentiles([each.seconds for each in seen])
    errors = sum(each.is_error for each in seen)
    return [name, f"{len(seen):,}", str(errors), f"{middle * 1e3:.1f}", f"{slow * 1e3:.1f}"]


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 95th; zero of nothing."""
    if len(seconds) < 2:
        return (seconds[0], seconds[0]) if seconds else (0.0, 0.0)
    cuts = quantiles(seconds, n=100, method="inclusive")
    return cuts[49], cuts[94]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
