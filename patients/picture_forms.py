"""What is typed and ticked about a picture."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from patients.images.limits import MAX_FRAMES
from patients.models import FindingImage

CAPTION_LENGTH: Final = FindingImage._meta.get_field("caption").max_length
CREDIT_LENGTH: Final = FindingImage._meta.get_field("credit").max_length


class WordsForm(forms.Form):
    """What is said of a picture."""

    caption = forms.CharField(
        max_length=CAPTION_LENGTH,
        label="What it shows",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In your own words: plane, phase, and where to look. Nothing that could tell who "
        "the patient is.",
        error_messages={"required": "Say what the image shows."},
    )
    credit = forms.CharField(
        max_length=CREDIT_LENGTH,
        required=False,
        label="Credit",
        help_text="Whose image it is, and by which permission or licence it may be shown. Needed "
        "before publishing.",
    )

    use_required_attribute = False

    def adopt(self, error: ValidationError) -> None:
        """Puts refusals on the fields that they name, as far as the form has them."""
        named = getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]})
        for name, found in named.items():
            for one in found:
                self.add_error(name if name in self.fields else None, one.messages[0])


class AttachForm(WordsForm):
    upload = forms.FileField(
        label="The file",
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".png,.jpg,.jpeg,.tif,.tiff,.dcm,image/png,image/jpeg,image/tiff"}
        ),
        help_text="After an error it may have to be chosen again.",
        error_messages={"required": "Choose a file."},
    )
    frame = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MAX_FRAMES,
        label="Which picture, where the file holds several",
        help_text="Some DICOM and TIFF files do: a number, from 1. Leave it empty otherwise.",
        error_messages={
            "invalid": "Give a number, such as 12.",
            "min_value": "The first is 1.",
            "max_value": "No file holds so many.",
        },
    )
    field_order = ("upload", "caption", "credit", "frame")


class ConfirmForm(forms.Form):
    """Two things that only a person can see. Never ticked beforehand."""

    no_text = forms.BooleanField(
        label="There is no text in the image that could tell who the patient is: no name, no "
        "number, no date, no hospital.",
        error_messages={"required": "Tick this once you have looked for text in the image."},
    )
    no_face = forms.BooleanField(
        label="There is no face in it, and no other mark by which somebody could be recognised.",
        error_messages={"required": "Tick this once you have looked for a face or a mark."},
    )

    use_required_attribute = False


def problems_of(*forms_: Any) -> list[tuple[str, str]]:
    """Every refusal with the id of the field that it is about; empty for none in particular."""
    return [
        (form[name].id_for_label if name in form.fields else "", message)
        for form in forms_
        for name, found in form.errors.items()
        for message in found
    ]
