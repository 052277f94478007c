"""The admin as a browser uses it: a page's form is read, filled in and posted as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patients.models import Case
from tests.make import make_user


def signed_in(role: str = "curator") -> Client:
    return client_of(make_user(role))


def client_of(user: AbstractUser) -> Client:
    client = Client()
    client.force_login(user)
    return client


def list_url(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def add_url(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def change_url(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def delete_url(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])


def choices_url(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_choices")


def read_form(client: Client, url: str) -> dict[str, str]:
    """All that the form on this page holds, as a browser would post it unchanged."""
    response = client.get(url)
    assert response.status_code == 200
    data: dict[str, str] = {}
    for form in _forms(response.context):
        data.update(_values(form))
    return data


def _forms(context: Any) -> Iterator[Any]:
    yield context["adminform"].form
    for inline in context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.initial_forms
        yield from inline.formset.extra_forms


def _values(form: Any) -> Iterator[tuple[str, str]]:
    for bound in form:
        value = bound.value()
        if callable(value):
            value = value()
        if value is True:
            yield bound.html_name, "on"
        elif value is not None and value is not False:
            yield bound.html_name, str(value)


def new_row(data: dict[str, str], prefix: str, **fields: Any) -> str:
    """Adds a row to an inline of the form, as "Add another" does; gives its prefix."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
    for name, value in fields.items():
        data[f"{prefix}-{number}-{name}"] = str(value)
    return f"{prefix}-{number}"


def row_prefix(data: dict[str, str], prefix: str, row: Model) -> str:
    """The prefix of the form of `row` in an inline."""
    names = (
        name
        for name, value in data.items()
        if name.startswith(f"{prefix}-") and name.endswith("-id") and value == str(row.pk)
    )
    return next(names).removesuffix("-id")


def errors_of(response: Any) -> dict[str, list[str]]:
    """The errors on a page that came back, by the name of the field in the form."""
    assert response.status_code == 200, f"no form came back: {response.status_code}"
    found: dict[str, list[str]] = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        if formset.non_form_errors():
            found[formset.prefix] = list(formset.non_form_errors())
        forms += formset.forms
    for form in forms:
        for field, errors in form.errors.items():
            found[form.add_prefix(field)] = list(errors)
    return found


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def count_queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def errors_of_new_row(case: Case, prefix: str, **fields: Any) -> dict[str, list[str]]:
    """Posts the case's page with one more row; the names of fields are those in the row."""
    client = signed_in()
    data = read_form(client, change_url(case))
    row = new_row(data, prefix, **{"position": 9, **fields})
    found = errors_of(client.post(change_url(case), data))
    return {name.removeprefix(f"{row}-"): errors for name, errors in found.items()}
