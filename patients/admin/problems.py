"""What is wrong with a working record, shown where it is edited."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from patients.document import build_document
from patients.models import Case


def problems_of(case: Case) -> list[str]:
    """The contradictions that the case document names; they stand until somebody resolves them."""
    return build_document(Case.objects.with_timeline().get(pk=case.pk)).problems


def show_problems(request: HttpRequest, case: Case) -> None:
    for problem in problems_of(case):
        messages.warning(request, f"{case.accession}: {problem}")
