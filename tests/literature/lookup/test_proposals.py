"""What a look-up may fill, what it may only propose, and what it must leave alone."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from literature.importers.model import Entry
from literature.lookup.agreement import folded, same_title
from literature.lookup.found import Answer, Found, Kind
from literature.lookup.offers import chosen_of, offers_of, state_of
from literature.lookup.proposals import proposals, taken_over
from tests import make

TITLE = "Portal vein embolisation before liver resection"


def record(**changes):
    return make.make_csl(**{"title": TITLE, "DOI": "10.5555/1", **changes})


def fields(changes) -> list[str]:
    return [change.field for change in changes]


def test_empty_fields_are_filled_and_others_proposed() -> None:
    known = record(volume=None, page="1-2")
    says = proposals(known, record(page="34-56", issue="4", PMID="31415"))
    assert fields(says.fills) == ["volume", "issue", "PMID"]
    assert [(one.field, one.old, one.new) for one in says.proposes] == [("page", "1–2", "34–56")]
    assert says.may_replace
    assert not says.refused


@pytest.mark.parametrize(
    "changes",
    [
        {"issued": {"date-parts": [[2017]]}},
        {"issued": None},
        {"author": [{"family": "Roe", "given": "J"}]},
        {"author": None},
    ],
)
def test_nothing_is_replaced_unless_year_and_first_author_agree(changes) -> None:
    says = proposals(record(volume="1"), record(**changes))
    assert not says.may_replace
    assert says.is_doubtful is (None not in changes.values())
    assert "volume" in fields(says.proposes)


@pytest.mark.parametrize(
    "title",
    [
        "Another study altogether",
        "Hepatic artery embolisation",
        "Portal vein",
        "肝切除术前门静脉栓塞",
    ],
)
def test_another_title_is_refused_with_both_shown(title) -> None:
    says = proposals(record(volume=None), record(title=title))
    assert TITLE in says.refused
    assert title in says.refused
    assert (says.fills, says.proposes, says.may_replace) == ([], [], False)


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        TITLE.upper() + ".",
        "Portal vein embolization before liver resection",
        "Portal-vein embolisation before <i>liver</i> resection",
        f"{TITLE}: a randomised trial",
        f"RETRACTED: {TITLE}",
        f"[{TITLE}]",
        "Portal vein émbolisation  before liver resection",
    ],
)
def test_the_same_title_in_another_dress(title) -> None:
    assert same_title(TITLE, title)
    assert same_title(title, TITLE)


def test_folding() -> None:
    assert folded("The <i>β</i>-Cell, naïve: Ｔest") == "the β cell naive test"
    assert not same_title("", "")
    assert not same_title("Part I", "Part II")
    assert not same_title(f"{TITLE}, part 1", f"{TITLE}, part 2")
    assert not same_title("Liver", "Liver transplantation in 2016")


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({}, {"author": [{"family": "Doe", "given": "Jane"}]}),
        ({"container-title": "Journal of tests."}, {"container-title": "Journal of Tests"}),
        ({"issued": {"date-parts": [[2016, 5, 1]]}}, {"issued": {"date-parts": [[2016]]}}),
        ({"language": "en"}, {"language": "eng"}),
        ({"title": TITLE}, {"title": f"RETRACTED: {TITLE}"}),
        ({"page": "34-56"}, {"page": "34–56"}),
    ],
)  # fmt: skip
def test_what_says_the_same_is_not_proposed(known, found) -> None:
    assert proposals(record(**known), record(**found)).proposes == []


def test_a_closer_date_is_proposed() -> None:
    says = proposals(record(), record(issued={"date-parts": [[2016, 5]]}))
    assert [(one.old, one.new) for one in says.proposes] == [("2016", "2016-05")]


def test_whole_authors_take_the_place_of_some() -> None:
    known = record(custom={"authors_truncated": True})
    found = record(author=[{"family": "Doe", "given": "J"}, {"family": "Roe", "given": "R"}])
    says = proposals(known, found)
    assert fields(says.proposes) == ["author"]
    taken = taken_over(known, says.proposes)
    assert taken["author"] == found["author"]
    assert "custom" not in taken


def test_some_authors_never_take_the_place_of_all() -> None:
    found = record(author=[{"family": "Roe"}], custom={"authors_truncated": True})
    assert fields(proposals(record(), found).proposes) == []
    assert fields(proposals(record(author=None), found).fills) == []


def test_what_a_person_keeps_for_themselves_is_not_touched() -> None:
    known = record(note="Read on Monday", URL="https://example.org/")
    says = proposals(known, record(note="x", URL="https://example.com/", volume="13"))
    taken = taken_over(known, [*says.fills, *says.proposes])
    assert (taken["note"], taken["URL"]) == ("Read on Monday", "https://example.org/")


def answer(service: str, csl, kind=Kind.DOI) -> Answer:
    return Answer(Found(kind, "10.5555/1", 1, "10.5555/1"), service, Entry(1, 0, csl, ""))


def test_two_services_do_not_offer_the_same_twice() -> None:
    known = record(volume=None, issue=None, page="1")
    first = record(volume="1", page="2")
    second = record(volume="9", issue="3", page="2")
    offers = offers_of(known, [answer("Crossref", first), answer("PubMed", second)])
    assert [name for name, _ in offers[0].fills] == ["Crossref.volume"]
    assert [name for name, _ in offers[0].proposes] == ["Crossref.page"]
    assert [name for name, _ in offers[1].fills] == ["PubMed.issue"]
    assert offers[1].proposes == []


def test_what_was_chosen_must_be_offered_and_be_one_a_field() -> None:
    known = record(page="1", volume=None)
    offers = offers_of(
        known, [answer("Crossref", record(page="2")), answer("PubMed", record(page="3"))]
    )
    chosen = chosen_of(offers, ["Crossref.volume", "PubMed.page"])
    assert [(one.service, one.change.field) for one in chosen] == [
        ("Crossref", "volume"),
        ("PubMed", "page"),
    ]
    with pytest.raises(ValidationError, match="not both"):
        chosen_of(offers, ["Crossref.page", "PubMed.page"])
    for name in ("Crossref.title", "Elsewhere.page", "", "Crossref."):
        with pytest.raises(ValidationError, match="not offered"):
            chosen_of(offers, [name])


def test_what_may_not_be_replaced_cannot_be_chosen() -> None:
    offers = offers_of(record(page="1"), [answer("Crossref", record(page="2", author=None))])
    assert [name for name, _ in offers[0].proposes] == ["Crossref.page"]
    with pytest.raises(ValidationError, match="not offered"):
        chosen_of(offers, ["Crossref.page"])


def test_the_state_changes_with_the_record_and_with_what_is_offered() -> None:
    known = record(page="1")
    one, other = (offers_of(known, [answer("Crossref", record(page=page))]) for page in "23")
    assert state_of(known, one) == state_of(known, one)
    assert state_of(known, one) != state_of(known, other)
    assert state_of(known, one) != state_of(record(page="1", volume="9"), one)
