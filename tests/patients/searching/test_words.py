"""Words: synonyms in both languages, passages, spelling, bad input."""

from urllib.parse import quote, urlencode

import pytest

from patients.actions import cases, records
from patients.models import Listing
from patients.searching.help import help_for
from patients.searching.passages import passages
from tests import make
from tests.pages.rendering import text_of
from tests.patients.searching.asking import first_page, found, search, titles

pytestmark = pytest.mark.django_db


def told(title="A course", *, detail="", term=None, **changes):
    case = make.make_case(title=title, **changes)
    make.make_source(case)
    make.make_event(case, 0, is_index=True, label="What was done", detail=detail, term=term)
    cases.publish(case=case, by=None)
    return case


@pytest.fixture
def tace():
    return make.make_term(
        slug="transarterial-chemoembolisation",
        kind="procedure",
        display="Transarterial chemoembolisation",
        display_zh="经导管动脉化疗栓塞",
        synonyms=["TACE"],
    )


@pytest.mark.parametrize(
    "words",
    ["TACE", "tace", "transarterial chemoembolisation", "Transarterial Chemoembolization",
     "经导管动脉化疗栓塞", "经导管动脉化疗栓塞术后", "transarterial chemoembolizations"],
)  # fmt: skip
def test_a_term_is_found_by_each_of_its_names(tace, words):
    told("By its code", term=tace)
    told("In English", detail="Then transarterial chemoembolization was done.")
    told("In short", detail="Then TACE.")
    told("In Chinese", detail="行经导管动脉化疗栓塞术后复查")
    told("Something else", detail="Chemotherapy through a vein, arterial line")
    answered = titles(urlencode({"q": words}))
    expected = {"By its code", "In English", "In short", "In Chinese"}
    assert answered == ({"In Chinese"} if words.endswith("术后") else expected)


def test_a_synonym_that_a_curator_adds_counts_at_once(tace):
    told("By its code", term=tace)
    assert titles("q=cytostatic+oil") == set()
    tace.synonyms = [*tace.synonyms, "cytostatic oil"]
    records.save_term(term=tace, by=None)
    assert titles("q=cytostatic+oil") == {"By its code"}


def test_a_character_beside_a_name_is_not_dropped():
    make.make_term(slug="pancreas", kind="body_site", display="Pancreas", display_zh="胰腺")
    told("Inflamed", detail="急性胰腺炎")
    told("Only the organ", detail="胰腺正常")
    assert titles("q=胰腺炎") == {"Inflamed"}
    assert titles("q=胰腺") == {"Inflamed", "Only the organ"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('"portal vein"', {"beside"}),
        ("portal vein", {"beside", "apart"}),
        ("vein -portal", set()),
        ("portal -beside", {"apart"}),
        ("PORTÁL", {"beside", "apart"}),
        ("thromb*", {"beside"}),
        ("thrombu*", {"beside"}),
        ("emboliz*", {"apart"}),
        ("embolisati*", {"apart"}),
        ("门静脉", {"beside"}),
        ("脉", {"beside"}),
        ("门静脉 vein", {"beside"}),
        ("beside OR apart", {"beside", "apart"}),
    ],
)
def test_the_query_language(words, expected):
    told("beside", detail="The portal vein had a thrombus, 门静脉")
    told("apart", detail="The portal branch and another vein, after embolisation")
    assert titles(urlencode({"q": words})) == expected


def test_hits_show_where_the_words_stand_marked_and_escaped(client):
    case = told("A <b>clot</b>", detail="Before <script> a clot & more, 门静脉血栓 then")
    page = client.get("/cases/?q=clots").content.decode()
    assert "A &lt;b&gt;<mark>clot</mark>&lt;/b&gt;" in page
    assert "Before &lt;script&gt; a <mark>clot</mark> &amp; more" in page
    event = case.events.get()
    assert f'/cases/{case.accession}/#event-{event.public_id}">What was done</a>' in page
    page = client.get("/cases/?q=静脉血栓").content.decode()
    assert "门<mark>静脉血栓</mark> then" in page


def test_another_name_of_a_term_is_marked_too(tace):
    told(detail="Then TACE was done.")
    query = "q=经导管动脉化疗栓塞"
    page = first_page(query)
    (shown,) = passages(page.rows, search(query).words.parts).values()
    assert [str(each.html) for each in shown.passages] == ["Then <mark>TACE</mark> was done."]


def test_a_finding_and_a_cited_title_are_named_as_what_they_are():
    case = told()
    finding = make.make_finding(
        make.make_event(case, 4, category="imaging", label="Scan"), description="A dilated duct"
    )
    reference = make.make_reference({"title": "On fistulas"})
    make.make_citation(case, reference)
    cases.publish(case=case, by=None)
    for words, where, target in (
        ("duct", "Scan", f"finding-{finding.public_id}"),
        ("fistula", "A study it cites", "references"),
    ):
        rows = first_page(f"q={words}").rows
        (shown,) = passages(rows, search(f"q={words}").words.parts).values()
        assert [(each.where, each.target) for each in shown.passages] == [(where, target)]


def test_passages_take_no_more_queries_for_more_hits(django_assert_max_num_queries):
    counts = []
    for _ in range(2):
        for number in range(3):
            told(f"A clot {number}", detail="a clot")
        page = first_page("q=clot")
        parts = search("q=clot").words.parts
        passages(page.rows, parts)
        with django_assert_max_num_queries(6) as counted:
            passages(page.rows, parts)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_no_hit_offers_the_nearest_spelling_and_what_to_drop(client):
    told("A haemangioma", patient=make.make_patient(sex="female"))
    help_ = help_for(search("q=haemangeoma&sex=male"))
    assert help_.spelling == "haemangioma"
    assert [(each.label, each.count.number) for each in help_.drop] == []
    help_ = help_for(search("q=haemangioma&sex=male"))
    assert help_.spelling == ""
    assert [(each.label, each.count.number) for each in help_.drop] == [("sex", 1)]
    text = text_of(client.get("/cases/?q=haemangioma&sex=male").content.decode())
    assert "Drop sex" in text


def test_words_of_a_withdrawn_case_are_forgotten():
    case = told("A haemangioma")
    told("Another course")
    cases.withdraw(case=case, by=None)
    assert help_for(search("q=haemangeoma")).spelling == ""
    assert help_for(search("q=coursse")).spelling == "course"


def test_identifiers_go_straight_to_what_they_name(client):
    case = told("Reported here")
    source = case.citations.get().reference
    other = told("Cites nothing of it")
    assert found(f"q={case.accession.lower()}") == [case.accession]
    answer = client.get(f"/cases/?q={case.accession}&sort=&first=")
    assert answer.status_code == 302
    assert answer["Location"] == f"/cases/{case.accession}/"
    source.csl = source.csl | {"PMID": "12345678", "DOI": "10.5555/abc"}
    source.save()
    assert found("q=12345678") == found("q=10.5555/ABC") == [case.accession]
    page = client.get("/cases/?q=PMID:12345678").content.decode()
    assert source.get_absolute_url() in page
    cases.withdraw(case=other, by=None)
    assert client.get(f"/cases/?q={other.accession}").status_code == 200
    assert found(f"q={other.accession}") == []


BAD = [
    "the of and", "…?!", '"', '"portal', "'; DROP TABLE patients_case; --", "a & b | !c:*", "<->",
    "🙂🙂", "‮‭abc", "*", "-", "-*", "()", "\\", "ﷺ", "a OR " * 60, "肝" * 300, "a" * 300,
    "-liver", "OR", "%", "_", "\t\n", "''''", "a:*B", "!!!", "qz" * 20,
]  # fmt: skip


@pytest.mark.parametrize("words", BAD)
def test_whatever_is_typed_gets_an_answer(client, words):
    told("A liver")
    for path in ("/cases/?", "/cases/facets/?", "/cases/feed/?", "/api/v1/cases/?", "/references/?",
                 "/references/suggest/?", "/api/v1/references/suggest/?"):  # fmt: skip
        assert client.get(path + urlencode({"q": words})).status_code == 200
    assert Listing.objects.exists()


@pytest.mark.parametrize("words", ["word " * 10_000, "a OR " * 500, "x%00y"])
def test_what_is_too_long_or_no_text_is_a_clear_400(client, words):
    asked = words if "%" in words else quote(words)
    for path in ("/cases/", "/api/v1/cases/", "/references/", "/cases/results.jsonl"):
        response = client.get(f"{path}?q={asked}")
        assert response.status_code == 400


def test_only_common_words_are_said_to_be_too_common(client):
    told("The of")
    text = text_of(client.get("/cases/?q=the+of").content.decode())
    assert "Too common to search by" in text
    assert "No case found" in text
