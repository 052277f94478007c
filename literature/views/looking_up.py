"""Looking one reference up, and taking over what was found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from literature import lookup
from literature.actions.notices import note_found
from literature.actions.taking_over import may_replace, take_over
from literature.lookup.offers import identifiers_of, offers_of, state_of, takeable_of
from literature.models import Reference
from literature.notices import notice_views
from literature.views.access import needs

MAY_LOOK_UP = "literature.add_reference"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MAY_LOOK_UP)
def look_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET shows what was found lately and asks nobody; POST asks, and then leads there."""
    reference = get_object_or_404(Reference, public_id=public_id)
    if request.method == "POST":
        return _ask(request, reference)
    answers = lookup.kept_at_both(identifiers_of(reference.csl))
    return _page(request, reference, answers)


@require_POST
@needs(MAY_LOOK_UP)
def take(request: HttpRequest, public_id: str) -> HttpResponse:
    reference = get_object_or_404(Reference, public_id=public_id)
    answers = lookup.kept_at_both(identifiers_of(reference.csl))
    names = request.POST.getlist("take")
    try:
        take_over(
            reference=reference,
            answers=answers,
            names=names,
            state=request.POST.get("state", ""),
            by=request.user,
        )
    except ValidationError as error:
        return _page(request, reference, answers, error.messages, names)
    messages.success(request, f"Taken over: {len(names)} field{'' if len(names) == 1 else 's'}.")
    return redirect(reference)


def _ask(request: HttpRequest, reference: Reference) -> HttpResponse:
    identifiers = identifiers_of(reference.csl)
    try:
        answers = lookup.look_up_at_both([identifiers])[0]
    except lookup.SwitchedOff as problem:
        messages.error(request, problem.sentence)
        return redirect("literature:reference-look-up", reference.public_id)
    offers = offers_of(reference.csl, answers)
    for answer, offer in zip(answers, offers, strict=True):
        if not offer.problem:
            note_found(reference=reference, notices=answer.notices, by=request.user)
        elif answer.error is not None and not isinstance(answer.error, lookup.NotFound):
            messages.error(request, offer.problem)  # it is not kept, so the page cannot tell it
    return redirect("literature:reference-look-up", reference.public_id)


def _page(
    request: HttpRequest,
    reference: Reference,
    answers: list[lookup.Answer],
    problems: list[str] | None = None,
    chosen: list[str] | None = None,
) -> HttpResponse:
    offers = offers_of(reference.csl, answers)
    context: dict[str, Any] = {
        "section": "references",
        "reference": reference,
        "identifiers": identifiers_of(reference.csl),
        "offers": offers,
        "anything": bool(takeable_of(offers, replacing=may_replace(request.user))),
        "may_replace": may_replace(request.user),
        "state": state_of(reference.csl, offers),
        "chosen": chosen,
        "problems": problems,
        "notices": notice_views(reference.notices.all()),
        "why_off": lookup.why_off(),
    }
    status = 400 if problems else 200
    return render(request, "literature/look_up.html", context, status=status)
