"""The list of references and the reference page."""

import pytest

from literature.models import ReferenceListItem, SourceText, StudyFact
from patients.actions import cases
from tests import make
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return text_of(response.content.decode())


def test_page_shows_every_field(client):
    reference = make.make_reference(
        {
            "title": "Liver metastases",
            "author": [{"family": "Elias", "given": "D"}],
            "custom": {"authors_truncated": True},
            "container-title": "Surgery",
            "volume": "133",
            "issue": "4",
            "page": "375-382",
            "issued": {"date-parts": [[2003]]},
            "DOI": "10.1067/msy.2003.114",
            "PMID": "12717354",
        }
    )
    text = page(client, f"/references/{reference.public_id}/")
    for words in (
        "Liver metastases", "Elias D, et al.", "Surgery", "133", "375–382", "2003",
        "10.1067/msy.2003.114", "12717354",
    ):  # fmt: skip
        assert words in text


def test_cited_reference_lists_its_cases_by_role(client):
    reference = make.make_reference()
    case = make.make_case(title="The citing case")
    make.make_source(case)
    event = make.make_event(case, day=0, is_index=True, label="Embolisation")
    make.make_citation(event, reference, role="supports", note="because it measured this")
    make.make_citation(event, reference, role="contradicts")
    cases.publish(case=case, by=None)
    text = page(client, f"/references/{reference.public_id}/")
    assert "Supports The citing case: Embolisation because it measured this" in text
    assert text.index("Supports") < text.index("Contradicts")


def test_own_list_tells_what_is_not_identified(client):
    work, listed = make.make_reference(), make.make_reference({"title": "A listed work"})
    ReferenceListItem.objects.create(work=work, number=1, reference=listed)
    ReferenceListItem.objects.create(work=work, number=2)
    text = page(client, f"/references/{work.public_id}/")
    assert "A listed work" in text
    assert "Not yet identified" in text
    assert "as number 1" in page(client, f"/references/{listed.public_id}/")


def test_texts_and_facts_show_with_their_language(client):
    reference = make.make_reference()
    SourceText.objects.create(
        reference=reference, language="zh-Hans", depth="summary", licence="own", text="摘要"
    )
    StudyFact.objects.create(reference=reference, label="Step-up shown", count=9, of=12)
    html = client.get(f"/references/{reference.public_id}/").content.decode()
    assert 'lang="zh-Hans"' in html
    assert "摘要" in html
    assert "9 of 12" in text_of(html)


def test_queries_stay_the_same_when_rows_are_added(client, django_assert_max_num_queries):
    reference = make.make_reference()

    def add(many):
        for _ in range(many):
            case = make.make_published_case(events=1, findings=1)
            make.make_citation(case.events.first(), reference)
            cases.publish(case=case, by=None)
            number = reference.list_items.count() + 1
            ReferenceListItem.objects.create(
                work=reference, number=number, reference=make.make_reference()
            )
            ReferenceListItem.objects.create(
                work=make.make_reference(), number=1, reference=reference
            )
            StudyFact.objects.create(reference=reference, label=f"Fact {number}")

    def count(url):
        with django_assert_max_num_queries(30) as counted:
            assert client.get(url).status_code == 200
        return len(counted)

    add(1)
    before = count(f"/references/{reference.public_id}/"), count("/references/")
    add(4)
    assert (count(f"/references/{reference.public_id}/"), count("/references/")) == before


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=hepatectomy", True),
        ("q=10.5555/ABC", True),
        ("q=https://doi.org/10.5555/abc", True),
        ("q=31415", True),
        ("q=PMC27182", True),
        ("q=Öberg", True),
        ("type=article-journal", True),
        ("type=chapter", False),
        ("year_from=2016&year_to=2016", True),
        ("year_from=2017", False),
        ("cited=yes", False),
        ("cited=no", True),
        ("q=splenectomy", False),
    ],
)
def test_search(client, query, found):
    make.make_reference(
        {
            "title": "After hepatectomy",
            "author": [{"family": "Öberg", "given": "K"}],
            "DOI": "10.5555/abc",
            "PMID": "31415",
            "PMCID": "PMC27182",
        }
    )
    assert ("After hepatectomy" in page(client, f"/references/?{query}")) is found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("year_from=x", "From year"),
        ("year_from=2020&year_to=2010", "To year"),
        ("type=novel", "Type"),
        ("cited=perhaps", "Cited by cases"),
        ("page=-1", "Page"),
    ],
)
def test_bad_filter_is_a_400_that_names_the_field(client, query, field):
    response = client.get(f"/references/?{query}")
    assert response.status_code == 400
    assert f"{field} :" in text_of(response.content.decode())


@pytest.mark.parametrize("name", ["0000000000", "x", "00000000000", "OOOOOOOOOO"])
def test_unknown_reference_is_a_404(client, name):
    assert client.get(f"/references/{name}/").status_code == 404


def test_markup_in_a_record_is_shown_as_text(client):
    reference = make.make_reference({"title": "<script>alert(1)</script>"})
    html = client.get(f"/references/{reference.public_id}/").content.decode()
    assert "<script>alert(1)" not in html
