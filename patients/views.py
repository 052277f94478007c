"""The pages of cases."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature.paging import paginate
from literature.permalinks import Permalinks
from patients import presenters
from patients.citing_page import may_cite, waiting_for
from patients.facets import chips, facet_views
from patients.figure_form import FigureForm
from patients.figure_page import page_figure
from patients.figure_views import figure_refused
from patients.forms import CaseSearchForm
from patients.models import Case
from patients.reading import read_case
from patients.search import CaseSearch
from patients.vocabulary import Status


@gzip_page
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    form = CaseSearchForm(request.GET)
    permalinks = Permalinks(request.GET)
    context: dict[str, object] = {
        "section": "cases",
        "form": form,
        "all_url": permalinks.without(*form.FILTERS),
    }
    if not form.is_valid():
        return render(request, "patients/case_list.html", context, status=400)
    search = CaseSearch(form.cleaned_data, request.user)
    page = paginate(search.results(), form.cleaned_data["page"] or 1, permalinks)
    facets = search.facets()
    context.update(
        page=page,
        cases=presenters.case_rows(page.rows),
        facets=facet_views(facets, permalinks),
        chips=chips(form.cleaned_data, facets, permalinks),
        kept=permalinks.kept("q", "sort"),
    )
    return render(request, "patients/case_list.html", context)


@gzip_page
@require_safe
def case_detail(request: HttpRequest, accession: str) -> HttpResponse:
    try:
        reading = read_case(accession, request.user)
    except Case.DoesNotExist:
        raise Http404(f"There is no case {accession}.") from None
    form = FigureForm(request.GET, reading.document)
    if not form.is_valid():
        return figure_refused(request, accession, form.problems)
    context = {
        "section": "cases",
        "reading": reading,
        "status_label": Status(reading.status).label,
        "case": presenters.case_view(reading.document),
        "figure": page_figure(form, reading.document),
        "may_cite": may_cite(request.user),
        "waiting": waiting_for(accession, request.user),
    }
    return render(request, "patients/case_detail.html", context)
