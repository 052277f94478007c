"""Of a facet with many values the page has the most common ones, and leads to the others."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from literature.permalinks import Permalinks
from patients.facets import FOLDED_VALUES, SHOWN_VALUES, FacetView, facet_views
from patients.search import Facet, FacetValue
from patients.searching.engine import Count
from patients.searching.values import SHOWN
from tests import make

DIAGNOSIS = next(info for info in SHOWN if info.name == "diagnosis")
MOST = SHOWN_VALUES + FOLDED_VALUES


def views(number: int, query: str = "", whole: str = "", chosen: int = -1) -> list[FacetView]:
    values = [
        FacetValue(f"d{at}", f"Diagnosis {at}", Count(number - at), at == chosen)
        for at in range(number)
    ]
    links = Permalinks(QueryDict(query), at="/cases/")
    return facet_views([Facet(DIAGNOSIS, values)], links, all_at="/all/", whole=whole)


def test_few_values_are_all_there() -> None:
    (view,) = views(MOST)
    assert (len(view.links), len(view.more), view.all_url) == (SHOWN_VALUES, FOLDED_VALUES, "")


def test_of_many_the_rest_is_on_a_page_of_its_own() -> None:
    (view,) = views(MOST + 5, "sex=female&page=3")
    assert (len(view.more), view.total) == (FOLDED_VALUES, MOST + 5)
    assert view.all_url == "/all/?sex=female&facet=diagnosis"
    assert view.links[0].url == "/cases/?sex=female&diagnosis=d0"
    assert views(MOST + 5)[0].all_url == "/all/?facet=diagnosis"


def test_what_is_chosen_is_always_there() -> None:
    (view,) = views(MOST + 5, "diagnosis=d50", chosen=50)
    assert view.open
    assert view.more[-1].chosen
    assert view.more[-1].url == "/cases/?"


def test_that_page_has_one_facet_with_all_of_its_values() -> None:
    (view,) = views(MOST + 5, "facet=diagnosis", whole="diagnosis")
    assert (len(view.links), view.more, view.all_url) == (MOST + 5, [], "")
    assert "facet" not in view.links[0].url
    assert views(3, whole="site") == []


@pytest.mark.django_db
def test_an_unheard_of_facet_is_no_error() -> None:
    make.make_published_case(title="A course")
    for asked in ("nonsense", "", "sex"):
        answer = Client().get("/cases/facets/", {"facet": asked})
        assert answer.status_code == 200
