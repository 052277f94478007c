"""The histories of a case with all its parts and its patient, and of a term."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from literature.history.pages import SEE, TAKE_BACK, Subject, show_history, take_back
from literature.history.reading import changes_of
from literature.views.access import needs
from patients.history.reverting import revert_case, revert_term
from patients.models import Case, Patient, Term


@require_safe
@needs(SEE)
def case_history(request: HttpRequest, accession: str) -> HttpResponse:
    return show_history(request, _case(request, accession))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE)
@needs(TAKE_BACK)
def case_take_back(request: HttpRequest, accession: str, number: int) -> HttpResponse:
    return take_back(request, _case(request, accession), number)


def _case(request: HttpRequest, accession: str) -> Subject:
    case = Case.objects.visible_to(request.user).filter(accession=accession).first()
    if case is None:
        raise Http404(f"There is no case {accession}.")
    patient = (Patient._meta.db_table, case.patient_id)
    return Subject(
        title=case.title,
        section="cases",
        home=("Cases", reverse("patients:case-list")),
        name=case.accession,
        url=case.get_absolute_url(),
        history_url=reverse("patients:case-history", args=[accession]),
        changes=changes_of([(Case._meta.db_table, case.pk)], also=[patient]),
        revert=lambda changes, reason: revert_case(
            case=case, changes=changes, reason=reason, by=request.user
        ),
    )


@require_safe
@needs(SEE)
def term_history(request: HttpRequest, slug: str) -> HttpResponse:
    return show_history(request, _term(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE)
@needs(TAKE_BACK)
def term_take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return take_back(request, _term(request, slug), number)


def _term(request: HttpRequest, slug: str) -> Subject:
    term = get_object_or_404(Term, slug=slug)
    return Subject(
        title=term.display,
        section="",
        home=("History", reverse("history:recent")),
        name=term.slug,
        url="",
        history_url=reverse("history:term", args=[slug]),
        changes=changes_of([(Term._meta.db_table, term.pk)]),
        revert=lambda changes, reason: revert_term(
            term=term, changes=changes, reason=reason, by=request.user
        ),
    )
