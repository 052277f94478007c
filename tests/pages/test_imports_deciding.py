"""The preview of an import: what is shown, decided, mended and brought in."""

import re

import pytest

from literature.actions import imports
from literature.models import ImportRow, ImportState, Reference
from tests import make
from tests.pages.importing import begin, begin_with_every_verdict, ris
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def researcher(client):
    user = make.make_user("researcher")
    client.force_login(user)
    return user


@pytest.fixture
def imported(researcher):
    """New, here already, probably here already, twice, broken: rows 1 to 5."""
    return begin_with_every_verdict(researcher)


def show(client, imported, query="", status=200):
    answer = client.get(imported.get_absolute_url() + query)
    assert answer.status_code == status
    return answer.content.decode()


def part_of(html, position):
    """The part of the page about one row."""
    return html.split(f'id="row-{position}"')[1].split('<li id="row-')[0]


def post(client, imported, tail, data=None, **sent):
    return client.post(f"{imported.get_absolute_url()}{tail}", {**(data or {}), **sent})


def plan_of(html):
    return re.search('name="plan" value="([^"]*)"', html)[1]


def decision_of(imported, position):
    return ImportRow.objects.get(imported=imported, position=position).decision


def test_counts_are_links_to_the_rows_of_a_kind(client, imported):
    html = show(client, imported)
    text = text_of(html)
    assert "All 5 New 1 Here already 1 Probably here already 1 (1 to decide)" in text
    assert "Twice in this import 1 Broken 1" in text
    only = show(client, imported, "?verdict=probable")
    assert 'id="row-3"' in only
    assert 'id="row-1"' not in only


@pytest.mark.parametrize(
    "query", ["?verdict=nonsense", "?page=2", "?page=x", "?page=-1", "?page=٣"]
)
def test_an_address_that_is_nothing_is_a_404(client, imported, query):
    show(client, imported, query, 404)


def test_a_row_shows_what_was_read_beside_the_raw_record(client, imported):
    part = part_of(show(client, imported), 1)
    assert "DOI 10.5555/new" in part
    assert "TY  - JOUR\nTI  - A study that is new" in part
    assert "As it came, from line 1" in part


def test_a_probable_row_stands_beside_its_match_field_by_field(client, imported):
    text = text_of(part_of(show(client, imported), 3))
    assert "Field In this import In the library Compared" in text
    assert re.search("Title Outcomes .*carcinoids Outcomes .*carcinoid differs", text)
    assert "Year 2016 2016 same" in text


def test_a_broken_row_says_what_is_wrong_and_offers_no_decision(client, imported):
    part = part_of(show(client, imported), 5)
    assert "Title is required." in text_of(part)
    assert 'type="radio"' not in part
    assert 'name="mend" value="5"' in part


def test_fields_read_with_little_confidence_are_named(client, researcher):
    imported = begin("1. Doe J, Roe K. A study. Ann Surg. 2016;12(3):34-56.", researcher)
    imported.rows.update(confidence={"title": 0.5, "author": 0.95, "container-title": 0.8})
    text = text_of(part_of(show(client, imported), 1))
    assert "Title: not sure" in text
    assert "Authors: not sure" not in text
    assert "Journal or book: not sure" not in text


def test_what_shares_an_identifier_cannot_be_added_beside_it(client, imported):
    html = show(client, imported)
    assert 'value="add"' not in part_of(html, 2)
    assert 'value="add"' not in part_of(html, 4)
    assert 'value="add"' in part_of(html, 3)


def test_decisions_of_a_page_are_saved(client, imported):
    answer = post(client, imported, "decide/", {"decision-1": "leave", "decision-3": "existing"},
                  do="decide", page="1", verdict="")  # fmt: skip
    assert answer.url == imported.get_absolute_url()
    assert (decision_of(imported, 1), decision_of(imported, 3)) == ("leave", "existing")
    assert "Decisions saved." in show(client, imported)
    assert "still to decide" not in show(client, imported)


def test_decisions_come_back_to_the_page_they_were_made_on(client, imported):
    answer = post(client, imported, "decide/", {"decision-3": "add"}, do="decide",
                  verdict="probable", page="1")  # fmt: skip
    assert answer.url == f"{imported.get_absolute_url()}?verdict=probable"
    answer = post(client, imported, "decide/", do="next", page="1")
    assert answer.url == f"{imported.get_absolute_url()}?page=2"


@pytest.mark.parametrize(
    ("decisions", "reason"),
    [
        ({"decision-1": "merge"}, "Row 1: “merge” is no decision."),
        ({"decision-1": "existing"}, "Row 1: there is nothing that it could be tied to."),
        ({"decision-5": "add"}, "Row 5: it is broken"),
        ({"decision-99": "add", "decision-1": "leave"}, "Row 99: is not in this import."),
    ],
)
def test_a_decision_that_cannot_be_is_refused_and_none_is_saved(
    client, imported, decisions, reason
):
    answer = post(client, imported, "decide/", decisions, do="decide")
    assert answer.status_code == 422
    assert reason in text_of(answer.content.decode())
    assert decision_of(imported, 1) == "add"


def test_one_decision_for_all_that_are_probable(client, imported):
    post(client, imported, "decide-all/", decision="fill")
    assert decision_of(imported, 3) == "fill"
    assert decision_of(imported, 2) == "existing"
    answer = post(client, imported, "decide-all/", decision="nonsense")
    assert answer.status_code == 422
    assert "Choose what to do with them." in text_of(answer.content.decode())


def test_the_button_says_what_will_happen(client, imported):
    text = text_of(show(client, imported))
    assert "1 added, 1 tied to references we hold, 2 left out, 1 still to decide." in text
    assert "Bring in 2 references" in text


def test_undecided_rows_are_not_brought_in(client, imported):
    plan = plan_of(show(client, imported))
    answer = post(client, imported, "decide/", do="save", plan=plan)
    assert answer.status_code == 422
    assert "1 row is still to be decided." in text_of(answer.content.decode())
    assert Reference.objects.count() == 2


def test_decisions_that_change_the_plan_are_shown_before_anything_is_brought_in(client, imported):
    plan = plan_of(show(client, imported))
    answer = post(client, imported, "decide/", {"decision-3": "existing"}, do="save", plan=plan)
    assert answer.url.endswith("#bring-in")
    html = show(client, imported)
    assert "it is said anew below" in html
    assert "1 added, 2 tied to references we hold, 2 left out." in text_of(html)
    assert Reference.objects.count() == 2
    post(client, imported, "decide/", do="save", plan=plan_of(html))
    imported.refresh_from_db()
    assert (imported.state, Reference.objects.count()) == (ImportState.DONE, 3)


def test_an_import_that_was_brought_in_meanwhile_is_not_decided_again(client, imported):
    imports.decide(imported=imported, decisions={3: "leave"}, by=None)
    imports.save(imported=imported, by=None)
    answer = post(client, imported, "decide/", {"decision-1": "leave"}, do="decide")
    assert answer.url == imported.get_absolute_url()
    assert "brought in” by now" in text_of(show(client, imported))


def test_mending_saves_the_decisions_and_opens_the_row(client, imported):
    answer = post(client, imported, "decide/", {"decision-1": "leave"}, mend="5", page="1")
    assert answer.url == f"{imported.get_absolute_url()}?mend=5#row-5"
    assert decision_of(imported, 1) == "leave"
    part = part_of(show(client, imported, "?mend=5"), 5)
    assert 'id="id_mend-title"' in part
    assert 'value="2016"' in part
    show(client, imported, "?mend=99")


def test_a_mended_row_is_compared_anew(client, imported):
    data = {"mend-type": "article-journal", "mend-title": "Held under the same number",
            "mend-doi": "10.5555/HELD", "page": "1", "verdict": ""}  # fmt: skip
    answer = post(client, imported, "rows/5/", data)
    assert answer.url == f"{imported.get_absolute_url()}#row-5"
    row = ImportRow.objects.get(imported=imported, position=5)
    assert (row.verdict, row.decision, row.csl["DOI"]) == ("same", "existing", "10.5555/held")


def test_what_cannot_be_mended_so_is_refused_and_kept(client, imported):
    data = {"mend-type": "book", "mend-title": "A title to keep", "mend-doi": "nonsense"}
    answer = post(client, imported, "rows/5/", data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Is not a DOI" in html
    assert "A title to keep" in html
    assert post(client, imported, "rows/99/", data).status_code == 404


def test_an_import_is_thrown_away(client, imported):
    assert post(client, imported, "cancel/").url == imported.get_absolute_url()
    assert "Nothing of it was added" in show(client, imported)
    answer = client.post(f"{imported.get_absolute_url()}cancel/", follow=True)
    assert "“cancelled” by now" in answer.content.decode()


def test_many_rows_come_page_by_page(client, researcher):
    imported = begin(ris(*(f"Study of organ {number}" for number in range(120))), researcher)
    imported.rows.update(verdict="new", decision="add", match=None, match_row=None)
    html = show(client, imported, "?verdict=new")
    assert html.count('<li id="row-') == 50
    assert 'href="?verdict=new&amp;page=2"' in html
    assert "What was read, 51 to 100 of 120" in text_of(show(client, imported, "?page=2"))


def test_queries_stay_the_same_when_rows_are_added(
    client, researcher, django_assert_max_num_queries
):
    def count(imported, query=""):
        with django_assert_max_num_queries(25) as counted:
            show(client, imported, query)
        return len(counted)

    small = begin_with_every_verdict(researcher)
    held = [make.make_reference({"DOI": f"10.5555/{number}"}) for number in range(20)]
    texts = [ris(row.csl["title"], DO=row.csl["DOI"]) for row in held]
    texts += [ris(f"Unheard of {number}", DO=f"10.5555/new.{number}") * 2 for number in range(10)]
    large = begin("".join(texts), researcher)
    assert large.rows.count() == 40
    assert count(small) == count(large)
    assert count(small, "?mend=1") == count(large, "?mend=1")
