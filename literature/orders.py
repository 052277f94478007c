"""The orders that a search page offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RELEVANCE: Final = "relevance"
NEWEST: Final = "newest"


@dataclass(frozen=True, slots=True)
class OrderChoice:
    value: str
    label: str
    is_chosen: bool


def order_choices(sorts: Mapping[str, str], *, words: str, asked: str) -> list[OrderChoice]:
    """Those of `sorts`, labels by value, that make a difference. The usual one is called what it is
    and stays out of the address, so that it follows the words: with them the best match comes
    first, else the newest."""
    usual = RELEVANCE if words.strip() else NEWEST
    offered = {"": sorts[usual]} | {
        value: label for value, label in sorts.items() if value not in (usual, RELEVANCE)
    }
    chosen = asked if asked in offered else ""
    return [OrderChoice(value, label, value == chosen) for value, label in offered.items()]
