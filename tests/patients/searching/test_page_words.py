"""What search pages say beside results: orders, other names, times, problems, saved searches."""

import pytest

from literature.orders import order_choices
from patients.actions import cases
from patients.forms import CaseSearchForm
from patients.models import SavedSearch
from patients.presenters.search import asked_in_words, other_names
from patients.searching.passages import passages
from patients.searching.widening import Part
from tests import make
from tests.pages.rendering import text_of
from tests.patients.searching.asking import first_page, search


@pytest.mark.parametrize(
    ("words", "asked", "first", "chosen"),
    [
        ("", "", "Newest first", ""), ("vein", "", "Best match", ""),
        ("vein", "relevance", "Best match", ""), (" ", "newest", "Newest first", ""),
        ("vein", "newest", "Best match", "newest"), ("vein", "nonsense", "Best match", ""),
    ],
)  # fmt: skip
def test_the_usual_order_is_called_what_it_is(words, asked, first, chosen):
    choices = order_choices(CaseSearchForm.SORTS, words=words, asked=asked)
    assert (choices[0].value, choices[0].label) == ("", first)
    assert [each.value for each in choices if each.is_chosen] == [chosen]
    assert [each.label for each in choices].count(first) == 1


def test_other_names_are_told_without_what_was_typed():
    spelt = ("Chemoembolisation", "经导管动脉化疗栓塞", "TACE", "cTACE", "DEB-TACE", "TAE+C")
    part = Part("x", (), asked="tace", named=("Chemoembolisation",), spelt=spelt)
    alone = Part("y", (), asked="liver", named=("Liver",), spelt=("Liver",))
    (told,) = other_names([part, part, alone], "TACE TACE liver")
    assert (told.asked, told.more) == ("TACE", 1)
    assert told.names == ("Chemoembolisation", "经导管动脉化疗栓塞", "cTACE", "DEB-TACE")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "All cases"), ("q=octreotide", "Words: octreotide"),
        ("sex=male&sex=female&drug=heparin&drug=gone",
         "Drug: Heparin or gone; Sex: Male or Female"),
        ("first=a&then=b&within=30&times=certain&year_from=2010&sort=title",
         "From year: 2010; Sequence: a, then b within 30 days, certainly; Order: Title"),
    ],
)  # fmt: skip
def test_a_saved_search_is_told_in_words(query, words):
    assert asked_in_words(query, {"heparin": "Heparin"}) == words


@pytest.mark.django_db
def test_a_passage_has_the_time_of_its_event_where_one_is_told():
    case = make.make_case(title="A course")
    make.make_source(case)
    make.make_event(case, 0, is_index=True, label="Found")
    make.make_event(case, 12, label="Scan", detail="A dilated duct")
    make.make_event(case, label="Later", detail="A fistula")
    cases.publish(case=case, by=None)
    for words, when in (("duct", "day 12"), ("fistula", "")):
        page = first_page(f"q={words}")
        (shown,) = passages(page.rows, search(f"q={words}").words.parts).values()
        assert [each.when for each in shown.passages] == [when]


@pytest.mark.django_db
def test_an_unknown_event_is_answered_with_names_like_it():
    make.make_term(slug="e", kind="procedure", display="Hepatic artery embolisation")
    make.make_term(slug="ct", kind="procedure", display="CT")
    make.make_term(slug="liver", kind="body_site", display="Embolisations")
    form = CaseSearchForm({"first": "embolisatoin", "then": "qqqqqqqq"})
    assert form.errors["first"] == [
        "No procedure, drug, diagnosis or finding is called “embolisatoin” here. "
        "Names like it: Hepatic artery embolisation."
    ]
    assert form.errors["then"] == [
        "No procedure, drug, diagnosis or finding is called “qqqqqqqq” here."
    ]


@pytest.mark.django_db
def test_a_refused_filter_can_be_dropped_and_what_was_typed_stays(client):
    page = client.get("/cases/?q=vein&sex=unknown&within=soon&sort=title").content.decode()
    assert 'href="?q=vein&amp;within=soon&amp;sort=title">Search without it</a>' in page
    assert '<a href="#id_within"><strong>Within how many days</strong></a>' in page
    assert 'value="soon"' in page
    assert '<input type="hidden" name="sort" value="title">' in page


@pytest.mark.django_db
def test_what_finds_nothing_can_be_followed(client):
    make.make_published_case(title="A course")
    text = text_of(client.get("/cases/?q=nothinglikethis").content.decode())
    assert "Be told when there is one" in text
    assert "CSV" not in text


@pytest.mark.django_db
def test_a_refused_name_stays_beside_the_search_that_it_was_for(client):
    user = make.make_user()
    client.force_login(user)
    for name in ("One", "Two"):
        SavedSearch.objects.create(user=user, name=name, query="q=clot")
    one = SavedSearch.objects.get(name="One")
    answer = client.post(f"/cases/searches/{one.public_id}/rename/", {"name": "Two"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="name-{one.public_id}" name="name" value="Two"' in page
    assert "Save this search as" not in page
    assert {"One", "Two"} == set(SavedSearch.objects.values_list("name", flat=True))
