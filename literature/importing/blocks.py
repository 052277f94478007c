"""The rows of an import, so many at a time that no statement and no list grows with the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from literature.models import Import

BLOCK = 1000


@dataclass(frozen=True, slots=True)
class Block:
    """Rows from one position to another, both included."""

    first: int
    last: int


def blocks(imported: Import) -> Iterator[Block]:
    last = imported.rows.aggregate(last=Max("position"))["last"] or 0
    for first in range(1, last + 1, BLOCK):
        yield Block(first, min(first + BLOCK - 1, last))


def rows_in(imported: Import, block: Block) -> Any:
    return imported.rows.filter(position__range=(block.first, block.last)).order_by()
