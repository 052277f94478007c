"""Form fields for columns that are edited as text."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput


class PrettyJSONField(forms.JSONField):
    """JSON laid out for reading. What no parser takes is a form error, however it is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        rows = kwargs.pop("rows", 24)
        kwargs["widget"] = forms.Textarea(attrs={"rows": rows, "cols": 100, "spellcheck": "false"})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, InvalidJSONInput):
            return value
        return json.dumps(value, ensure_ascii=False, indent=2)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed is shown as it was typed."""
        return initial if self.disabled else InvalidJSONInput(data or "")

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):  # a number of 5,000 digits; 1,000 levels of brackets
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return super().has_changed(initial, data)
        except RecursionError:
            return True


class LinesField(forms.CharField):
    """A list of short texts, one a line: they may hold commas."""

    def __init__(self, *, max_line: int, **kwargs: Any) -> None:
        self.max_line = max_line
        kwargs["widget"] = forms.Textarea(attrs={"rows": 5, "cols": 60})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        for number, line in enumerate(lines, 1):
            if len(line) > self.max_line:
                raise ValidationError(
                    f"Line {number} is longer than {self.max_line} characters.", code="max_length"
                )
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), (data or "").replace("\r\n", "\n"))
