"""Proposals over REST: yours, and, for those who decide, what was handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from rest_framework import exceptions
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from literature.public_ids import PUBLIC_ID_PATTERN
from literature.rest.conditional import check_match
from literature.rest.problems import FieldError, Invalid
from literature.rest.query import Asked
from literature.rest.views import ApiViewSet, refuse_body
from literature.rest.writing import Body
from patients.actions import revisions
from patients.actions import revisions_deciding as deciding
from patients.api.forms import ListForm, accession, choice
from patients.models import Revision
from patients.revisions import stepwise
from patients.revisions.page import page_of
from patients.serializers.revisions import (
    DecisionBody,
    ProposalBody,
    RemarkBody,
    RevisionBrief,
    RevisionData,
    brief,
    detail,
)
from patients.vocabulary import RevisionKind, RevisionState


class RevisionListForm(ListForm):
    SORTS = {"newest": ("-created_at", "-pk"), "waiting": ("submitted_at", "pk")}

    case = accession()
    state = choice(RevisionState.choices)
    kind = choice(RevisionKind.choices)
    mine = forms.ChoiceField(
        required=False,
        choices=[("", "All"), ("author", "author"), ("assignee", "assignee")],
        help_text="`author`, those you wrote; `assignee`, those given to you",
    )


class RevisionViewSet(ApiViewSet):
    """Proposals of changes. A proposal is kept apart from the case until a curator accepts it."""

    noun, plural = "revision", "revisions"
    lookup_field = "id"
    lookup_value_regex = PUBLIC_ID_PATTERN.strip("^$")
    search_form = RevisionListForm
    row_shape, shape = RevisionBrief, RevisionData
    bodies: ClassVar[Mapping[str, type[Body]]] = {
        "create": ProposalBody,
        "comment": RemarkBody,
        "decide": DecisionBody,
    }

    def permission_for(self, action: str | None) -> str | None:
        match action:
            case None | "metadata":
                return None
            case "create":
                return "patients.propose_revision"
            case "decide":
                return "patients.decide_revision"
        return "patients.propose_case"

    def visible(self) -> Any:
        return Revision.objects.visible_to(self.request.user).select_related(
            "case", "author", "assignee", "decided_by", "source_reference", "edit"
        )

    def one(self) -> Revision:
        """Raises Revision.DoesNotExist, also for what is hidden."""
        found: Revision = self.visible().get(public_id=self.key)
        return found

    def found(self, asked: Asked) -> Any:
        filters, user = asked.filters, self.request.user
        rows = self.visible()
        wanted = {"case__accession": "case", "state": "state", "kind": "kind"}
        rows = rows.filter(
            **{name: filters[key] for name, key in wanted.items() if filters.get(key)}
        )
        if filters.get("mine"):
            rows = rows.filter(**{filters["mine"]: user})
        return rows.order_by(*RevisionListForm.SORTS[filters.get("sort") or "newest"])

    def rows(self, found: list[Revision]) -> list[Any]:
        rows: list[Any] = msgspec.to_builtins([brief(revision) for revision in found])
        return rows

    def read(self) -> Any:
        return msgspec.to_builtins(detail(page_of(self.one(), self.request.user)))

    def create(self, request: Request, **kwargs: Any) -> Response:
        """Hands in a proposal of up to 100 steps on one published case."""
        sent = self._sent(ProposalBody)
        try:
            made = stepwise.propose(**sent, request=request)
        except stepwise.StepError as error:
            told = error.message_dict
            raise Invalid(
                [FieldError(path, words) for path, all_ in told.items() for words in all_]
            ) from None
        except PermissionDenied as error:
            raise exceptions.PermissionDenied(str(error)) from None
        revision = self.visible().get(pk=made.pk)
        payload = msgspec.to_builtins(detail(page_of(revision, request.user)))
        response = self.answer(payload, 201)
        response["Location"] = f"{request.path}{revision.public_id}/"
        return response

    @action(detail=True, methods=["post"])
    def comment(self, request: Request, **kwargs: Any) -> Response:
        """Adds a remark to the conversation."""
        sent = self._sent(RemarkBody)
        revisions.comment(revision=self.one(), text=sent["text"], by=request.user)
        return self.answer(self.read())

    @action(detail=True, methods=["post"])
    def decide(self, request: Request, **kwargs: Any) -> Response:
        """Accepts it, or the parts that are named; rejects it; or asks its author back. Nobody
        decides their own."""
        sent = self._sent(DecisionBody)
        with transaction.atomic():
            self._decide(self._matched(), sent.pop("do"), sent)
        return self.answer(self.read())

    def _decide(self, revision: Revision, do: str, sent: dict[str, Any]) -> None:
        told = {"revision": revision, "reason": sent["reason"], "by": self.request.user}
        try:
            if do == "reject":
                deciding.reject(**told)
            elif do == "ask":
                deciding.ask_back(**told)
            else:
                deciding.accept(**told, parts=sent.get("parts"), seen=sent["seen"])
        except PermissionDenied as error:
            raise exceptions.PermissionDenied(str(error)) from None

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Takes back a proposal of yours that is not decided."""
        refuse_body(request)
        with transaction.atomic():
            try:
                revisions.withdraw(revision=self._matched(), by=request.user)
            except PermissionDenied as error:
                raise exceptions.PermissionDenied(str(error)) from None
        return self.answer(self.read())

    def _matched(self) -> Revision:
        """The proposal, locked. `If-Match` is honoured but not asked for."""
        revision = self.one()
        if "If-Match" in self.request.headers:
            revisions.locked(revision)
            check_match(self.request, self.etag(self.read()))
        return revision

    def _sent(self, body: type[Body]) -> dict[str, Any]:
        serializer = body(data=self.request.data, context={"request": self.request})
        serializer.is_valid(raise_exception=True)
        sent: dict[str, Any] = dict(serializer.validated_data)
        return sent
