"""Identifying text in a case over REST, for those who edit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from literature.public_ids import PUBLIC_ID_PATTERN
from literature.rest.conditional import lock_and_match
from literature.rest.fields import StrictCharField
from literature.rest.problems import NOT_HERE
from literature.rest.writing import Body
from patients.actions import clearing
from patients.document import build_document
from patients.models import Case
from patients.models.clearing import MAX_REASON
from patients.screening import Finding, of_document

FINGERPRINT_PATTERN: Final = "^[0-9a-f]{64}$"


@dataclass(frozen=True, slots=True)
class IdentifyingFinding:
    """Words that may identify the patient, where they stand in the working record."""

    id: str
    """Of these words at this place: 64 hexadecimal digits. It changes with the words around."""
    kind: str
    row_kind: str
    row: str
    """The public id of the row; of the case itself, its accession."""
    field: str
    place: str
    """The row and the field in words."""
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class ClearingData:
    """A finding that a curator let stand, with the reason."""

    id: str
    finding: str
    """The id of what it clears."""
    stands: bool
    """Whether these words are in the record now."""
    kind: str
    row_kind: str
    row: str
    field: str
    reason: str
    by: str
    at: datetime
    taken_back_by: str
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class IdentifyingData:
    """What waits to be looked at, and what was cleared. Rules found it, so that it may be wrong,
    and there may be more: it supports a reader's judgement and does not replace it."""

    case: str
    waiting: list[IdentifyingFinding]
    clearings: list[ClearingData]


class ClearBody(Body):
    finding = serializers.RegexField(FINGERPRINT_PATTERN, max_length=64, help_text="Its id")
    reason = StrictCharField(max_length=MAX_REASON, help_text="Why these words may stand")


class TakeBackBody(Body):
    clearing = serializers.RegexField(PUBLIC_ID_PATTERN, max_length=10, help_text="Its id")


IDENTIFYING_BODIES: Final[Mapping[str, type[Body]]] = {
    "clear_identifying": ClearBody,
    "take_back_clearing": TakeBackBody,
}
IDENTIFYING_NEEDS: Final[Mapping[str, str]] = {
    "identifying": "patients.change_case",
    "clear_identifying": "patients.clear_finding",
    "take_back_clearing": "patients.clear_finding",
}
IDENTIFYING_ANSWERS: Final[Mapping[str, type]] = dict.fromkeys(IDENTIFYING_NEEDS, IdentifyingData)


class IdentifyingActions:
    """For the viewset of cases."""

    key: str

    @action(detail=True, methods=["get"])
    def identifying(self, request: Request, **kwargs: Any) -> Response:
        """What may identify the patient in the working record, and what was cleared."""
        return Response(identifying_data(self._case(request)))

    @identifying.mapping.post
    def clear_identifying(self, request: Request, **kwargs: Any) -> Response:
        """Clears one finding. Clearing it again changes nothing."""
        body = ClearBody(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        reasons = {said["finding"]: said["reason"]}
        with transaction.atomic():
            lock_and_match(self, request)
            try:
                clearing.clear(case=self._case(request), reasons=reasons, by=request.user)
            except ValidationError as error:
                [words] = error.message_dict[said["finding"]]
                blamed = "finding" if words == clearing.GONE else "reason"
                raise ValidationError({blamed: words}) from None
        return Response(identifying_data(self._case(request)))

    @action(detail=True, methods=["post"], url_path="identifying/take-back")
    def take_back_clearing(self, request: Request, **kwargs: Any) -> Response:
        """Takes a clearing back: the finding waits again."""
        body = TakeBackBody(data=request.data)
        body.is_valid(raise_exception=True)
        with transaction.atomic():
            lock_and_match(self, request)
            case = self._case(request)
            row = case.clearings.filter(public_id=body.validated_data["clearing"]).first()
            if row is None:
                raise ValidationError({"clearing": "The case has no such clearing."})
            try:
                clearing.take_back(clearing=row, by=request.user)
            except ValidationError as error:
                raise ValidationError({"clearing": error.messages}) from None
        return Response(identifying_data(self._case(request)))

    def _case(self, request: Request) -> Case:
        case = Case.objects.visible_to(request.user).with_timeline().filter(accession=self.key)
        found = case.first()
        if found is None:
            raise NotFound(NOT_HERE)
        return found


def identifying_data(case: Case) -> Any:
    findings = of_document(build_document(case))
    rows = list(case.clearings.select_related("by", "undone_by"))
    standing = {row.fingerprint for row in rows if row.undone_at is None}
    now = {finding.fingerprint for finding in findings}
    return msgspec.to_builtins(
        IdentifyingData(
            case=case.accession,
            waiting=[_told(row) for row in findings if row.fingerprint not in standing],
            clearings=[
                ClearingData(
                    id=row.public_id,
                    finding=row.fingerprint,
                    stands=row.undone_at is None and row.fingerprint in now,
                    kind=row.kind,
                    row_kind=row.row_kind,
                    row=row.row_id,
                    field=row.field,
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


def _told(finding: Finding) -> IdentifyingFinding:
    place = finding.place
    return IdentifyingFinding(
        id=finding.fingerprint,
        kind=str(finding.kind),
        row_kind=str(place.kind),
        row=place.id,
        field=place.field,
        place=place.label,
        before=finding.before,
        text=finding.text,
        after=finding.after,
    )
