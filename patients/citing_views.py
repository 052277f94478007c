"""Citing in three steps: the study, its role, its words. Nothing is written before the last."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from literature.models import Reference
from literature.paging import paginate
from literature.permalinks import Permalinks
from literature.public_ids import new_public_id
from literature.quote_check import source_texts
from literature.views.access import needs
from patients import presenters
from patients.actions import citations
from patients.actions.revisions_citing import propose_citation
from patients.citing_forms import ROLE_MEANINGS, QuoteForm, StepsForm
from patients.citing_page import (
    MAY_CITE,
    Target,
    checked_quote,
    choices_for,
    cites_directly,
    target_or_404,
)
from patients.forms import CaseSearchForm
from patients.models import Citation
from patients.search import CaseSearch
from patients.vocabulary import Role

MAX_KEY: Final = 40
SAVED: Final = {
    "verified": "Cited. The quote is verified.",
    "elsewhere": "Cited. The quote was not found in this study, but in another.",
    "not_found": "Cited. The quote was not found in the text we hold.",
    "no_text": "Cited. No text of this study is held, so the quote is not checked.",
}


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@needs(MAY_CITE)
def cite_case(request: HttpRequest, accession: str) -> HttpResponse:
    return _step(request, target_or_404(accession, request.user))


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@needs(MAY_CITE)
def cite_event(request: HttpRequest, accession: str, public_id: str) -> HttpResponse:
    return _step(request, target_or_404(accession, request.user, event=public_id))


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@needs(MAY_CITE)
def cite_finding(request: HttpRequest, accession: str, public_id: str) -> HttpResponse:
    return _step(request, target_or_404(accession, request.user, finding=public_id))


def _step(request: HttpRequest, target: Target) -> HttpResponse:
    """The step that the address has come to."""
    asked = StepsForm(request.GET).chosen
    reference = _reference(asked)
    context: dict[str, Any] = {
        "section": "cases",
        "target": target,
        "reference": reference,
        "number": asked.get("number"),
    }
    if reference is None:
        words = asked.get("q") or ""
        context |= {"q": words, "choices": choices_for(target, words, request.user), "step": 1}
        return render(request, "patients/citing/study.html", context)
    if not asked.get("role"):
        roles = [(role.value, role.label, ROLE_MEANINGS[role]) for role in Role]
        context |= {"roles": roles, "step": 2}
        return render(request, "patients/citing/role.html", context)
    context |= {"role": Role(asked["role"]), "step": 3}
    return _last_step(request, target, context)


def _reference(asked: dict[str, Any]) -> Reference | None:
    """Raises Http404 for one that is not there."""
    if not asked.get("reference"):
        return None
    texts = Prefetch("texts", source_texts().defer("text", "sought"))
    found = Reference.objects.defer("search").prefetch_related(texts)
    return get_object_or_404(found, public_id=asked["reference"])


def _last_step(request: HttpRequest, target: Target, context: dict[str, Any]) -> HttpResponse:
    citation = Citation(
        case=target.case,
        event=target.event,
        finding=target.finding,
        reference=context["reference"],
        role=context["role"],
    )
    if request.method != "POST":
        form = QuoteForm(instance=citation, initial={"number": context["number"]})
        return _last_page(request, form, context)
    form = QuoteForm(request.POST, instance=citation)
    if not form.is_valid():
        return _last_page(request, form, context, status=422)
    if request.POST.get("do") != "save":
        return _last_page(request, form, {**context, "checked": checked_quote(form.instance)})
    return _save(request, target, form, context)


def _save(
    request: HttpRequest, target: Target, form: QuoteForm, context: dict[str, Any]
) -> HttpResponse:
    try:
        told = _cited(request, target, form.instance)
    except ValidationError as error:
        told_by = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, words in told_by.items():
            form.add_error(name if name in form.fields else None, words)
        return _last_page(request, form, context, status=422)
    messages.success(request, told)
    return redirect(target.back)


def _cited(request: HttpRequest, target: Target, citation: Citation) -> str:
    """Cites, or proposes to; gives what was done, in words. Raises ValidationError by field."""
    if cites_directly(request.user):
        saved = citations.cite(citation=citation, on=target.on, by=request.user)
        return SAVED.get(saved.quote_state, "Cited.")
    key = request.POST.get("key", "").replace("\x00", "")[:MAX_KEY]
    propose_citation(citation=citation, on=target.on, by=request.user, key=key)
    done = SAVED.get(citation.quote_state, "Cited.").removeprefix("Cited.")
    return f"Proposed: a curator looks at it first.{done}"


def _last_page(
    request: HttpRequest, form: QuoteForm, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {
        **context,
        "form": form,
        "texts": context["reference"].texts.all(),
        "is_proposal": not cites_directly(request.user),
        "key": request.POST.get("key", "")[:MAX_KEY] or new_public_id(),
    }
    return render(request, "patients/citing/quote.html", context, status=status)


@require_POST
@needs(MAY_CITE)
def take_back(request: HttpRequest, accession: str, public_id: str) -> HttpResponse:
    """Removes a citation that this user added and nobody has published or edited."""
    target = target_or_404(accession, request.user)
    citation = Citation.objects.filter(case=target.case, public_id=public_id).first()
    if citation is None:
        messages.info(request, "It has been removed already.")
        return redirect(target.case)
    try:
        citations.take_back(citation=citation, by=request.user)
    except ValidationError as error:
        messages.error(request, f"Not taken back. {' '.join(error.messages)}")
    else:
        messages.success(request, "The citation is taken back.")
    return redirect(target.case)


@gzip_page
@require_safe
@needs(MAY_CITE)
def cite_reference(request: HttpRequest) -> HttpResponse:
    """From the page of a reference: which case, and which part of it."""
    asked = StepsForm(request.GET).chosen
    reference = _reference(asked)
    if reference is None:
        raise Http404("Choose the study first.")
    context: dict[str, Any] = {"section": "cases", "reference": reference}
    if asked.get("case"):
        target = target_or_404(asked["case"], request.user)
        query = urlencode({"reference": reference.public_id})
        context |= {"target": target, "parts": _parts(target, query), "query": query}
        return render(request, "patients/citing/part.html", context)
    form = CaseSearchForm(QueryDict(urlencode({"q": asked.get("q") or ""})))
    form.is_valid()
    number = request.GET.get("page", "")
    page = paginate(
        CaseSearch(form.cleaned_data, request.user).results(),
        int(number) if number.isdecimal() and len(number) < 9 and int(number) else 1,
        Permalinks(request.GET),
    )
    context |= {"q": asked.get("q") or "", "page": page, "cases": presenters.case_rows(page.rows)}
    return render(request, "patients/citing/case.html", context)


def _parts(target: Target, query: str) -> list[dict[str, Any]]:
    """The events with their findings, each with the address of the next step."""
    document = target.document
    findings = {row.id: row for row in document.imaging_findings}

    def url(name: str, key: str) -> str:
        return f"{reverse(name, args=[document.accession, key])}?{query}"

    return [
        {
            "label": event.label,
            "when": event.time.words,
            "url": url("patients:cite-event", event.id),
            "findings": [
                (_name(findings[key]), url("patients:cite-finding", key)) for key in event.findings
            ],
        }
        for event in document.events
    ]


def _name(finding: Any) -> str:
    return finding.description or (finding.site.display if finding.site else "Finding")
