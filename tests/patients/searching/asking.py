"""Asks as the page of cases does, without HTTP."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from literature.permalinks import Permalinks
from patients.forms import CaseSearchForm
from patients.search import CaseSearch
from patients.searching.result_page import ResultPage, result_page


def search(query: str, user: Any = None) -> CaseSearch:
    """`query` is a query string that can be run."""
    form = CaseSearchForm(QueryDict(query))
    assert form.is_valid(), form.errors
    return CaseSearch(form.cleaned_data, user or AnonymousUser())


def first_page(query: str, user: Any = None) -> ResultPage:
    return result_page(search(query, user), 1, Permalinks(QueryDict(query)), counts=True)


def found(query: str, user: Any = None) -> list[str]:
    """Accessions of the first page, in order."""
    return [row.accession for row in first_page(query, user).rows]


def titles(query: str, user: Any = None) -> set[str]:
    return {row.title for row in first_page(query, user).rows}
