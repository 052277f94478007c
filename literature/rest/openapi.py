"""The OpenAPI schema of the API's viewsets: nothing is said twice, so nothing can be said wrong.

What is read is the dataclass that makes it, what is written the serializer that checks it, the
query parameters are the form, and the errors follow from the kind of request.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from literature.rest.parameters import (
    ETAG,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_NONE_MATCH,
    MAY_MATCH,
    query_parameters,
)
from literature.rest.problems import MEDIA_TYPE, Problem
from literature.rest.shapes import page_of, reference_to
from literature.rest.views import ApiViewSet

ERRORS = {
    400: "The request is not valid; `errors` names the fields.",
    401: "Not signed in, or the token is not valid.",
    403: "Your role does not allow this.",
    404: "There is no such record, or none that you may see; or no such page.",
    406: "Only JSON is served.",
    409: "Other records rest on this one, or something must be done first.",
    410: "It was published once and is not any more; `detail` says when and why.",
    412: "The record has changed since you read it.",
    413: "The body is too large.",
    415: "Only JSON is read; for a file, what the request body says.",
    422: "The Idempotency-Key was sent before, with another request.",
    428: "`If-Match` is missing.",
    429: "Too many requests: see `Retry-After`.",
    503: "It took too long, or too much else is being done. Try again.",
}
FILE = "application/octet-stream"
FORM = "multipart/form-data"
READ_ERRORS = (400, 401, 404, 406, 429)
BODY_ERRORS = (400, 401, 403, 406, 409, 413, 415, 429)
SUMMARIES = {
    "list": "List {plural}",
    "retrieve": "Read one {noun}",
    "create": "Add a new {noun}",
    "update": "Replace {one}",
    "partial_update": "Change parts of {one}",
    "destroy": "Delete {one}",
}
FURTHER_SUMMARIES = {
    "export": "Take {plural} out, as a file or in a citation style",
    "suggest": "Suggest {plural} to somebody who is typing",
    "versions": "List the published versions of {one}",
    "version": "Read one published version of {one}",
    "like": "List what is like {one}, and why",
    "derived": "Read what follows by rule in {one}",
    "set_aside_derived": "Set aside what follows by rule in {one}",
    "take_back_derived": "Take back that something was set aside in {one}",
    "publish": "Publish {one}",
    "withdraw": "Withdraw {one}",
    "comment": "Comment on {one}",
    "checks": "Read what must be done before {one} goes to readers",
    "record_checks": "Record what was looked at before {one} goes to readers",
    "identifying": "Read what may identify the patient in {one}",
    "clear_identifying": "Clear a finding of identifying text in {one}",
    "take_back_clearing": "Take a clearing back in {one}",
    "confirmation": "Read whether {one} was confirmed",
    "confirm": "Confirm that {one} identifies nobody",
    "take_back": "Take the confirmation of {one} back",
    "submit": "Hand {one} in for review",
    "send_back": "Send {one} back",
    "references": "Read the references of {one}, as a file or in a citation style",
    "rows_of": "List the rows of {one}",
    "original": "Read the bytes of {one}",
    "decide": "Decide rows of {one}",
    "decide_all": "Decide all open rows of a verdict",
    "mend": "Mend a row of {one}",
    "save": "Bring {one} into the library",
    "cancel": "Cancel {one}",
    "undo": "Undo {one}",
}


class ApiSchema(AutoSchema):
    """Documents ApiViewSet from its attributes.

    Another view may say `summary`, `answers` (status → dataclass, or None for no body),
    `error_codes` and `write_serializer`; the rest is up to drf-spectacular.
    """

    view: Any

    @property
    def action(self) -> str:
        return getattr(self.view, "action", "") or ""

    @property
    def is_ours(self) -> bool:
        return isinstance(self.view, ApiViewSet)

    def get_operation_id(self) -> str:
        if not self.is_ours:
            return str(super().get_operation_id())
        return f"{self.view.plural.replace(' ', '_')}_{self.action}"

    def get_summary(self) -> str | None:
        if not self.is_ours:
            return getattr(self.view, "summary", None) or super().get_summary()
        words = (SUMMARIES | FURTHER_SUMMARIES)[self.action]
        noun = self.view.noun
        article = "an" if noun[0] in "aeiou" else "a"
        return words.format(one=f"{article} {noun}", noun=noun, plural=self.view.plural)

    def get_description(self) -> str:  # type: ignore[override]
        """Of usual actions the viewset's own words; a special action has words of its own."""
        if self.is_ours and self.action in SUMMARIES:
            return " ".join((type(self.view).__doc__ or "").split())
        return " ".join(str(super().get_description()).split())

    def get_auth(self) -> list[dict[str, Any]]:
        auth: list[dict[str, Any]] = super().get_auth()
        if self.is_ours and self.method == "GET" and {} not in auth:
            auth.append({})
        return auth

    def _is_list_view(self, serializer: Any = None) -> bool:
        """Our pages are documented as what they are; nothing is to be wrapped in a list."""
        return False if self.is_ours else bool(super()._is_list_view(serializer))

    def get_override_parameters(self) -> list[Any]:
        if not self.is_ours:
            return list(super().get_override_parameters())
        form = self.view.query_forms.get(self.action)
        asked = query_parameters(form, paged=self.action in self.view.paged_shapes) if form else []
        if self.action in self.view.gives_files or (form and self.method == "GET"):
            return asked
        match self.action:
            case "list":
                return list(query_parameters(self.view.search_form))
            case "retrieve" | "version":
                return [IF_NONE_MATCH, ETAG]
            case "create":
                return [*asked, IDEMPOTENCY_KEY, _location(self.view.noun)]
            case "update" | "partial_update":
                return [IF_MATCH, ETAG]
            case "destroy":
                return [IF_MATCH]
        return [MAY_MATCH, IDEMPOTENCY_KEY, ETAG]

    def get_request_serializer(self) -> Any:
        if not self.is_ours:
            return getattr(self.view, "write_serializer", None)
        if body := self.view.bodies.get(self.action):
            if self.action in self.view.takes_forms:
                return {FORM: body}
            as_file = {FILE: OpenApiTypes.BINARY} if self.action in self.view.takes_files else {}
            return {"application/json": body, **as_file} if as_file else body
        if self.action in ("create", "update", "partial_update"):
            return self.view.write_serializer
        return None

    def get_response_serializers(self) -> Any:
        if hasattr(self.view, "answers"):
            return {**self._said(), **problems(self.registry, *self.view.error_codes)}
        if not self.is_ours:
            return super().get_response_serializers()
        return {**self._answers(), **problems(self.registry, *self._error_codes())}

    def _said(self) -> dict[Any, Any]:
        return {
            code: OpenApiResponse(shape and reference_to(shape, self.registry), "Done.")
            for code, shape in self.view.answers.items()
        }

    def _answers(self) -> dict[Any, Any]:
        view = self.view
        if self.action == "version":
            return self._unless_known(view.answer_shapes["version"])
        if shape := view.answer_shapes.get(self.action):
            return {200: OpenApiResponse(reference_to(shape, self.registry), "As asked for.")}
        if shape := view.paged_shapes.get(self.action):
            return {200: OpenApiResponse(page_of(shape, self.registry), "A page of the list.")}
        if self.action in view.gives_files:
            return {(200, FILE): OpenApiResponse(OpenApiTypes.BINARY, "The file.")}
        match self.action:
            case "list":
                page = page_of(view.row_shape, self.registry)
                return {200: OpenApiResponse(page, "A page of the list.")}
            case "destroy":
                return {204: OpenApiResponse(None, "It is deleted.")}
            case "create":
                shape = getattr(view, "created_shape", view.shape)
                return {201: OpenApiResponse(reference_to(shape, self.registry), "As added.")}
        if self.action == "retrieve":
            return self._unless_known(view.shape)
        return {200: OpenApiResponse(reference_to(view.shape, self.registry), "The record.")}

    def _unless_known(self, shape: type) -> dict[Any, Any]:
        detail = OpenApiResponse(reference_to(shape, self.registry), "The record.")
        return {200: detail, 304: OpenApiResponse(None, "It is still the same.")}

    def _error_codes(self) -> tuple[int, ...]:
        if self.method == "GET":
            further: tuple[int, ...] = (503,) if self.action in self.view.answer_shapes else ()
            further += (410,) if self.action in self.view.may_be_gone else ()
            refusable = self.view.permission_for(self.action) is not None
            return (*READ_ERRORS, *further, *((403,) if refusable else ()))
        match self.action:
            case "create":
                busy = (503,) if self.action in self.view.may_be_busy else ()
                return (*BODY_ERRORS, 422, *busy)
            case "update" | "partial_update" | "destroy":
                return (*BODY_ERRORS, 404, 412, 428)
        return (*BODY_ERRORS, 404, 412, 422)


def problems(registry: Any, *codes: int) -> dict[Any, Any]:
    """Error responses, all of the one shape."""
    schema = reference_to(Problem, registry)
    return {(code, MEDIA_TYPE): OpenApiResponse(schema, ERRORS[code]) for code in sorted(codes)}


def _location(noun: str) -> OpenApiParameter:
    return OpenApiParameter(
        "Location",
        {"type": "string", "format": "uri-reference"},
        OpenApiParameter.HEADER,
        response=[201],
        description=f"The address of the new {noun}.",
    )


class WriteSerializerSchema(OpenApiSerializerExtension):
    """Unknown fields are refused, and the schema says so."""

    target_class = "literature.rest.writing.WriteSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer(
            self.target, direction, bypass_extensions=True
        )
        schema.pop("description", None)  # its own is for those who read the code
        return {**schema, "additionalProperties": False}


class BodySchema(WriteSerializerSchema):
    target_class = "literature.rest.writing.Body"


def without_marks(result: Any, **kwargs: Any) -> Any:
    """Drops what drf-spectacular leaves on choices for a hook of its own that we do not use."""
    if isinstance(result, dict):
        return {key: without_marks(v) for key, v in result.items() if key != "x-spec-enum-id"}
    return [without_marks(value) for value in result] if isinstance(result, list) else result
