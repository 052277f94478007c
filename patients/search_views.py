"""The list of cases, its counts apart, and what else a search leads to: a feed and files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature.orders import order_choices
from literature.permalinks import WHOLE, Permalinks
from patients import presenters
from patients.facets import chips, facet_views, sequence_words, understood
from patients.forms import CaseSearchForm
from patients.presenters.search import other_names, search_problems
from patients.search import CaseSearch
from patients.searching import engine
from patients.searching.codes import FACETS
from patients.searching.exports import KINDS, file_of
from patients.searching.feed import feed_of
from patients.searching.help import help_for
from patients.searching.passages import passages
from patients.searching.result_page import ResultPage, result_page
from patients.searching.sequences import sequences_shown


@gzip_page
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    form = CaseSearchForm(request.GET)
    permalinks = Permalinks(request.GET)
    if not form.is_valid():
        return render(request, "patients/case_list.html", _context(form, permalinks), status=400)
    search = CaseSearch(form.cleaned_data, request.user)
    if search.named is not None and search.named.listings and not permalinks.kept("q"):
        return redirect("patients:case-detail", accession=search.named.accession)
    counts = not engine.is_large()
    page = result_page(search, form.cleaned_data["page"] or 1, permalinks, counts=counts)
    context = _context(form, permalinks) | _found(search, page, permalinks)
    if counts:
        context["facets"] = facet_views(
            search.facets(), permalinks, all_at=reverse("patients:case-facets")
        )
    else:
        context["counts_url"] = f"{reverse('patients:case-facets')}?{permalinks.query}"
    return render(request, "patients/case_list.html", context)


@gzip_page
@require_safe
def case_facets(request: HttpRequest) -> HttpResponse:
    """How many cases there are, and the filters with their counts: for a large base, where the list
    does not wait for them. As a part of that page, or a page of its own."""
    form = CaseSearchForm(request.GET)
    permalinks = Permalinks(request.GET, at=reverse("patients:case-list"))
    context = _context(form, permalinks)
    if not form.is_valid():
        return render(request, "patients/case_facets.html", context, status=400)
    search = CaseSearch(form.cleaned_data, request.user)
    whole = request.GET.get(WHOLE, "")
    context |= {
        "count": search.count(),
        "facets": facet_views(
            search.facets(),
            permalinks,
            all_at=request.path,
            whole=whole if whole in FACETS else "",
        ),
        "chips": chips(form.cleaned_data, permalinks),
        "list_url": f"{reverse('patients:case-list')}?{permalinks.query}",
    }
    is_part = request.headers.get("HX-Request") == "true"
    template = "patients/_partials/facets_part.html" if is_part else "patients/case_facets.html"
    return render(request, template, context)


def _context(form: CaseSearchForm, permalinks: Permalinks) -> dict[str, Any]:
    return {
        "section": "cases",
        "form": form,
        "all_url": permalinks.without(*form.FILTERS),
        "kept": permalinks.kept("q", "sort", *form.YEAR_SPAN, *form.SEQUENCE),
        "orders": order_choices(
            form.SORTS, words=form.data.get("q") or "", asked=form.data.get("sort") or ""
        ),
        "problems": search_problems(form, permalinks),
        "more_open": any(name in form.errors for name in (*form.YEAR_SPAN, *form.SEQUENCE)),
        "more_asked": any(form.data.get(name) for name in (*form.YEAR_SPAN, *form.SEQUENCE)),
        "query": permalinks.query,
    }


def _found(search: CaseSearch, page: ResultPage, permalinks: Permalinks) -> dict[str, Any]:
    filters = search.filters
    sequence = search.wanted.sequence
    shown = passages(page.rows, search.words.parts)
    sequences = sequences_shown(page.rows, sequence) if sequence else {}
    on = chips(filters, permalinks)
    found: dict[str, Any] = {
        "page": page,
        "cases": presenters.case_rows(page.rows, shown, sequences),
        "chips": on,
        "notes": search.words.notes,
        "named": search.named,
        "other_names": other_names(search.words.parts, filters.get("q") or ""),
        "understood": understood(filters.get("events")),
        "sequence": sequence_words(filters) if sequence else "",
        "newest_url": permalinks.replaced("sort", "newest"),
    }
    if page.is_empty and on:
        help_ = help_for(search)
        found["spelling"] = help_.spelling
        found["spelling_url"] = permalinks.replaced("q", help_.spelling)
        found["drop"] = [(each, permalinks.without(*each.fields)) for each in help_.drop]
    return found


@require_safe
def case_feed(request: HttpRequest) -> HttpResponse:
    """New cases of a search as an Atom feed: what everybody may read, whoever asks."""
    form = CaseSearchForm(request.GET)
    if not form.is_valid():
        return render(
            request,
            "patients/case_list.html",
            _context(form, Permalinks(request.GET)),
            status=400,
        )
    return feed_of(request, form)


@require_safe
def case_results(request: HttpRequest, ending: str) -> HttpResponseBase:
    """What a search found, as a file that is written while it is read."""
    form = CaseSearchForm(request.GET)
    if not form.is_valid():
        context = _context(form, Permalinks(request.GET))
        return render(request, "patients/case_list.html", context, status=400)
    search = CaseSearch(form.cleaned_data, request.user)
    kind = KINDS[ending]
    response = StreamingHttpResponse(
        file_of(search, kind, request.build_absolute_uri("/")), content_type=kind.content_type
    )
    response["Content-Disposition"] = f'attachment; filename="casebase-cases.{ending}"'
    response["Cache-Control"] = "no-cache"
    return response
