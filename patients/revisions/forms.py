"""What is typed about proposals, and what may be asked of the queue."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from literature.forms.search import MAX_PAGE
from literature.models import Reference
from literature.public_ids import PUBLIC_ID_RE
from patients.models.revision import MAX_TEXT
from patients.vocabulary import RevisionKind, RevisionState

ALL: Final = "all"
MINE, UNASSIGNED = "mine", "unassigned"
WHO: Final = [("", "All"), (MINE, "Mine"), (UNASSIGNED, "Unassigned")]
STATES: Final = [
    ("", "To decide"),
    (RevisionState.ASKED_BACK.value, "Asked back"),
    ("decided", "Decided"),
]
MAX_AT_ONCE: Final = 50


class QueueForm(forms.Form):
    """The state of the queue, as its address holds it."""

    who = forms.ChoiceField(required=False, choices=WHO)
    kind = forms.ChoiceField(required=False, choices=[("", "Any kind"), *RevisionKind.choices])
    state = forms.ChoiceField(required=False, choices=STATES)
    page = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE)


class SubmitForm(forms.Form):
    comment = forms.CharField(
        max_length=MAX_TEXT,
        label="What should change, and why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A curator reads this beside your changes. Nothing that could tell who the "
        "patient is.",
        error_messages={"required": "Say in a few words what should change, and why."},
    )
    source = forms.CharField(
        required=False,
        max_length=500,
        label="Where it can be looked up",
        help_text="Such as: page 3 of the report, second paragraph. Optional.",
    )
    reference = forms.CharField(
        required=False,
        max_length=300,
        label="Study in the library",
        help_text="The ID of a reference here, where one says so. Optional.",
    )

    def clean_reference(self) -> Reference | None:
        typed = str(self.cleaned_data["reference"]).strip()
        if not typed:
            return None
        found = None
        if PUBLIC_ID_RE.match(typed):
            found = Reference.objects.filter(public_id=typed).first()
        if found is None:
            raise forms.ValidationError(
                "There is no reference with this ID. It stands at the end of the address of its "
                "page: ten letters and digits."
            )
        return found


class DecideForm(forms.Form):
    """`parts` are names of what is ticked; `seen` the token of what was shown."""

    do = forms.ChoiceField(choices=[("accept", ""), ("reject", ""), ("ask", "")])
    reason = forms.CharField(
        required=False,
        max_length=MAX_TEXT,
        label="Reason or question",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The author reads it. Needed to reject, to ask back, and where you accept only "
        "a part.",
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class CommentForm(forms.Form):
    text = forms.CharField(
        max_length=MAX_TEXT,
        label="Comment",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write something first."},
    )


def problems_of(form: forms.Form) -> list[tuple[str, str]]:
    """`[(id of the field, message)]` of a form that was refused."""
    found: list[tuple[str, str]] = []
    for name, errors in form.errors.items():
        field: Any = form[name].id_for_label if name in form.fields else ""
        found += [(field, str(error)) for error in errors]
    return found
