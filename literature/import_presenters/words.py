"""Numbers and names of imports, in words."""

from __future__ import annotations

from typing import Final

from literature.importers.registry import IMPORTERS
from literature.importing import Plan, Undoing
from literature.lookup import IDENTIFIERS

LONGEST_GUESS: Final = 2 * 24 * 3600
"""Seconds; a longer time to go is not worth saying."""
_KILO: Final = 1000


def many(number: int, one: str, more: str = "") -> str:
    """`1 reference`, `1,204 references`."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def joined(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def size_words(size: int) -> str:
    """`812 bytes`, `12 KB`, `3.4 MB`."""
    if size < _KILO:
        return many(size, "byte")
    if size < _KILO**2:
        return f"{size / _KILO:.0f} KB"
    return f"{size / _KILO**2:.1f} MB"


def format_words(name: str) -> str:
    if name == IDENTIFIERS.name:
        return IDENTIFIERS.label
    importer = IMPORTERS.get(name)
    return importer.label if importer else name


def plan_words(plan: Plan, tied_within: int, filled_within: int) -> str:
    """Exactly what bringing in will do, or did. `tied_within` and `filled_within` are those of
    `plan.tied` and `plan.filled` that are tied to another row of the import."""
    parts = [f"{plan.added:,} added"] if plan.added else []
    if plan.tied > tied_within:
        parts.append(f"{plan.tied - tied_within:,} tied to references we hold")
    if plan.filled > filled_within:
        filled = f"{plan.filled - filled_within:,} tied to references we hold"
        parts.append(f"{filled}, their empty fields filled")
    if tied_within + filled_within:
        parts.append(f"{tied_within + filled_within:,} the same as another row")
    if plan.left_out:
        parts.append(f"{plan.left_out:,} left out")
    if plan.undecided:
        parts.append(f"{plan.undecided:,} still to decide")
    return f"{', '.join(parts) or 'Nothing to bring in'}."


def undo_words(undoing: Undoing) -> str:
    """What taking an import back removes."""
    parts = [many(undoing.references, "reference")] if undoing.references else []
    if undoing.texts:
        parts.append(many(undoing.texts, "text"))
    if undoing.list_items:
        parts.append(many(undoing.list_items, "entry", "entries") + " of a reference list")
    if undoing.filled:
        parts.append(f"what was filled into {many(undoing.filled, 'reference')} we held")
    if not parts:
        return "This import added nothing, so undoing it takes nothing away."
    return (
        f"Undoing it takes away {joined(parts)}. It is refused as a whole if anything has come to "
        "rest on them since."
    )


def rate_words(done: int, total: int, rate: float) -> str:
    """`About 850 rows a second, a minute to go`; `rate` is rows a second, 0 where not known."""
    if rate <= 0:
        return ""
    speed = (
        f"about {many(round(rate), 'row')} a second" if rate >= 1 else "less than a row a second"
    )
    if total <= done:
        return f"{speed}."
    seconds = (total - done) / rate
    if seconds < 60:
        left = "less than a minute to go"
    elif seconds < 5400:
        left = f"about {many(round(seconds / 60), 'minute')} to go"
    elif seconds < LONGEST_GUESS:
        left = f"about {many(round(seconds / 3600), 'hour')} to go"
    else:
        return f"{speed}."
    return f"{speed}, {left}."
