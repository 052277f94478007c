"""Facets with counts, pages and cursors, and what a search leads to."""

import csv
import io
import json
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.utils import timezone

from patients.actions import cases
from patients.actions.listings import write_listing
from patients.forms import CaseSearchForm
from patients.models import SavedSearch
from patients.searching import engine
from patients.searching.codes import FACETS, VALUE_BITS, word_code
from patients.searching.engine import Count
from patients.searching.values import SHOWN, WORD_FACETS
from tests import make
from tests.pages.rendering import text_of
from tests.patients.searching.asking import first_page, found, search, titles

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def told(title="A course", **changes):
    case = make.make_case(title=title, **changes)
    make.make_source(case)
    make.make_event(case, 0, is_index=True, label="Found")
    cases.publish(case=case, by=None)
    return case


def facet(query, name):
    (one,) = (facet for facet in search(query).facets() if facet.name == name)
    return {row.value: row.count.number for row in one.values}


@pytest.fixture
def rich():
    vein = make.make_term(slug="portal-vein", kind="body_site", display="Portal vein")
    liver = make.make_term(slug="liver", kind="body_site", display="Liver")
    heparin = make.make_term(slug="heparin", kind="drug", display="Heparin")
    case = make.make_case(
        title="Rich", summary="Told. 门静脉", age_low=38, age_high=41, primary_site=liver,
        patient=make.make_patient(sex="female"),
        diagnosis=make.make_term(slug="net", display="Tumour"),
    )  # fmt: skip
    make.make_source(case, make.make_reference({"issued": {"date-parts": [[2011]]}}))
    lesion = make.make_lesion(case, kind="metastasis", site=liver)
    for day, patency, size in ((0, "thrombosed", "40"), (30, "patent", "20")):
        event = make.make_event(case, day, category="imaging", is_index=day == 0)
        make.make_finding(event, site=vein, patency=patency, modality="doppler")
        of_lesion = make.make_finding(event, lesion=lesion, modality="mri")
        make.make_measurement(of_lesion, low_mm=size, high_mm=size)
    make.make_event(case, 5, category="drug", term=heparin)
    make.make_event(case, 40, category="outcome", outcome="stable_disease")
    make.make_event(case, 50, category="outcome", outcome="improved")
    cases.publish(case=case, by=None)
    told("Plain")
    return case


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("diagnosis", {"net": 1}), ("site", {"liver": 1}), ("metastasis", {"liver": 1}),
        ("vein", {"portal-vein": 1}), ("vein_course", {"recanalised": 1}),
        ("treatment_kind", {"drug": 1}), ("treatment", {"heparin": 1}), ("drug", {"heparin": 1}),
        ("modality", {"doppler": 1, "mri": 1}), ("sex", {"female": 1}),
        ("age", {"30-39": 1, "40-49": 1}), ("response", {"stable_disease": 1}),
        ("derived_response", {"partial": 1}), ("outcome", {"improved": 1}),
        ("year", {"2011": 1, "2016": 1}), ("language", {"en": 2, "zh": 1}), ("images", {}),
    ],
)  # fmt: skip
def test_every_facet_counts_and_narrows(rich, name, values):
    assert facet("", name) == values
    for value, count in values.items():
        assert len(found(f"{name}={value}")) == count
        assert "Rich" in titles(f"{name}={value}") or name == "year"


def test_values_of_a_facet_are_any_and_facets_are_all(rich):
    told("Man", patient=make.make_patient(sex="male"))
    assert titles("sex=female&sex=male") == {"Rich", "Man"}
    assert titles("sex=female&sex=male&drug=heparin") == {"Rich"}
    assert facet("sex=male", "sex") == {"male": 1, "female": 1}
    assert facet("sex=male", "drug") == {}


def test_years_and_cited_references_narrow_too(rich):
    reference = rich.citations.get().reference
    assert titles("year_from=2010&year_to=2012") == {"Rich"}
    assert titles("year_from=2012") == {"Plain"}
    assert titles(f"cites={reference.public_id}") == {"Rich"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("vein=nowhere", "vein"), ("age=7", "age"), ("year=soon", "year"), ("year=99999", "year"),
        ("images=perhaps", "images"), ("cites=0000000000", "cites"), ("cites=x'", "cites"),
        ("year_from=2012&year_to=2010", "year_to"), ("cursor=abc", "cursor"),
        ("cursor=W10", "cursor"), ("&".join(f"year={y}" for y in range(1990, 2012)), "year"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_a_400_that_names_the_field(client, query, field):
    label = CaseSearchForm.base_fields[field].label
    for path in ("/cases/", "/cases/facets/", "/api/v1/cases/", "/cases/results.csv"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 400
        named = f'"{field}"' if path.startswith("/api/") else f"{label}</strong>"
        assert named in response.content.decode()


def test_codes_are_apart():
    codes = [word_code(facet, word) for facet, words in WORD_FACETS.items() for word in words]
    assert len(codes) == len(set(codes))
    assert len(set(FACETS.values())) == len(FACETS) == len(SHOWN)
    assert max(FACETS.values()) << VALUE_BITS < 2**31


def test_counts_are_exact_up_to_a_bound_and_say_so_beyond(rich):
    assert engine.count(search("").wanted, 1) == Count(1, more=True)
    assert str(Count(20_000, more=True)) == "20,000+"
    assert engine.count(search("").wanted, 2) == Count(2)


def test_of_more_than_can_be_read_in_time_the_newest_are_counted(db, monkeypatch):
    """Each number is a lower bound then, and is said to be one."""
    for sex in ("female", "male", "female"):
        told(patient=make.make_patient(sex=sex))
    wanted = search("q=course").wanted
    exact = engine.facet_counts(wanted, ["sex"])
    monkeypatch.setattr(engine, "MAX_READ", -1)
    assert engine.facet_counts(wanted, ["sex"]) == {
        code: Count(count.number, more=True) for code, count in exact.items()
    }
    monkeypatch.setattr(engine, "MAX_COUNTED", 1)
    (newest,) = engine.facet_counts(wanted, ["sex"]).values()
    assert newest == Count(1, more=True)


def test_of_a_large_base_the_first_page_does_not_wait_for_counts(rich, client, monkeypatch):
    for number in range(21):
        told(f"Case {number}")
    monkeypatch.setattr(engine, "LARGE", -2)
    page = client.get("/cases/?language=en").content.decode()
    assert "Cases 1 to 20" in text_of(page)
    assert 'hx-get="/cases/facets/?language=en"' in page
    assert "Female" not in page
    part = client.get("/cases/facets/?language=en", headers={"HX-Request": "true"})
    assert "23 cases in all" in text_of(part.content.decode())
    assert "<html" not in part.content.decode()
    whole = text_of(client.get("/cases/facets/?language=en").content.decode())
    assert "Narrow down" in whole
    assert "Female , 1 case" in whole


def test_counts_of_a_whole_large_base_are_kept_a_while(rich, monkeypatch):
    monkeypatch.setattr(engine, "LARGE", -2)
    cache.clear()
    assert facet("", "sex") == {"female": 1}
    told("Man", patient=make.make_patient(sex="male"))
    assert facet("", "sex") == {"female": 1}
    assert facet("language=en", "sex") == {"female": 1, "male": 1}
    cache.clear()
    assert facet("", "sex") == {"female": 1, "male": 1}


@pytest.mark.parametrize("order", ["newest", "title", "year", "events"])
def test_a_cursor_goes_through_all_in_order(rich, order):
    for number in range(4):
        told(f"Case {number}")
    no_year = make.make_case(title="No year")
    make.make_source(no_year, make.make_reference({"issued": None}))
    make.make_event(no_year, 0, is_index=True)
    cases.publish(case=no_year, by=None)
    results = search(f"sort={order}").results()
    whole = [hit.listing for hit in results.hits(limit=100)]
    seen, after = [], None
    while hits := results.hits(limit=2, after=after):
        seen += [hit.listing for hit in hits]
        after = hits[-1]
    assert seen == whole
    assert len(set(whole)) == 7


def test_pages_far_out_go_on_by_cursor(rich, client, monkeypatch):
    monkeypatch.setattr(engine, "MAX_OFFSET", 20)
    for number in range(42):
        told(f"Case {number}")
    page = first_page("")
    assert page.count == Count(44)
    assert "cursor=" in page.next
    seen = [row.pk for row in page.rows]
    for _ in range(2):
        page = first_page(page.next.removeprefix("?"))
        seen += [row.pk for row in page.rows]
    assert len(set(seen)) == 44
    assert page.next == ""
    answer = client.get("/cases/?page=1000000000")
    assert answer.status_code == 404
    assert "There is no page 1000000000" in answer.content.decode()


def test_the_api_goes_on_by_cursor_too(rich, client, monkeypatch):
    monkeypatch.setattr("patients.api.case_pages.BY_NUMBER", 2)
    for number in range(5):
        told(f"Case {number}")
    url, seen = "/api/v1/cases/?page_size=2&ordering=title", []
    while url:
        answer = client.get(url).json()
        seen += [row["title"] for row in answer["results"]]
        assert answer["count"] == 7
        url = answer["next"]
    assert seen == sorted(seen)
    assert len(seen) == 7


# -- what a search leads to -----------------------------------------------------------------------


def test_a_feed_has_the_newest_cases_of_the_search_first(client):
    for number in range(3):
        told(f"Clot {number}", summary=f"Told <{number}>")
    told("Another")
    answer = client.get("/cases/feed/?q=clot&sort=title")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    names = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert names == ["Clot 2", "Clot 1", "Clot 0"]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith("/cases/feed/?q=clot&sort=title")
    assert feed.find(f"{ATOM}entry").findtext(f"{ATOM}summary") == "Told <2>"


def test_a_feed_of_nothing_stays_the_same(client):
    assert client.get("/cases/feed/?q=x").content == client.get("/cases/feed/?q=x").content


def test_a_result_as_csv_has_no_formula(client, rich):
    told("=1+1 clot")
    answer = client.get("/cases/results.csv?q=clot")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row["title"] for row in rows] == ["'=1+1 clot"]
    assert answer["Content-Disposition"].endswith('filename="casebase-cases.csv"')


def test_a_result_as_json_lines_streams_all_of_it(client, rich, monkeypatch):
    monkeypatch.setattr("patients.searching.exports.AT_ONCE", 2)
    for number in range(4):
        told(f"Case {number}")
    lines = b"".join(client.get("/cases/results.jsonl?sort=title")).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["title"] for row in rows] == [
        "Case 0",
        "Case 1",
        "Case 2",
        "Case 3",
        "Plain",
        "Rich",
    ]
    assert rows[5]["treatments"] == ["Heparin"]
    assert rows[5]["url"] == f"http://testserver/cases/{rich.accession}/"


def test_a_result_is_bounded_and_says_so(client, monkeypatch):
    monkeypatch.setattr("patients.searching.exports.MAX_ROWS", 2)
    monkeypatch.setattr("patients.searching.exports.AT_ONCE", 1)
    for number in range(3):
        told(f"Case {number}")
    lines = b"".join(client.get("/cases/results.jsonl")).decode().splitlines()
    assert len(lines) == 3
    assert "first" in json.loads(lines[2])["note"]


def test_a_search_is_saved_renamed_run_and_deleted(client):
    user = make.make_user()
    client.force_login(user)
    answer = client.post(
        "/cases/searches/save/", {"name": "Men", "query": "q=clot&sex=male&page=3"}
    )
    assert answer["Location"] == "/cases/?q=clot&sex=male"
    saved = SavedSearch.objects.get(user=user)
    assert parse_qsl(saved.query) == [("q", "clot"), ("sex", "male")]
    page = client.get("/cases/searches/").content.decode()
    assert 'href="/cases/?q=clot&amp;sex=male">Men</a>' in page
    client.post(f"/cases/searches/{saved.public_id}/rename/", {"name": "Others"})
    saved.refresh_from_db()
    assert saved.name == "Others"
    again = client.post("/cases/searches/save/", {"name": "Others", "query": "q=x"})
    assert again.status_code == 422
    assert "of this name already" in again.content.decode()
    client.post(f"/cases/searches/{saved.public_id}/delete/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "", "query": "q=x"}, "name"),
        ({"name": "x" * 101, "query": "q=x"}, "name"),
        ({"name": "One", "query": "sex=unknown"}, "cannot be run"),
        ({"name": "One", "query": "next=//evil"}, "not something to search by"),
        ({"name": "One", "query": "q=" + "x" * 4000}, "query"),
    ],
)
def test_what_cannot_be_saved_is_said_and_lost_nothing(client, fields, words):
    client.force_login(make.make_user())
    answer = client.post("/cases/searches/save/", fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_a_listing_written_for_nobody_to_see_is_not_shown():
    case = make.make_case(title="Written behind our back")
    document = cases.refresh(case=case)
    write_listing(case=case, audience="public", document=document, at=timezone.now())
    assert found("") == []


def test_addresses_of_the_api_keep_what_was_asked(client, rich):
    told("More")
    answer = client.get("/api/v1/cases/?language=en&page_size=1").json()
    assert dict(parse_qsl(urlsplit(answer["next"]).query)) == {
        "language": "en", "page_size": "1", "page": "2",
    }  # fmt: skip
