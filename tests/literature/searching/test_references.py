"""References by words, authors and journal, in English and Chinese; and what is suggested."""

import pytest

from literature.searching.suggest import suggestions
from patients.actions import cases
from tests import make
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    return [
        make.make_reference(
            {
                "title": "Embolisation of liver tumours",
                "author": [{"family": "Müller", "given": "K"}, {"family": "Meng", "given": "X"}],
                "container-title": "Annals of Veins",
                "DOI": "10.5555/abc.1",
                "PMID": "11111111",
            }
        ),
        make.make_reference(
            {"title": "门静脉癌栓的治疗", "author": [{"literal": "王小明"}],
             "issued": {"date-parts": [[2011]]}}
        ),
        make.make_reference({"title": "A series of clots", "container-title": "Liver Reports"}),
    ]  # fmt: skip


def titles(client, query):
    results = client.get(f"/api/v1/references/?{query}").json()["results"]
    return {row["title"] for row in results}


EMBOLISATION, CHINESE, CLOTS = (
    "Embolisation of liver tumours",
    "门静脉癌栓的治疗",
    "A series of clots",
)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=embolization tumor", {EMBOLISATION}), ("q=muller", {EMBOLISATION}),
        ("q=癌栓", {CHINESE}), ("q=“门静脉癌栓”", {CHINESE}), ("q=栓", {CHINESE}),
        ("q=liver", {EMBOLISATION, CLOTS}), ("q=liver -tumour", {CLOTS}),
        ("q=“series of clots”", {CLOTS}), ("author=meng", {EMBOLISATION}),
        ("author=MÜL", {EMBOLISATION}), ("author=liver", set()), ("author=王小", {CHINESE}),
        ("journal=liver", {CLOTS}), ("journal=annals veins", {EMBOLISATION}),
        ("q=clots&author=doe&journal=reports&year_from=2016", {CLOTS}), ("q=the of", set()),
    ],
)  # fmt: skip
def test_references_are_found(client, query, expected):
    assert titles(client, query) == expected


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("10.5555/ab", [EMBOLISATION]), ("https://doi.org/10.5555/abc.1", [EMBOLISATION]),
        ("11111111", [EMBOLISATION]), ("müller 20", [EMBOLISATION]), ("Meng 2016", [EMBOLISATION]),
        ("emboli", [EMBOLISATION]), ("series of cl", [CLOTS]), ("门静", [CHINESE]),
        ("doe 2011", []), ("x", []), ("", []), ("10.", [EMBOLISATION]), ("'*:!", []),
    ],
)  # fmt: skip
def test_suggestions(typed, expected):
    assert [work.title for work in suggestions(typed)] == expected


def test_suggestions_are_at_most_ten_and_the_options_of_a_field(client):
    for number in range(12):
        make.make_reference({"title": f"Clot <{number}>"})
    page = client.get("/references/suggest/?q=clo").content.decode()
    assert page.count('role="option"') == 10
    assert "Clot &lt;" in page
    answer = client.get("/api/v1/references/suggest/?q=clo").json()
    assert len(answer["suggestions"]) == 10
    assert set(answer["suggestions"][0]) == {"id", "short", "title", "year", "doi", "pmid"}
    assert client.get("/api/v1/references/suggest/?q=" + "x" * 301).status_code == 400
    assert client.get("/references/suggest/?q=a%00").status_code == 400


def test_by_how_many_cases_a_reference_is_cited_as_one_may_see(client):
    cited, other = make.make_reference({"title": "Cited"}), make.make_reference({"title": "Not"})
    for _ in range(2):
        case = make.make_case()
        make.make_source(case, cited)
        make.make_event(case, 0, is_index=True)
        cases.publish(case=case, by=None)
    draft = make.make_case()
    make.make_source(draft, other)
    cases.refresh(case=draft)
    text = text_of(client.get("/references/?sort=cited").content.decode())
    assert "Cited by 2 cases" in text
    ordered = client.get("/api/v1/references/?ordering=cited").json()["results"]
    assert ordered[0]["title"] == "Cited"
    assert "Cited by 1 case" not in text
    client.force_login(make.make_user("curator"))
    assert "Cited by 1 case" in text_of(client.get("/references/").content.decode())


def test_a_filter_without_a_word_is_a_400_that_names_the_field(client):
    for field in ("author", "journal"):
        answer = client.get(f"/references/?{field}=...")
        assert answer.status_code == 400
        assert field in answer.content.decode()
