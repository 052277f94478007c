"""Derived results of a case over REST: to set one aside with a reason, and to take that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from django.db import transaction
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from literature.public_ids import CROCKFORD
from literature.rest.conditional import lock_and_match
from literature.rest.fields import StrictCharField
from literature.rest.problems import NOT_HERE
from literature.rest.writing import Body
from patients.actions import derived
from patients.document import build_document
from patients.document.derived_model import RuleData
from patients.models import Case
from patients.models.derived import MAX_REASON

RESULT_PATTERN: Final = rf"^[a-z0-9_]{{1,20}}(\.(event|finding|lesion)-[{CROCKFORD}]{{10}}){{1,2}}$"
MAX_RESULT: Final = 60


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A derived result that a curator set aside."""

    id: str
    result: str
    """The id of the derived result."""
    is_derived: bool
    """Whether the working record still gives this result."""
    reason: str
    by: str
    at: datetime
    taken_back_by: str
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class DerivedResults:
    """What follows from the working record by rule, and what was set aside. It supports a reader's
    judgement and does not replace it."""

    case: str
    derived: list[RuleData]
    set_aside: list[SetAsideRow]
    """The newest first, with what was taken back."""


class ResultBody(Body):
    result = serializers.RegexField(
        RESULT_PATTERN, max_length=MAX_RESULT, help_text="The id of a derived result"
    )


class SetAsideBody(ResultBody):
    reason = StrictCharField(
        max_length=MAX_REASON, help_text="Why it does not fit this case; readers are shown it"
    )


DERIVED_BODIES: Final[Mapping[str, type[Body]]] = {
    "set_aside_derived": SetAsideBody,
    "take_back_derived": ResultBody,
}
DERIVED_NEEDS: Final[Mapping[str, str]] = {
    "derived": "patients.change_case",
    "set_aside_derived": "patients.set_aside_derived",
    "take_back_derived": "patients.set_aside_derived",
}
DERIVED_ANSWERS: Final[Mapping[str, type]] = dict.fromkeys(DERIVED_NEEDS, DerivedResults)


class DerivedActions:
    """For the viewset of cases."""

    key: str

    @action(detail=True, methods=["get"])
    def derived(self, request: Request, **kwargs: Any) -> Response:
        """What follows from the working record by rule, and what was set aside. What a published
        version holds of it is in the case itself."""
        return Response(derived_results(self._working(request)))

    @derived.mapping.post
    def set_aside_derived(self, request: Request, **kwargs: Any) -> Response:
        """Sets one derived result aside. Readers of the next version see it so, with the
        reason."""
        body = SetAsideBody(data=request.data)
        body.is_valid(raise_exception=True)
        with transaction.atomic():
            lock_and_match(self, request)
            derived.set_aside(case=self._working(request), by=request.user, **body.validated_data)
        return Response(derived_results(self._working(request)))

    @action(detail=True, methods=["post"], url_path="derived/take-back")
    def take_back_derived(self, request: Request, **kwargs: Any) -> Response:
        """Lets a derived result stand again that was set aside."""
        body = ResultBody(data=request.data)
        body.is_valid(raise_exception=True)
        with transaction.atomic():
            lock_and_match(self, request)
            derived.take_back(case=self._working(request), by=request.user, **body.validated_data)
        return Response(derived_results(self._working(request)))

    def _working(self, request: Request) -> Case:
        found = Case.objects.visible_to(request.user).with_timeline()
        case = found.filter(accession=self.key).first()
        if case is None:
            raise NotFound(NOT_HERE)
        return case


def derived_results(case: Case) -> Any:
    document = build_document(case)
    now = {row.id for rule in document.derived for row in rule.results}
    rows = case.derived_set_asides.select_related("by", "undone_by")
    return msgspec.to_builtins(
        DerivedResults(
            case=case.accession,
            derived=document.derived,
            set_aside=[
                SetAsideRow(
                    id=row.public_id,
                    result=row.key,
                    is_derived=row.key in now,
                    reason=row.reason,
                    by=row.by.get_username() if row.by else "",
                    at=row.at,
                    taken_back_by=row.undone_by.get_username() if row.undone_by else "",
                    taken_back_at=row.undone_at,
                )
                for row in rows
            ],
        )
    )
