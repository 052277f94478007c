"""Choosing another record: autocompletion that names rows well and asks for none twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model
from django.urls import reverse

if TYPE_CHECKING:
    ModelChoiceField = forms.ModelChoiceField[Model]
else:
    ModelChoiceField = forms.ModelChoiceField


MAX_DIGITS = 18
"""Of a key: more do not fit PostgreSQL's bigint."""


class ChoicesView(AutocompleteJsonView):
    """Answers with rows as their own admin words and narrows them."""

    model_admin: Any
    """The CuratedAdmin of what is chosen."""

    def get_queryset(self) -> Any:
        return self.model_admin.choices(super().get_queryset(), self.request)

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        return result | {"text": self.model_admin.choice_label(obj)}


class RecordField(ModelChoiceField):
    """A choice among records, worded by `label_of`."""

    def __init__(self, *args: Any, label_of: Callable[[Any], str], **kwargs: Any) -> None:
        self.label_of = label_of
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Model) -> str:
        return self.label_of(obj)


class RecordSelect(AutocompleteSelect):
    """Asks `ChoicesView` of the target's admin.

    `known` is the record chosen now: a page with many rows gets them all in one query, where
    Django's own widget runs one query a row.
    """

    known: Model | None = None
    narrowed_by: dict[str, Any] | None = None
    """Query parameters for the view."""

    def get_url(self) -> str:
        target = self.field.remote_field.model._meta
        name = f"{self.admin_site.name}:{target.app_label}_{target.model_name}_choices"
        url = reverse(name)
        return f"{url}?{urlencode(self.narrowed_by)}" if self.narrowed_by else url

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        # What was posted may be anything; only a key can be looked up.
        chosen = [text for text in map(str, value) if text.isdecimal() and len(text) <= MAX_DIGITS]
        if self.known is None or chosen != [str(self.known.pk)]:
            return super().optgroups(name, chosen, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.known)
        options.append(self.create_option(name, self.known.pk, label, True, len(options)))
        return [(None, options, 0)]


def select_of(field: forms.Field) -> RecordSelect | None:
    """The field's RecordSelect, out of the wrapper that the admin puts around it."""
    widget = getattr(field.widget, "widget", field.widget)
    return widget if isinstance(widget, RecordSelect) else None
