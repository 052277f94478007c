"""What brings references in: a text or a file, and what is to be done with what is read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from literature.models import Reference
from literature.public_ids import PUBLIC_ID_RE
from literature.search import search_references

MAX_TEXT_BYTES = 900 * 1024
"""What the box takes, below DATA_UPLOAD_MAX_MEMORY_SIZE; more comes as a file."""
MAX_WORKS = 8
"""Works offered when the words typed fit several."""


class WorkField(forms.CharField):
    """A reference, named by its id, an identifier, or words of its title.

    Where several fit, `choices` holds them, for the person to take one.
    """

    choices: list[Reference]

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=300, **options)
        self.choices = []

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        found = works_named(words)
        if len(found) == 1:
            return found[0]
        self.choices = found
        raise forms.ValidationError(
            "Several works fit. Choose one of them."
            if found
            else "No reference here has this id, identifier or title. Add the work itself first."
        )


def works_named(words: str) -> list[Reference]:
    """The reference with this id or title, else those that the search finds, best first."""
    words = " ".join(words.split())
    if PUBLIC_ID_RE.match(words.upper()):
        known = list(Reference.objects.filter(public_id=words.upper()))
        if known:
            return known
    titled = list(Reference.objects.filter(title__iexact=words)[:MAX_WORKS])
    if titled:
        return titled
    found = list(search_references({"q": words}, AnonymousUser())[:MAX_WORKS])
    if found:
        return found
    begun = Q(title__icontains=words) | Q(first_author__istartswith=words)
    return list(Reference.objects.filter(begun).order_by("title", "pk")[:MAX_WORKS])


class OptionsForm(forms.Form):
    """What holds for all that is brought in at once."""

    attach = WorkField(
        label="This is the reference list of",
        help_text="If the text is the list of a work that is here already: its id, DOI, PMID or "
        "title. Leave it empty otherwise.",
    )
    hold_abstracts = forms.BooleanField(
        label="I may hold the abstracts that come with the records", required=False
    )
    licence = forms.CharField(
        label="What allows it",
        required=False,
        max_length=100,
        help_text="Such as CC BY 4.0, or public domain. It is shown with each abstract.",
    )

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("hold_abstracts") and not data.get("licence"):
            self.add_error("licence", "Say which licence or permission lets us hold the abstracts.")
        return data

    @property
    def works(self) -> list[Reference]:
        """The works to choose from, where the one to attach to was not clear."""
        field = self.fields["attach"]
        return field.choices if isinstance(field, WorkField) else []


class AddForm(OptionsForm):
    text = forms.CharField(
        label="Paste what you have",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        help_text="DOIs, PMIDs, PMCIDs or links, many at once; a reference list as a paper prints "
        "it; or the text of a RIS, BibTeX, PubMed or CSL-JSON file.",
    )
    file = forms.FileField(
        label="Or choose a file",
        required=False,
        help_text="RIS, BibTeX, PubMed (nbib or XML), JATS, EndNote XML, CSL-JSON, or a list as "
        "plain text. What is in it counts, not its name.",
        error_messages={"empty": "The file is empty."},
    )
    field_order = ("text", "file", "attach", "hold_abstracts", "licence")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text.encode("utf-8", "surrogatepass")) > MAX_TEXT_BYTES:
            raise forms.ValidationError(
                "This is more than the box takes (900 KB). Save it as a file and choose that."
            )
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        has_text = bool((data.get("text") or "").strip())
        if has_text and data.get("file"):
            self.add_error("file", "Give either a text or a file, one at a time.")
        elif not has_text and not data.get("file") and not self.errors:
            self.add_error("text", "Paste something, or choose a file.")
        return data
