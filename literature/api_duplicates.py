"""The queue of duplicates over REST, to be read by those who decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from rest_framework.exceptions import NotFound

from literature.duplicates.queue import queue
from literature.forms.duplicates import DuplicateQueueForm
from literature.models import DuplicatePair
from literature.public_ids import PUBLIC_ID_PATTERN
from literature.rest.problems import NOT_HERE
from literature.rest.query import Asked
from literature.rest.views import ApiViewSet
from literature.wording import short_citation

_ID = PUBLIC_ID_PATTERN.strip("^$")


@dataclass(frozen=True, slots=True)
class RecordOfPair:
    id: str
    short: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class PairData:
    """Two records that may be of one work."""

    id: str
    """Their two ids with a hyphen between."""
    certainty: str
    """`same` is certain, `probable` is not, `related` are two works that belong together."""
    reason: str
    state: str
    """`open`, `distinct` (not a duplicate) or `related`."""
    found_at: datetime
    decided_at: datetime | None
    first: RecordOfPair
    second: RecordOfPair


class DuplicateViewSet(ApiViewSet):
    """Pairs of records that may be of one work, certain ones first."""

    noun, plural = "pair of duplicates", "duplicates"
    lookup_field = "id"
    lookup_value_regex = f"{_ID}-{_ID}"
    search_form = DuplicateQueueForm
    row_shape = shape = PairData

    def permission_for(self, action: str | None) -> str | None:
        return "literature.view_duplicatepair" if action in ("list", "retrieve") else None

    def found(self, asked: Asked) -> Any:
        return queue(asked.filters)

    def rows(self, found: list[DuplicatePair]) -> list[Any]:
        rows: list[Any] = msgspec.to_builtins([pair_data(pair) for pair in found])
        return rows

    def read(self) -> Any:
        first, second = self.key.split("-")
        pair = (
            DuplicatePair.objects.select_related("first", "second")
            .filter(first__public_id=first, second__public_id=second)
            .first()
        )
        if pair is None:
            raise NotFound(NOT_HERE)
        return msgspec.to_builtins(pair_data(pair))


def pair_data(pair: DuplicatePair) -> PairData:
    return PairData(
        id=f"{pair.first.public_id}-{pair.second.public_id}",
        certainty=pair.likeness,
        reason=pair.reason,
        state=pair.state,
        found_at=pair.found_at,
        decided_at=pair.decided_at,
        first=_record(pair.first),
        second=_record(pair.second),
    )


def _record(reference: Any) -> RecordOfPair:
    csl = reference.csl
    return RecordOfPair(reference.public_id, short_citation(csl), csl["title"],
                        reference.get_absolute_url())  # fmt: skip
