"""Conditions of a search as SQL over the index, with their values apart. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from patients.models import SearchStep
from patients.searching.wanted import Direction, Sequence, Wanted

CONFIG: Final = "pg_catalog.english"
STEPS: Final = SearchStep._meta.db_table
_OF_ROOT: Final = (
    "(SELECT {bound} FROM unnest(t.roots, t.root_lows, t.root_highs) AS tr (root, low, high) "
    "JOIN unnest(f.roots, f.root_lows, f.root_highs) AS fr (root, low, high) USING (root))"
)
EARLIEST: Final = ("t.low - f.high", _OF_ROOT.format(bound="max(tr.low - fr.high)"))
"""Days from the start of `f` to that of `t`, at least: by their own days; and where both are timed
from one event, or one from the other, by that."""
LATEST: Final = ("t.high - f.low", _OF_ROOT.format(bound="min(tr.high - fr.low)"))
_NO_ROOT: Final = "NOT t.roots && f.roots"


@dataclass(slots=True)
class Conditions:
    """Conditions on the entry `e`, all of which hold."""

    sql: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, sql: str, *values: Any) -> None:
        self.sql.append(sql)
        self.values += values

    def __str__(self) -> str:
        return " AND ".join(self.sql)


def conditions(wanted: Wanted) -> Conditions:
    found = Conditions()
    found.add("e.audience = %s", str(wanted.audience))
    if wanted.nothing:
        found.add("false")
    for _, codes in wanted.codes:
        found.add("e.codes && %s::integer[]", list(codes))
    for ties in wanted.ties:
        found.add("e.ties && %s::integer[]", list(ties))
    if wanted.year_from is not None:
        found.add("e.source_year >= %s", wanted.year_from)
    if wanted.year_to is not None:
        found.add("e.source_year <= %s", wanted.year_to)
    if wanted.only is not None:
        found.add("e.listing_id = ANY (%s::bigint[])", list(wanted.only))
    if wanted.words:
        # Behind what is in the row itself: vectors are kept apart from it, and compressed.
        found.add(f"e.vector @@ to_tsquery('{CONFIG}', %s)", wanted.words)
    if wanted.sequence is not None:
        _add_sequence(found, wanted.sequence)
    return found


def _add_sequence(found: Conditions, sequence: Sequence) -> None:
    """The index of ties narrows first; the days of what is left are compared."""
    found.add("e.ties && %s::integer[]", list(sequence.first))
    found.add("e.ties && %s::integer[]", list(sequence.then))
    when, values = apart(sequence, certain=sequence.certain)
    found.add(
        f"EXISTS (SELECT FROM {STEPS} AS f JOIN {STEPS} AS t ON t.listing_id = f.listing_id "
        "WHERE f.listing_id = e.listing_id AND f.code = ANY (%s::integer[]) "
        f"AND t.code = ANY (%s::integer[]) AND t.event <> f.event AND {when})",
        list(sequence.first), list(sequence.then), *values,
    )  # fmt: skip


def apart(sequence: Sequence, *, certain: bool) -> tuple[str, list[int]]:
    """Whether the steps `f` and `t` are as far apart as asked: possibly, or certainly.

    Certain is what either reckoning makes sure of; possible what neither rules out. The dear one is
    asked for only where the days leave it open.
    """
    low, high = _window(sequence)
    near, far = (EARLIEST, LATEST) if certain else (LATEST, EARLIEST)
    parts: list[str] = []
    values: list[int] = []
    for (by_days, by_root), sign, bound in ((near, ">=", low), (far, "<=", high)):
        if bound is None:
            continue
        if certain:
            parts.append(f"({by_days} {sign} %s OR {by_root} {sign} %s)")
        else:
            parts.append(f"{by_days} {sign} %s AND ({_NO_ROOT} OR {by_root} {sign} %s)")
        values += [bound, bound]
    return " AND ".join(parts) or "true", values


def _window(sequence: Sequence) -> tuple[int | None, int | None]:
    """From which day to which, counted from the first, the second may lie."""
    within = sequence.within
    match sequence.direction:
        case Direction.AFTER:
            return 0, within
        case Direction.BEFORE:
            return None if within is None else -within, 0
        case Direction.EITHER:
            return None if within is None else -within, within
