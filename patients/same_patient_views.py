"""Cases that may be of one patient: the queue, one pair, the decision, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from literature.forms import MAX_PAGE
from literature.paging import paginate
from literature.permalinks import Permalinks
from literature.views.access import needs
from patients.actions import same_patient
from patients.document.details import age_words
from patients.like_page import compare_url
from patients.models import SamePatientPair
from patients.vocabulary import SamePatientState, Status

for_deciders = needs("patients.change_samepatientpair")
ANSWERS = {
    SamePatientState.SAME: "The same patient: give both cases one patient",
    SamePatientState.DISTINCT: "Not the same patient: do not ask again",
    SamePatientState.LATER: "Later",
}


class QueueForm(forms.Form):
    state = forms.ChoiceField(required=False, choices=SamePatientState.choices, label="State")
    page = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE, label="Page")


@dataclass(frozen=True, slots=True)
class StateLink:
    label: str
    count: int
    url: str
    current: bool


def pairs(state: str) -> QuerySet[SamePatientPair]:
    """Of those to be decided without cases that were withdrawn, or were given one patient since."""
    found = SamePatientPair.objects.filter(state=state).select_related("first", "second")
    if state not in same_patient.UNDECIDED:
        return found
    hidden = {"first__status": Status.WITHDRAWN}, {"second__status": Status.WITHDRAWN}
    found = found.exclude(first__patient=F("second__patient"))
    return found.exclude(**hidden[0]).exclude(**hidden[1])


@gzip_page
@require_safe
@for_deciders
def pair_list(request: HttpRequest) -> HttpResponse:
    form = QueueForm(request.GET)
    context: dict[str, Any] = {"section": "curation", "form": form}
    if not form.is_valid():
        return render(request, "patients/likeness/pairs.html", context, status=400)
    state = form.cleaned_data["state"] or SamePatientState.OPEN
    page = paginate(pairs(state), form.cleaned_data["page"] or 1, Permalinks(request.GET))
    context |= {"page": page, "pairs": page.rows, "state": state, "states": _links(state)}
    return render(request, "patients/likeness/pairs.html", context)


def _links(current: str) -> list[StateLink]:
    found = []
    for state in SamePatientState:
        count = pairs(state).order_by().aggregate(count=Count("pk"))["count"]
        url = reverse("curation:same-patient-list")
        query = "" if state == SamePatientState.OPEN else f"?state={state}"
        found.append(StateLink(str(state.label), count, url + query, state == current))
    return found


@gzip_page
@require_safe
@for_deciders
def pair_page(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, _pair(public_id))


@require_POST
@for_deciders
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    pair = _pair(public_id)
    try:
        made = same_patient.decide(
            pair=pair, decision=request.POST.get("decision", ""), by=request.user
        )
    except ValidationError as error:
        return _page(request, _pair(public_id), error.messages, status=422)
    messages.success(request, f"Noted: {made.get_state_display().lower()}.")
    return redirect("curation:same-patient-list")


@require_POST
@for_deciders
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    pair = _pair(public_id)
    try:
        same_patient.take_back(pair=pair, by=request.user)
    except ValidationError as error:
        return _page(request, _pair(public_id), error.messages, status=422)
    messages.success(request, "The decision is taken back.")
    return redirect("curation:same-patient", public_id)


def _pair(public_id: str) -> SamePatientPair:
    rows = SamePatientPair.objects.select_related(
        "first__patient", "first__diagnosis", "second__patient", "second__diagnosis", "decided_by"
    )
    return get_object_or_404(rows, public_id=public_id)


def _page(
    request: HttpRequest, pair: SamePatientPair, refusals: list[str] | None = None,
    *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    both = pair.first, pair.second
    context = {
        "section": "curation",
        "pair": pair,
        "cases": [(case, age_words(case.age_low, case.age_high)) for case in both],
        "compare_url": compare_url(*(case.accession for case in both)),
        "answers": ANSWERS.items(),
        "may_decide": pair.state in same_patient.UNDECIDED,
        "refusals": refusals or [],
    }
    return render(request, "patients/likeness/pair.html", context, status=status)
