"""Filters, ordering and pages of every list."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from patients.actions import cases
from patients.models import Event
from tests import make
from tests.api.client import CHANGES, fields, problem

pytestmark = pytest.mark.django_db
PREFIXES = [prefix for prefix in CHANGES if prefix != "lesions"]


def test_filters_of_parts(api):
    term = make.make_term(slug="octreotide", kind="drug")
    site = make.make_term(slug="portal-vein", kind="body_site")
    case = make.make_published_case()
    other = make.make_published_case()
    event, finding = case.events.first(), case.imagingfindings.first()
    Event.objects.filter(pk=event.pk).update(term=term)
    finding.site, finding.patency, finding.change = site, "thrombosed", "new"
    finding.save()
    cases.publish(case=case, by=None)

    def count(query):
        return api().get(query).json()["count"]

    assert count("events/") == 6
    assert count(f"events/?case={other.accession}") == 3
    assert count("events/?category=drug") == 0
    assert (
        count("events/?term=octreotide") == count("events/?term=octreotide&category=imaging") == 1
    )
    for query in (
        "site=portal-vein",
        "patency=thrombosed",
        "change=new",
        "modality=mri&change=new",
    ):
        assert api().results(f"imaging-findings/?{query}")[0]["id"] == finding.public_id
        assert count(f"imaging-findings/?{query}") == 1
    lesion = finding.lesion.public_id
    assert count(f"measurements/?lesion={lesion}&dimension=longest") == 1
    assert count(f"measurements/?lesion={lesion}&dimension=third") == 0
    citation = event.citations.get()
    assert count(f"citations/?reference={citation.reference.public_id}&role=supports") == 1
    assert count(f"citations/?event={event.public_id}") == 1
    assert count("citations/?role=source") == 2
    assert count("citations/?reference=0000000000") == 0


def test_filters_of_results(api):
    case = make.make_published_case(results=2)
    make.make_published_case(results=1)
    result = case.laboratoryresults.first()
    result.term, result.analyte = (
        make.make_term(slug="gastrin", kind="finding"),
        "Gastrin (fasting)",
    )
    result.save()
    cases.publish(case=case, by=None)

    def found(query):
        return [row["id"] for row in api().results(f"laboratory-results/?{query}")]

    assert len(found("")) == 3
    assert (
        len(found(f"case={case.accession}")) == len(found(f"event={result.event.public_id}")) == 2
    )
    assert found("term=gastrin") == found("analyte=Gastrin%20(fasting)") == [result.public_id]
    assert found("analyte=Gastrin") == []


def test_case_filters_are_those_of_the_page(api, client):
    female = make.make_published_case(patient=make.make_patient(sex="female"), title="Alpha")
    make.make_published_case(patient=make.make_patient(sex="male"), title="Beta")
    assert [row["accession"] for row in api().results("cases/?sex=female")] == [female.accession]
    assert len(api().results("cases/?sex=female&sex=male")) == 2
    assert [row["title"] for row in api().results("cases/?ordering=title")] == ["Alpha", "Beta"]
    assert [row["title"] for row in api().results("cases/?q=alpha")] == ["Alpha"]
    assert client.get("/cases/?sex=female").content.count(b"CB-") > 0


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_page_and_every_neighbour(api, prefix):
    make.make_published_case(events=5)
    make.make_published_case()
    client = api()
    whole = client.results(f"{prefix}/?page_size=200")
    path, seen, pages = f"{prefix}/?page_size=2", [], 0
    previous = None
    while path:
        answer = client.get(path).json()
        assert answer["previous"] == previous or pages < 2
        assert answer["count"] == len(whole)
        seen += answer["results"]
        previous, path, pages = path, answer["next"], pages + 1
    assert seen == whole


def test_neighbours_keep_the_filters(api):
    for _ in range(3):
        make.make_published_case(patient=make.make_patient(sex="female"))
    answer = api().get("cases/?sex=female&sex=male&ordering=title&page_size=1&page=2").json()
    kept = [("sex", "female"), ("sex", "male"), ("ordering", "title"), ("page_size", "1")]
    for url, page in ((answer["next"], "3"), (answer["previous"], "1")):
        assert sorted(parse_qsl(urlsplit(url).query)) == sorted([*kept, ("page", page)])
        assert api().get(url).status_code == 200


@pytest.mark.parametrize("prefix", PREFIXES)
def test_page_beyond_the_last(api, prefix):
    for page in (2, 10**9):
        body = problem(api().get(f"{prefix}/?page={page}"), 404)
        assert body["detail"] == f"There is no page {page}: the last page is 1."


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("colour=blue", "colour"), ("format=json", "format"), ("sort=title", "sort"),
        ("page=0", "page"), ("page=-1", "page"), ("page=x", "page"), ("page=1.5", "page"),
        (f"page={10**9 + 1}", "page"), (f"page={'9' * 5000}", "page"), ("page=1&page=2", "page"),
        ("page_size=0", "page_size"), ("page_size=201", "page_size"), ("ordering=pk", "ordering"),
        ("ordering=-title", "ordering"), ("ordering=title&ordering=title", "ordering"),
    ],
)  # fmt: skip
def test_bad_parameter_is_named(api, prefix, query, field):
    assert fields(api().get(f"{prefix}/?{query}")) == {field}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("cases/?sex=none", "sex"), ("cases/?diagnosis=nothing-like-it", "diagnosis"),
        ("cases/?site=%27", "site"), ("cases/?outcome=happy", "outcome"),
        ("cases/?" + "&".join(f"treatment=t{n}" for n in range(21)), "treatment"),
        ("cases/?q=" + "a" * 301, "q"), ("events/?case=nothing", "case"),
        ("events/?category=party", "category"), ("events/?term=a%20b", "term"),
        ("imaging-findings/?lesion=1", "lesion"), ("imaging-findings/?patency=x", "patency"),
        ("measurements/?dimension=4", "dimension"), ("citations/?reference=x", "reference"),
        ("citations/?role=x", "role"), ("patients/?country=Hungary", "country"),
        ("references/?year_from=x", "year_from"), ("references/?year_from=99999", "year_from"),
        ("references/?year_from=2020&year_to=2000", "year_to"), ("references/?type=poem", "type"),
        ("references/?cited=maybe", "cited"), ("terms/?kind=x", "kind"), ("lesions/", "case"),
        ("lesions/?case=x", "case"),
    ],
)  # fmt: skip
def test_bad_filter_is_named(api, query, field):
    assert fields(api().get(query)) == {field}


@pytest.mark.parametrize("query", ["q=a%00b", "q=%ff", "%00=1", "q=%ed%a0%80", "page=%00"])
@pytest.mark.parametrize("prefix", ["cases", "references", "terms", "events"])
def test_query_that_is_no_text(api, prefix, query):
    problem(api().get(f"{prefix}/?{query}"), 400)


def test_parameters_where_there_are_none(api, records):
    assert fields(api().get(f"{records.path('cases')}?expand=all")) == {"expand"}
    assert fields(api("curator").post("events/?dry_run=1", {})) == {"dry_run"}


def test_many_parameters(api):
    query = "&".join(f"a{number}=1" for number in range(6000))
    problem(api().get(f"cases/?{query}"), 400)


def test_count_is_bounded(api, monkeypatch):
    make.make_published_case(events=5)
    monkeypatch.setattr("literature.rest.paging.MAX_COUNTED", 3)
    answer = api().get("events/?page_size=2&page=2").json()
    assert (answer["count"], answer["next"], len(answer["results"])) == (3, None, 1)
    problem(api().get("events/?page_size=2&page=3"), 404)
