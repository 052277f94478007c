"""What may be asked of the queue of duplicates; the page and the API share it."""

from django import forms

from literature.forms.search import MAX_PAGE
from literature.models import PairLikeness, PairState

OPEN, DECIDED = "open", "decided"


class DuplicateQueueForm(forms.Form):
    certainty = forms.ChoiceField(
        required=False, choices=[("", "All"), *PairLikeness.choices], label="Certainty"
    )
    state = forms.ChoiceField(
        required=False,
        choices=[("", "To be decided"), *PairState.choices],
        label="What was decided; without it those that are open",
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE)
