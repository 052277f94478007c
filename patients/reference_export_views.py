"""The references of a case, formatted or as a file."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature.export_page import answer
from literature.forms.exports import ExportForm
from patients.models import Case
from patients.reading import read_case
from patients.references_cited import CITED, ORDERS, chosen_of
from patients.withdrawn import unreadable


class CaseExportForm(ExportForm):
    order = forms.ChoiceField(
        required=False, choices=list(ORDERS.items()), initial=CITED, label="Numbers"
    )


@gzip_page
@require_safe
def case_references(request: HttpRequest, accession: str) -> HttpResponseBase:
    try:
        reading = read_case(accession, request.user)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)
    form = CaseExportForm(request.GET)
    order = form.cleaned_data.get("order") if form.is_valid() else ""
    chosen = chosen_of(reading, order or CITED)
    back = (accession, f"{reverse('patients:case-detail', args=[accession])}#references")
    return answer(request, chosen, section="cases", back=back, form=form)
