"""The library's pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature import presenters
from literature.citing import citers
from literature.forms import ReferenceSearchForm
from literature.models import Reference
from literature.paging import paginate
from literature.permalinks import Permalinks
from literature.search import search_references


@gzip_page
@require_safe
def reference_list(request: HttpRequest) -> HttpResponse:
    form = ReferenceSearchForm(request.GET)
    permalinks = Permalinks(request.GET)
    context: dict[str, object] = {
        "section": "references",
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.FILTERS),
    }
    if not form.is_valid():
        return render(request, "literature/reference_list.html", context, status=400)
    found = search_references(form.cleaned_data, request.user)
    page = paginate(found, form.cleaned_data["page"] or 1, permalinks)
    context["page"] = page
    context["references"] = [presenters.reference_row(row) for row in page.rows]
    return render(request, "literature/reference_list.html", context)


@gzip_page
@require_safe
def reference_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    reference = get_object_or_404(Reference.objects.with_page(), public_id=public_id)
    context = {
        "section": "references",
        "reference": reference,
        "fields": presenters.fields(reference),
        "facts": presenters.facts(reference),
        "texts": presenters.texts(reference),
        "list_items": presenters.list_items(reference),
        "listed_in": presenters.listed_in(reference),
        "citing": citers().groups(reference, request.user),
    }
    return render(request, "literature/reference_detail.html", context)
