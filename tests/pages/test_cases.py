"""The list of cases and the case page, as a browser without JavaScript gets them."""

import pytest

from patients.actions import cases
from patients.models import Case
from patients.vocabulary import Category, Outcome
from tests import make
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


def queries_of(client, url, counter):
    with counter as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def published_with_drug(**changes):
    case = make.make_case(**changes)
    make.make_source(case)
    drug = make.make_term(slug=f"drug-{case.pk}", kind="drug", display=f"Octreotide {case.pk}")
    make.make_event(case, day=0, is_index=True, label="Mass found")
    make.make_event(
        case,
        day=12,
        category=Category.DRUG,
        label="Octreotide every four weeks",
        term=drug,
        dose="30",
        dose_unit="mg",
        frequency="every 4 weeks",
    )
    make.make_event(case, day=99, category=Category.OUTCOME, outcome=Outcome.STABLE_DISEASE)
    cases.publish(case=case, by=None)
    return case


def test_case_page_shows_events_in_order_with_their_details(client):
    case = published_with_drug(title="A course with octreotide")
    text = text_of(client.get(f"/cases/{case.accession}/").content.decode())
    assert text.index("Mass found") < text.index("Octreotide every four weeks")
    for words in ("day 12", "30 mg", "every 4 weeks", "Stable disease", "Version 1"):
        assert words in text


def test_case_page_that_is_not_prepared_takes_three_queries(client, django_assert_num_queries):
    """What is prepared, the version, the cases like it. One that is prepared takes the first."""
    case = make.make_published_case(events=6, findings=2)
    with django_assert_num_queries(3):
        assert client.get(f"/cases/{case.accession}/").status_code == 200


def test_an_edit_after_publishing_shows_to_curators_only(client):
    case = published_with_drug()
    Case.objects.filter(pk=case.pk).update(title="Not reviewed yet")
    assert "Not reviewed yet" not in client.get(f"/cases/{case.accession}/").content.decode()
    client.force_login(make.make_user("curator"))
    assert "Not reviewed yet" in client.get(f"/cases/{case.accession}/").content.decode()


def test_draft_and_unknown_accession_are_the_same_404(client):
    draft = make.make_case(title="Hidden")
    hidden = client.get(f"/cases/{draft.accession}/")
    unknown = client.get("/cases/CB-0000000/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content.decode().replace(draft.accession, "CB-0000000") == (
        unknown.content.decode()
    )


@pytest.mark.parametrize("name", ["CB-7K3", "cb-7k3m2qx", "CB-7K3M2QU", "CB-7K3M2QXX", "%00"])
def test_malformed_accession_is_a_404(client, name):
    assert client.get(f"/cases/{name}/").status_code == 404


def test_list_runs_the_same_queries_when_rows_are_added(client, django_assert_max_num_queries):
    published_with_drug()
    before = queries_of(client, "/cases/", django_assert_max_num_queries(30))
    for _ in range(5):
        published_with_drug()
    assert queries_of(client, "/cases/", django_assert_max_num_queries(30)) == before


def test_facets_count_and_narrow(client):
    published_with_drug(title="First")
    with_sex = published_with_drug(title="Second", patient=make.make_patient(sex="female"))
    text = text_of(client.get("/cases/").content.decode())
    assert "2 cases" in text
    assert "Stable disease , 2 cases" in text
    assert "Female , 1 case" in text
    narrowed = text_of(client.get("/cases/?sex=female").content.decode())
    assert "1 case " in narrowed
    assert with_sex.accession in narrowed
    assert "Drop the filter Sex: Female" in narrowed


def test_a_treatment_facet_finds_cases_by_drug(client):
    case = published_with_drug(title="With it")
    make.make_published_case(title="Without it")
    text = text_of(client.get(f"/cases/?treatment=drug-{case.pk}").content.decode())
    assert "With it" in text
    assert "Without it" not in text


def test_words_search_titles_events_and_terms(client):
    published_with_drug(title="A course")
    make.make_published_case(title="Another course")
    text = text_of(client.get("/cases/?q=octreotide").content.decode())
    assert "A course" in text
    assert "Another course" not in text


def test_no_hit_names_the_next_step(client):
    text = text_of(client.get("/cases/?q=nothinglikethis").content.decode())
    assert "No case has all of this" in text


def test_empty_base_names_the_next_step(client):
    assert "No case is published yet" in text_of(client.get("/cases/").content.decode())


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("sex=unknown", "Sex"),
        ("diagnosis=nothing-like-it", "Diagnosis"),
        ("diagnosis=%27%3B--", "Diagnosis"),
        ("page=0", "Page"),
        ("page=x", "Page"),
        ("sort=random", "Order"),
        ("q=%00", "Search cases"),
        ("q=" + "x" * 301, "Search cases"),
    ],
)
def test_bad_filter_is_a_400_that_names_the_field(client, query, field):
    response = client.get(f"/cases/?{query}")
    assert response.status_code == 400
    assert f"{field} :" in text_of(response.content.decode())


@pytest.mark.parametrize("page", ["2", "1000000000"])
def test_page_beyond_the_last_is_a_404_that_names_the_last(client, page):
    published_with_drug()
    response = client.get(f"/cases/?page={page}")
    assert response.status_code == 404
    assert "the last page is 1" in response.content.decode()


def test_pages_keep_filters_in_their_addresses(client):
    for _ in range(21):
        make.make_published_case(events=1, findings=0, patient=make.make_patient(sex="male"))
    response = client.get("/cases/?sex=male")
    assert "?sex=male&amp;page=2" in response.content.decode()
    assert len(text_of(client.get("/cases/?sex=male&page=2").content.decode())) > 0


def test_pages_are_compressed(client):
    case = make.make_published_case(events=20)
    response = client.get(f"/cases/{case.accession}/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"


def test_what_follows_by_rule_is_marked_and_leads_to_its_inputs(client):
    case = make.make_case()
    make.make_source(case)
    first, second = (make.make_event(case, day=day, category="imaging") for day in (0, 90))
    lesion = make.make_lesion(case, label="Liver mass")
    for event, size in ((first, 50), (second, 20)):
        finding = make.make_finding(event, lesion=lesion)
        make.make_measurement(finding, low_mm=size, high_mm=size)
    cases.publish(case=case, by=None)
    page = client.get(f"/cases/{case.accession}/").content.decode()
    section = page.split('aria-labelledby="derived"')[1].split("</section>")[0]
    text = text_of(section)
    assert "Partial response: 20 mm against 50 mm at the baseline" in text
    assert "RECIST 1.1" in text
    assert section.count('href="#finding-') == 2


def test_a_case_without_anything_to_derive_has_no_such_section(client):
    case = make.make_published_case(events=1, findings=0)
    assert (
        'aria-labelledby="derived"' not in client.get(f"/cases/{case.accession}/").content.decode()
    )
