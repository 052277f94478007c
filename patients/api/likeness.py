"""Cases that are like one, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from django.urls import reverse
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from literature.rest.views import RecordViewSet
from patients.api.versions import gone_if_withdrawn
from patients.like_form import weights_of
from patients.like_page import find_like
from patients.likeness import Weights
from patients.likeness.words import opened
from patients.likeness_reading import LikeCase
from patients.reading import read_case


@dataclass(frozen=True, slots=True)
class LikeReason:
    """A way in which the two cases are like each other."""

    part: str
    share: float
    """How far they agree in it, above 0 and at most 1."""
    points: float
    """The share times the weight of the part."""
    words: str
    """“Here” is the case that was asked for, “there” the like one."""


@dataclass(frozen=True, slots=True)
class LikeRow:
    accession: str
    title: str
    points: float
    """Of `points_at_most`."""
    reasons: list[LikeReason]
    """The weightiest first."""
    url: str
    """Its page."""


@dataclass(frozen=True, slots=True)
class LikeData:
    """The published cases that are most like one, at most fifty, the most like first.

    They are the nearest by the usual weights; other weights put these in another order.
    """

    weights: dict[str, int]
    points_at_most: int
    results: list[LikeRow]


class LikeActions(RecordViewSet):
    """For the viewset of cases."""

    @action(detail=True, methods=["get"])
    def like(self, request: Request, **kwargs: Any) -> Response:
        """The published cases that are most like this one, and why. Each part of a likeness can be
        given a weight from 0 to 10."""
        with gone_if_withdrawn():
            reading = read_case(self.key, request.user)
        weights = weights_of(self.asked.filters)
        rows = [_row(row, weights) for row in find_like(reading, weights).rows]
        return Response(msgspec.to_builtins(LikeData(dict(weights), sum(weights.values()), rows)))


def _row(row: LikeCase, weights: Weights) -> LikeRow:
    return LikeRow(
        accession=row.accession,
        title=row.title,
        points=round(row.likeness.points(weights), 3),
        reasons=[
            LikeReason(part.key, round(part.share, 3), round(points, 3), opened(part.words))
            for part, points in row.likeness.by_weight(weights)
        ],
        url=reverse("patients:case-detail", args=[row.accession]),
    )
