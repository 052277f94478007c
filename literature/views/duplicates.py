"""Duplicates: the queue, two records side by side, the decision, and merges taken back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from literature.actions import duplicates, merging
from literature.duplicates.naming import named_reference
from literature.duplicates.queue import counts, queue
from literature.forms.duplicates import DuplicateQueueForm
from literature.models import Merge, PairLikeness, PairState, Reference
from literature.paging import paginate
from literature.pair_page import (
    CHANGED,
    Picked,
    kept_and_gone,
    merge_choices,
    merged_csl,
    page_context,
    pair_of,
    token_of,
    two_records,
)
from literature.pair_presenters import pair_row
from literature.permalinks import Permalinks
from literature.views.access import needs

for_deciders = needs("literature.change_duplicatepair")


@require_safe
@for_deciders
def duplicate_list(request: HttpRequest) -> HttpResponse:
    form, permalinks = DuplicateQueueForm(request.GET), Permalinks(request.GET)
    context: dict[str, object] = {"section": "references", "form": form}
    if not form.is_valid():
        return render(request, "literature/duplicates/list.html", context, status=400)
    asked = form.cleaned_data
    page = paginate(queue(asked), asked["page"] or 1, permalinks)
    state = asked["state"] or PairState.OPEN
    by_likeness = counts(state)
    context |= {
        "page": page,
        "pairs": [pair_row(pair) for pair in page.rows],
        "state": state,
        "states": PairState.choices,
        "certainty": asked["certainty"],
        "filters": [(value, label, by_likeness.get(value, 0))
                    for value, label in PairLikeness.choices],
        "total": sum(by_likeness.values()),
    }  # fmt: skip
    return render(request, "literature/duplicates/list.html", context)


@require_safe
@for_deciders
def compare_by_hand(request: HttpRequest) -> HttpResponse:
    """Two records that a person names, by address, id, DOI, PMID or PMCID."""
    asked = {name: request.GET.get(name, "").strip()[:600] for name in ("a", "b")}
    found = {name: named_reference(text) for name, text in asked.items()}
    missing = [asked[name] for name, row in found.items() if row is None]
    first, second = found["a"], found["b"]
    if not asked["b"]:
        context = {"section": "references", "asked": asked}
        return render(request, "literature/duplicates/by_hand.html", context)
    if first is not None and second is not None and first != second:
        return redirect("literature:duplicate-pair", first.public_id, second.public_id)
    words = ", ".join(f"“{text}”" for text in missing if text)
    refusal = "Name two different records." if not words else f"There is no reference {words}."
    context = {"section": "references", "asked": asked, "refusal": refusal}
    return render(request, "literature/duplicates/by_hand.html", context, status=422)


@require_safe
@for_deciders
def duplicate_pair(request: HttpRequest, first: str, second: str) -> HttpResponse:
    one, two = two_records(first, second)
    context = page_context(one, two, Picked())
    return render(request, "literature/duplicates/pair.html", context)


@require_POST
@for_deciders
def merge_pair(request: HttpRequest, first: str, second: str) -> HttpResponse:
    one, two = two_records(first, second)
    picked = Picked.of(request.POST)
    if picked.token != token_of(one, two):
        return _again(request, one, two, picked, [CHANGED], status=409)
    if not picked.kept:
        return _again(request, one, two, picked, ["Choose which record stays."])
    kept, gone = kept_and_gone(one, two, picked)
    try:
        merging.merge(kept=kept, gone=gone, csl=merged_csl(one, two, picked), by=request.user,
                      choices=merge_choices(picked))  # fmt: skip
    except ValidationError as error:
        return _again(request, one, two, picked, error.messages)
    messages.success(
        request, f"Merged: {gone.public_id} is part of {kept.public_id} now. Under Merged records "
        "it can be taken back."
    )  # fmt: skip
    return redirect(kept)


@require_POST
@for_deciders
def keep_apart(request: HttpRequest, first: str, second: str) -> HttpResponse:
    one, two = two_records(first, second)
    try:
        duplicates.keep_apart(pair=pair_of(one, two), by=request.user)
    except ValidationError as error:
        return _again(request, one, two, Picked(), error.messages, status=409)
    messages.success(request, "Noted: these two are no duplicates. You will not be asked again.")
    return redirect("literature:duplicate-list")


@require_POST
@for_deciders
def relate(request: HttpRequest, first: str, second: str) -> HttpResponse:
    one, two = two_records(first, second)
    reference = two if request.POST.get("reference") == two.public_id else one
    try:
        relation = duplicates.relate(
            pair=pair_of(one, two), reference=reference,
            kind=request.POST.get("kind", ""), by=request.user,
        )  # fmt: skip
    except ValidationError as error:
        return _again(request, one, two, Picked(), error.messages)
    messages.success(request, f"Noted: {relation.get_kind_display().lower()}.")
    return redirect("literature:duplicate-list")


@require_POST
@for_deciders
def ask_again(request: HttpRequest, first: str, second: str) -> HttpResponse:
    one, two = two_records(first, second)
    try:
        duplicates.ask_again(pair=pair_of(one, two), by=request.user)
    except ValidationError as error:
        return _again(request, one, two, Picked(), error.messages, status=409)
    messages.success(request, "The decision is taken back.")
    return redirect("literature:duplicate-pair", one.public_id, two.public_id)


@require_safe
@for_deciders
def merge_list(request: HttpRequest) -> HttpResponse:
    form = DuplicateQueueForm(request.GET)
    if not form.is_valid():
        raise Http404("There is no such page.")
    merges = Merge.objects.select_related("kept", "by", "undone_by").defer("steps", "citing")
    page = paginate(merges, form.cleaned_data["page"] or 1, Permalinks(request.GET))
    context = {"section": "references", "page": page, "merges": page.rows}
    return render(request, "literature/duplicates/merged.html", context)


@require_POST
@for_deciders
def take_back(request: HttpRequest, gone: str) -> HttpResponse:
    merged = get_object_or_404(Merge, gone=gone, kept__isnull=False)
    try:
        reference = merging.take_back(merged=merged, by=request.user)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, f"Not taken back. {message}")
        return redirect("literature:merge-list")
    messages.success(request, f"Taken back: {reference.public_id} is a record of its own again.")
    return redirect(reference)


def _again(
    request: HttpRequest, one: Reference, two: Reference, picked: Picked, refusals: list[str],
    *, status: int = 422,
) -> HttpResponse:  # fmt: skip
    """The page with what was picked, and why it was refused."""
    context = {**page_context(one, two, picked), "refusals": refusals}
    return render(request, "literature/duplicates/pair.html", context, status=status)
