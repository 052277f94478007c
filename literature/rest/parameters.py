"""Parameters of the OpenAPI schema, taken from the forms that check them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from drf_spectacular.utils import OpenApiParameter

from literature.rest.idempotency import HEADER, KEY_PATTERN, REPLAYED
from literature.rest.query import RENAMED, PagingForm

IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "examples": ["*"]},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the detail as you read it, or `*`. Without it the answer is 428; "
    "when the record has changed since, 412.",
)
MAY_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "examples": ["*"]},
    OpenApiParameter.HEADER,
    description="The ETag of the detail as you read it: when the case has changed since, 412.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    {"type": "string"},
    OpenApiParameter.HEADER,
    description="ETags that you have: when the record is still the same, the answer is 304.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": KEY_PATTERN},
    OpenApiParameter.HEADER,
    description="A text of your own, new with each new request. Sent again within 24 hours with "
    f"the same request, nothing is done twice: you are given the answer of the first time, with "
    f"`{REPLAYED}: true`. With another request the answer is 422.",
)
ETAG = OpenApiParameter(
    "ETag",
    {"type": "string"},
    OpenApiParameter.HEADER,
    response=[200, 304],
    description="Names this state of the record; send it as If-Match when you change it.",
)


def query_parameters(form_class: type[forms.Form], *, paged: bool = True) -> list[OpenApiParameter]:
    """The form's fields and those of paging, by the names that the API uses."""
    fields = {**form_class.base_fields, **PagingForm.base_fields}
    if not paged:
        fields = {
            name: field for name, field in fields.items() if name not in PagingForm.base_fields
        }
    api_names = {name: parameter for parameter, name in RENAMED.items()}
    return [_parameter(api_names.get(name, name), field) for name, field in fields.items()]


def _parameter(name: str, field: forms.Field) -> OpenApiParameter:
    many = isinstance(field, forms.MultipleChoiceField)
    schema = _schema(field)
    return OpenApiParameter(
        name,
        {"type": "array", "items": schema, "maxItems": 20} if many else schema,
        OpenApiParameter.QUERY,
        required=field.required,
        description=str(field.help_text or field.label or ""),
        explode=True if many else None,
        style="form" if many else None,
    )


def _schema(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.IntegerField):
        bounds = {"minimum": field.min_value, "maximum": field.max_value}
        return {"type": "integer", **{key: n for key, n in bounds.items() if n is not None}}
    choices = [str(value) for value, _ in getattr(field, "choices", []) if value]
    if choices:
        return {"type": "string", "enum": choices}
    schema: dict[str, Any] = {"type": "string"}
    if getattr(field, "max_length", None):
        schema["maxLength"] = field.max_length  # type: ignore[attr-defined]
    for validator in field.validators:
        if isinstance(validator, RegexValidator):
            pattern: Any = validator.regex
            schema["pattern"] = pattern.pattern
    return schema
