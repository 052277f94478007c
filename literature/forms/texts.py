"""A text of a reference that somebody adds: typed, pasted, or from a file."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from literature import licences
from literature.actions.texts import tidied
from literature.importers.decoding import decode
from literature.importers.model import UnreadableError
from literature.importers.xml_head import first_element
from literature.jats_text import JatsText, read_jats
from literature.licences import Shown
from literature.models import SourceText
from literature.models.source_text import MAX_TEXT, Depth

MAX_FILE: Final = 10_000_000
"""Bytes. JATS is several times as long as the text in it."""
HEAD: Final = 64 * 1024
OTHER: Final = "other"
USUAL: Final = ""
_BINARY: Final = {
    b"%PDF": "This is a PDF, which cannot be read here. Copy its text and paste it above.",
    b"PK\x03\x04": "This is a zip or Word file. Save it as plain text, or paste its text above.",
    b"\xd0\xcf\x11\xe0": "This is a Word file. Save it as plain text, or paste its text above.",
}


class TextForm(forms.Form):
    """`text_row()` gives the unsaved text of a valid form."""

    depth = forms.ChoiceField(label="What it is", choices=Depth.choices)
    language = forms.CharField(
        max_length=16, initial="en", help_text="As a tag: en, zh-Hans, de", label="Language"
    )
    licence = forms.ChoiceField(
        choices=[
            ("", "Choose what allows us to hold it"),
            *[(name, name) for name in licences.CHOICES],
            (OTHER, "Another, or not known"),
        ],
        error_messages={"required": "Say what allows us to hold this text."},
    )
    other_licence = forms.CharField(
        max_length=100, required=False, label="Another licence, in a few words",
        help_text="Under one that is not in the list, a text is held and not shown.",
    )  # fmt: skip
    shown_as = forms.ChoiceField(
        label="Shown to readers",
        required=False,
        choices=[(USUAL, "As usual for the licence"), *Shown.choices],
        help_text="In full as usual only under CC0, CC BY, CC BY-SA, in the public domain, and for "
        "summaries of ours. Whatever is not shown is used to check quotes alone.",
    )
    title = forms.CharField(
        max_length=500, required=False, help_text="Where it is printed in this language"
    )
    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Plain text with an empty line between paragraphs, or JATS XML.",
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="Or a file",
        help_text="Plain text or JATS XML, up to 10 MB. Choose it again after an error.",
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MAX_FILE:
            raise forms.ValidationError("A file may have 10 MB at most.")
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file, typed = data.get("file"), data.get("text", "")
        if "file" in self.errors:
            return data
        if bool(file) == bool(typed.strip()):
            self.add_error("text", "Paste the text or choose a file: one of them.")
            return data
        field, raw = ("file", file.read()) if file else ("text", typed.encode())
        try:
            data["text"] = self._read(raw)
        except UnreadableError as error:
            self.add_error(field, str(error))
            return data
        if len(data["text"]) > MAX_TEXT:
            self.add_error(field, f"A text may have {MAX_TEXT:,} characters at most.")
        elif not data["text"]:
            self.add_error(field, "There is no text in it.")
        return data

    def text_row(self, reference: Any) -> SourceText:
        data = self.cleaned_data
        licence = data["licence"]
        if licence == OTHER:
            licence = data["other_licence"].strip() or "Not known"
        return SourceText(
            reference=reference,
            language=data["language"],
            depth=data["depth"],
            licence=licence,
            title=data["title"],
            text=data["text"],
            shown_as=data["shown_as"] or licences.usually_shown(licence),
        )

    def _read(self, raw: bytes) -> str:
        """Plain text, or what the chosen depth and language take out of JATS. Raises
        UnreadableError."""
        for mark, reason in _BINARY.items():
            if raw.startswith(mark):
                raise UnreadableError(reason)
        head = raw[:HEAD]
        first = first_element(head).lower()
        if not first:
            text, _ = decode(raw)
            if "\0" in text[:HEAD]:
                raise UnreadableError("This is no text.")
            return tidied(text)
        if first == "html":
            raise UnreadableError("This is a web page. Copy its text and paste that.")
        return tidied(self._part(read_jats(BytesIO(raw))))

    def _part(self, jats: JatsText) -> str:
        if self.cleaned_data.get("depth") == Depth.FULL_TEXT:
            if not jats.body:
                raise UnreadableError("This JATS has no body, only an abstract.")
            return jats.body
        language = self.cleaned_data.get("language", "")
        found = jats.abstracts.get(language) or jats.abstracts.get(language.split("-")[0])
        if found is None and len(jats.abstracts) == 1:
            (named, only), = jats.abstracts.items()  # fmt: skip
            found = only if not named else None
        if found is None:
            held = ", ".join(name or "no language named" for name in jats.abstracts) or "none"
            raise UnreadableError(
                f"This JATS has no abstract in the language {language} (abstracts in it: {held})."
            )
        return found
