"""The library's references: the list and each one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature import presenters
from literature.citing import citers
from literature.forms import ReferenceSearchForm, SuggestForm
from literature.forms.notices import NoticeForm
from literature.models import Reference
from literature.notices import notice_views
from literature.orders import order_choices
from literature.paging import paginate
from literature.permalinks import Permalinks
from literature.relations import relation_rows
from literature.search import search_references
from literature.searching.suggest import suggestions
from literature.views.merged import elsewhere


@gzip_page
@require_safe
def reference_list(request: HttpRequest) -> HttpResponse:
    form = ReferenceSearchForm(request.GET)
    permalinks = Permalinks(request.GET)
    context: dict[str, object] = {
        "section": "references",
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.FILTERS),
        "narrowed": any(request.GET.get(name) for name in form.FILTERS if name != "q"),
        "orders": order_choices(
            form.SORTS, words=request.GET.get("q") or "", asked=request.GET.get("sort") or ""
        ),
        "only_words": permalinks.without(*(name for name in form.FILTERS if name != "q")),
    }
    if not form.is_valid():
        return render(request, "literature/reference_list.html", context, status=400)
    found = search_references(form.cleaned_data, request.user).prefetch_related("notices")
    page = paginate(found, form.cleaned_data["page"] or 1, permalinks)
    context["page"] = page
    context["references"] = [presenters.reference_row(row) for row in page.rows]
    return render(request, "literature/reference_list.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What somebody may mean who is typing, as the options of a field."""
    form = SuggestForm(request.GET)
    works = suggestions(form.cleaned_data["q"]) if form.is_valid() else []
    status = 200 if form.is_valid() else 400
    context = {"suggestions": works}
    return render(request, "literature/_partials/suggestions.html", context, status=status)


@gzip_page
@require_safe
def reference_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    reference = Reference.objects.with_page().filter(public_id=public_id).first()
    if reference is None:
        return elsewhere(public_id)
    context = {
        "section": "references",
        "reference": reference,
        "fields": presenters.fields(reference),
        "notices": notice_views(reference.notices.all()),
        "notice_form": NoticeForm(),
        "facts": presenters.facts(reference),
        "texts": presenters.texts(reference),
        "list_items": presenters.list_items(reference),
        "listed_in": presenters.listed_in(reference),
        "relations": relation_rows(reference),
        "other_identifiers": reference.other_identifiers.all(),
        "citing": citers().groups(reference, request.user),
        "cite_url": citers().cite_url(reference, request.user),
    }
    return render(request, "literature/reference_detail.html", context)
