"""Query parameters: known ones only, checked by the form that the page uses too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from django import forms
from django.http import QueryDict
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from literature.forms import MAX_PAGE
from literature.rest.problems import FieldError, Invalid

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200
RENAMED = {"ordering": "sort"}
"""Parameter → the form's field, where the API has a name of its own for it."""


class PagingForm(forms.Form):
    page = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE)
    page_size = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE_SIZE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it was asked for: the form's cleaned data, and which page."""

    filters: dict[str, Any] = field(default_factory=dict)
    page: int = 1
    page_size: int = PAGE_SIZE


def read_query(
    request: Request, form_class: type[forms.Form] | None, *, paged: bool = True
) -> Asked:
    """Raises Invalid with every parameter that is unknown or has a bad value."""
    query = request.query_params
    _refuse_non_text(request.META.get("QUERY_STRING", ""))
    if form_class is None:
        _refuse_unknown(query, set())
        return Asked()
    fields = form_class.base_fields
    names = parameter_names(form_class)
    _refuse_unknown(query, names | set(PagingForm.base_fields if paged else ()))
    _refuse_repeated(query, fields)
    data = query.copy()
    for parameter, name in RENAMED.items():
        if parameter in data:
            data[name] = data.pop(parameter)[-1]
    form, paging = form_class(data), PagingForm(query)
    errors = [*_errors(form), *_errors(paging)]
    if errors:
        raise Invalid(list(dict.fromkeys(errors)))
    page = paging.cleaned_data
    return Asked(form.cleaned_data, page["page"] or 1, page["page_size"] or PAGE_SIZE)


def parameter_names(form_class: type[forms.Form]) -> set[str]:
    """What the API calls the form's fields, paging aside."""
    names = set(form_class.base_fields) - set(PagingForm.base_fields)
    return {_parameter(name) for name in names}


def _parameter(name: str) -> str:
    return next((known for known, field in RENAMED.items() if field == name), name)


def _errors(form: forms.Form) -> list[FieldError]:
    return [
        FieldError(_parameter(name), " ".join(error.messages))
        for name, errors in form.errors.as_data().items()
        for error in errors
    ]


def _refuse_non_text(raw: str) -> None:
    try:
        text = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeError:
        raise ParseError("The query is not UTF-8.") from None
    if "\x00" in text:
        raise ParseError("The query holds a NUL character.")


def _refuse_unknown(query: QueryDict, names: set[str]) -> None:
    unknown = [name for name in query if name not in names]
    if unknown:
        known = f"Known are {', '.join(sorted(names))}." if names else "There are none here."
        raise Invalid([FieldError(name, f"Is not a parameter here. {known}") for name in unknown])


def _refuse_repeated(query: QueryDict, fields: dict[str, forms.Field]) -> None:
    errors = [
        FieldError(name, "Is given more than once.")
        for name, values in query.lists()
        if len(values) > 1 and not isinstance(fields.get(name), forms.MultipleChoiceField)
    ]
    if errors:
        raise Invalid(errors)
