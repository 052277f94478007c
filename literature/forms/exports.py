"""What may be asked of an export: a style, and a format for a file."""

from __future__ import annotations

from typing import Any

from django import forms

from literature.bibliography import styles
from literature.bibliography.files import FILES
from literature.bibliography.model import BibliographyError
from literature.exporters.registry import EXPORTERS

FORMATS = {
    **{name: exporter.label for name, exporter in EXPORTERS.items()},
    **{name: file.label for name, file in FILES.items()},
}


class ExportForm(forms.Form):
    """Where `other` is given, it counts in place of `style`."""

    style = forms.CharField(
        required=False,
        max_length=styles.MAX_NAME,
        label="Citation style",
        help_text="The name of a citation style, such as nature or apa; without one Vancouver.",
    )
    other = forms.CharField(
        required=False, max_length=styles.MAX_NAME, label="Another style, by words of its name"
    )
    format = forms.ChoiceField(
        required=False, choices=[("", "This page"), *FORMATS.items()], label="Format"
    )

    suggestions: list[tuple[str, str]]
    """Names and titles of styles that may have been meant."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.suggestions = []

    def clean_style(self) -> str:
        name = str(self.cleaned_data["style"]) or styles.DEFAULT
        return self._found(name) if not self.data.get("other") else name

    def clean_other(self) -> str:
        """A name as it is, or the only one that fits the words."""
        words = str(self.cleaned_data["other"])
        if not words or styles.is_known(words):
            return self._found(words) if words else ""
        fitting = styles.suggested(words)
        if len(fitting) == 1:
            return self._found(fitting[0][0])
        self.suggestions = fitting
        raise forms.ValidationError(
            "Several styles fit. Choose one of them."
            if fitting
            else f"There is no style with “{words[:60]}” in its name. Try fewer words."
        )

    def _found(self, name: str) -> str:
        try:
            return styles.find(name).name
        except BibliographyError as error:
            self.suggestions = styles.suggested(name)
            raise forms.ValidationError(str(error)) from None

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data["other"] or self.cleaned_data["style"])

    @property
    def offered(self) -> list[tuple[str, str, bool]]:
        """Name, title and whether it is chosen: the usual styles, and the present one."""
        data = getattr(self, "cleaned_data", {})
        chosen = data.get("other") or data.get("style") or styles.DEFAULT
        offered = dict(styles.USUAL)
        offered.setdefault(chosen, styles.title_of(chosen))
        return [(name, title, name == chosen) for name, title in offered.items()]
