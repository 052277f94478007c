"""The way of a case to readers: what must be done, and the steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from django.db import transaction
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from literature.rest.conditional import check_match
from literature.rest.fields import StrictBooleanField, StrictCharField, StrictChoiceField
from literature.rest.problems import FieldError, NotReady
from literature.rest.views import RecordViewSet, refuse_body
from literature.rest.writing import Body
from patients import publishing as rules
from patients.actions import publishing
from patients.care import ITEMS, care_items
from patients.document import build_document, checksum
from patients.models import Case
from patients.models.publishing import MAX_REASON
from patients.vocabulary import CareState, Consent

MAX_NOTE: Final = 300


@dataclass(frozen=True, slots=True)
class CheckData:
    key: str
    title: str
    done: bool
    says: list[str]
    """What is so, or what must be done, in sentences."""


@dataclass(frozen=True, slots=True)
class CareItemData:
    key: str
    label: str
    state: str
    """`present`, `absent` or `not_applicable`; empty where nobody has looked."""
    shown_by: str
    """What in the record shows it; empty where nothing does."""
    is_derived: bool
    """The state comes from the record; nobody has ticked it."""


@dataclass(frozen=True, slots=True)
class ChecksData:
    """What must be done before a case goes to readers."""

    case: str
    ready: bool
    checks: list[CheckData]
    care: list[CareItemData]
    consent: str
    consent_note: str
    checksum: str
    """Of the working record that the checks are about."""


class CareField(serializers.DictField):
    child = StrictChoiceField(choices=[("", "Not looked at yet"), *CareState.choices])

    def to_internal_value(self, data: Any) -> Any:
        value = super().to_internal_value(data)
        unknown = {str(key)[:40]: ["Is no item of CARE."] for key in value if key not in ITEMS}
        if unknown:
            raise serializers.ValidationError(unknown)
        return value


class ChecksBody(Body):
    """What was looked at. All of it is replaced; what is left out was not looked at."""

    care = CareField(required=False, help_text="State by item")
    consent = StrictChoiceField(choices=[("", "Not said yet"), *Consent.choices], required=False)
    consent_note = StrictCharField(required=False, allow_blank=True, max_length=MAX_NOTE)
    class_seen = StrictBooleanField(
        required=False, help_text="That the number of like cases was looked at, as `checks` says it"
    )


class ReasonBody(Body):
    reason = StrictCharField(max_length=MAX_REASON)


BODIES: Final[Mapping[str, type[Body]]] = {
    "record_checks": ChecksBody,
    "send_back": ReasonBody,
    "withdraw": ReasonBody,
}
NEEDS: Final[Mapping[str, str]] = {
    "checks": "patients.change_case",
    "submit": "patients.change_case",
    "send_back": "patients.change_case",
    "record_checks": "patients.publish_case",
    "publish": "patients.publish_case",
    "withdraw": "patients.withdraw_case",
}


class PublishingActions(RecordViewSet):
    """For the viewset of cases."""

    @action(detail=True, methods=["get"])
    def checks(self, request: Request, **kwargs: Any) -> Response:
        """What must be done before the working record goes to readers, as it stands for you."""
        case = Case.objects.visible_to(request.user).with_timeline().get(accession=self.key)
        return Response(checks_data(case, request.user))

    @action(detail=True, methods=["post"], url_path="checks/record")
    def record_checks(self, request: Request, **kwargs: Any) -> Response:
        """Records the CARE items, what is known of consent, and that the number of like cases was
        looked at."""
        data = _body(ChecksBody, request)
        with transaction.atomic():
            row = self._matched_if_asked(request)
            words, _ = rules.like_cases(row, build_document(row))
            publishing.record_checks(
                case=row,
                care=data.get("care", {}),
                consent=data.get("consent", ""),
                consent_note=data.get("consent_note", ""),
                class_seen=words if data.get("class_seen") else "",
                by=request.user,
            )
            return Response(checks_data(row, request.user))

    @action(detail=True, methods=["post"])
    def submit(self, request: Request, **kwargs: Any) -> Response:
        """Hands the working record in for review. What readers see does not change."""
        refuse_body(request)
        return self._step(request, lambda row: publishing.submit(case=row, by=request.user))

    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, **kwargs: Any) -> Response:
        """Ends the review without publishing."""
        reason = _body(ReasonBody, request)["reason"]
        return self._step(
            request, lambda row: publishing.send_back(case=row, reason=reason, by=request.user)
        )

    @action(detail=True, methods=["post"])
    def publish(self, request: Request, **kwargs: Any) -> Response:
        """Freezes the working record as the next version, which readers see from now on. Where a
        check is open the answer is 409, and `errors` says which and what must be done."""
        refuse_body(request)
        return self._step(request, lambda row: publishing.publish(case=row, by=request.user))

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Takes a published case out of every public surface. A page stays that says when and
        why; the versions are kept."""
        reason = _body(ReasonBody, request)["reason"]
        return self._step(
            request, lambda row: publishing.withdraw(case=row, reason=reason, by=request.user)
        )

    def _step(self, request: Request, step: Callable[[Case], Any]) -> Response:
        with transaction.atomic():
            row = self._matched_if_asked(request)
            try:
                step(row)
            except publishing.NotReadyError as error:
                raise NotReady(
                    [FieldError(key, told) for key, says in error.message_dict.items()
                     for told in says]
                ) from None  # fmt: skip
            return self.answer(self.read_row(row))

    def _matched_if_asked(self, request: Request) -> Case:
        """The row, locked. `If-Match` is honoured here but not asked for."""
        row = self.locked()
        if not Case.objects.visible_to(request.user).filter(pk=row.pk).exists():
            raise PermissionDenied
        if "If-Match" in request.headers:
            check_match(request, self.etag(self.read_row(row)), self.teller(row))
        return Case.objects.with_timeline().get(pk=row.pk)


def _body(kind: type[Body], request: Request) -> dict[str, Any]:
    body = kind(data=request.data)
    body.is_valid(raise_exception=True)
    data: dict[str, Any] = body.validated_data
    return data


def checks_data(case: Case, user: Any) -> Any:
    document = build_document(Case.objects.with_timeline().get(pk=case.pk))
    review = rules.review_of(case)
    checks = rules.checks_of(case, user, document, review)
    items = care_items(document, review.care)
    return msgspec.to_builtins(
        ChecksData(
            case=case.accession,
            ready=all(check.done for check in checks),
            checks=[CheckData(row.key, row.title, row.done, row.says) for row in checks],
            care=[
                CareItemData(row.key, row.label, row.state, row.shown_by, row.is_derived)
                for row in items
            ],
            consent=review.consent,
            consent_note=review.consent_note,
            checksum=checksum(document),
        )
    )
