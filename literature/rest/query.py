"""Query parameters: known ones only, checked by the form that the page uses too."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from django import forms
from django.http import HttpRequest, QueryDict
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from literature.forms import MAX_PAGE, SearchForm
from literature.rest.problems import FieldError, Invalid

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200
MOST_FORMS: Final = 512
RENAMED = {"ordering": "sort"}
"""Parameter → the form's field, where the API has a name of its own for it."""


class PagingForm(forms.Form):
    page = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE)
    page_size = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE_SIZE)
    count = forms.ChoiceField(
        required=False,
        choices=[("", "yes"), ("no", "no")],
        help_text="`no`: the answer does not wait for the count, which is null then.",
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it was asked for: the form's cleaned data, and which page."""

    filters: dict[str, Any] = field(default_factory=dict)
    page: int = 1
    page_size: int = PAGE_SIZE
    counted: bool = True


def read_query(
    request: Request | HttpRequest, form_class: type[forms.Form] | None, *, paged: bool = True
) -> Asked:
    """Raises Invalid with every parameter that is unknown or has a bad value, and ParseError."""
    query = request.GET
    _refuse_non_text(request.META.get("QUERY_STRING", ""))
    if form_class is None:
        _refuse_unknown(query, set())
        return Asked()
    fields = form_class.base_fields
    names = parameter_names(form_class)
    _refuse_unknown(query, names | PagingForm.base_fields.keys() if paged else names)
    _refuse_repeated(query, fields)
    filters, errors = _cleaned(form_class, _renamed(query))
    page, of_paging = _paging(
        tuple((name, query[name]) for name in PagingForm.base_fields if name in query)
    )
    if errors or of_paging:
        raise Invalid(list(dict.fromkeys([*errors, *of_paging])))
    return Asked(filters, page["page"] or 1, page["page_size"] or PAGE_SIZE, page["count"] != "no")


def _renamed(query: QueryDict) -> QueryDict:
    if RENAMED.keys().isdisjoint(query):
        return query
    data = query.copy()
    for parameter, name in RENAMED.items():
        if parameter in data:
            data[name] = data.pop(parameter)[-1]
    return data


Cleaned = tuple[dict[str, Any], list[FieldError]]


def _cleaned(form_class: type[forms.Form], data: QueryDict) -> Cleaned:
    """A search has many fields, and a form copies all of them, which takes longer than many a list
    does: so it is made of those alone that are given."""
    if not issubclass(form_class, SearchForm | PagingForm):
        return _of_form(form_class(data))
    given = {name for name in form_class.base_fields if name in data}
    together = getattr(form_class, "TOGETHER", ())
    if not given.isdisjoint(together):
        given.update(together)
    nothing, errors = _of_nothing(form_class)
    if not given:
        return dict(nothing), errors
    cleaned, errors = _of_form(_form_of(form_class, frozenset(given))(data))
    return nothing | cleaned, errors


@lru_cache(maxsize=MOST_FORMS)
def _paging(given: tuple[tuple[str, str], ...]) -> Cleaned:
    """Most ask for one of a few pages, and a form takes as long as its list."""
    query = QueryDict(mutable=True)
    query.update(dict(given))
    return _cleaned(PagingForm, query)


def _of_form(form: forms.Form) -> Cleaned:
    errors = _errors(form)
    return form.cleaned_data, errors


@lru_cache(maxsize=MOST_FORMS)
def _form_of(form_class: type[forms.Form], given: frozenset[str]) -> type[forms.Form]:
    left_out = {name: None for name in form_class.base_fields if name not in given}
    return type(form_class.__name__, (form_class,), {**left_out, "__module__": __name__})


@cache
def _of_nothing(form_class: type[forms.Form]) -> Cleaned:
    """What is asked for where nothing is."""
    return _of_form(form_class(QueryDict()))


@cache
def parameter_names(form_class: type[forms.Form]) -> frozenset[str]:
    """What the API calls the form's fields, paging aside."""
    names = set(form_class.base_fields) - set(PagingForm.base_fields)
    return frozenset(_parameter(name) for name in names)


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


def _refuse_unknown(query: QueryDict, names: Set[str]) -> None:
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
