"""What rows are tied to, and what cannot be decided."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from literature.actions import imports
from literature.importing import staging
from literature.models import Decision, Outcome, Reference, Verdict
from tests import make
from tests.literature.importing.files import file_of, ris

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make.make_user(role="researcher")


def begin(by, *records, **options):
    return imports.begin(source=file_of(*records), name="list.ris", by=by, **options)


def held(**changes):
    """The first record as we hold it, but for its title."""
    return make.make_reference({"title": "Of quite another matter", **changes})


@pytest.mark.parametrize("head", [b"10.1000/182\n10.1000/183\n", b"PMID: 123456", b"PMC123456"])
def test_a_list_of_identifiers_is_recognised(head):
    assert staging.format_of(head) == "identifiers"


def test_a_file_of_records_is_no_list_of_identifiers():
    assert staging.format_of(ris(1).encode()) == "ris"


def test_a_row_tied_to_one_that_came_twice_gets_what_the_first_one_got(by):
    imported = begin(by, ris(1), ris(1), ris(1, DO=""))
    imported.rows.filter(position=3).update(match_row=2, decision=Decision.EXISTING)
    imports.save(imported=imported, by=by)
    added = Reference.objects.get()
    assert [(row.outcome, row.result) for row in imported.rows.all()] == [
        (Outcome.ADDED, added),
        (Outcome.LEFT, added),
        (Outcome.TIED, added),
    ]


def test_a_row_tied_to_one_that_is_left_out_is_left_out_too(by):
    imported = begin(by, ris(1), ris(1))
    decisions = {1: Decision.LEAVE, 2: Decision.EXISTING}
    imports.decide(imported=imported, decisions=decisions, by=by)
    imports.save(imported=imported, by=by)
    row = imported.rows.get(position=2)
    assert (row.outcome, row.result) == (Outcome.LEFT, None)
    assert "was not brought in" in row.outcome_reason


def test_what_has_an_identifier_that_we_hold_cannot_be_added_as_new(by):
    reference = held(DOI="10.5555/course.1")
    imported = begin(by, ris(1))
    assert imported.rows.get().verdict in (Verdict.SAME, Verdict.PROBABLE)
    with pytest.raises(ValidationError, match=f"Row 1: its DOI .* {reference.public_id}"):
        imports.decide(imported=imported, decisions={1: Decision.ADD}, by=by)


def test_what_has_the_identifier_of_an_earlier_row_cannot_be_added_as_new(by):
    imported = begin(by, ris(1), ris(1))
    with pytest.raises(ValidationError, match="Row 2: row 1 has the same DOI"):
        imports.decide(imported=imported, decisions={2: Decision.ADD}, by=by)


def test_decided_for_all_those_with_an_identifier_that_we_hold_stay_open(by):
    held(DOI="10.5555/course.1")
    make.make_reference(
        {"title": "Course number 2 of a rare tumour of the liver", "container-title": None,
         "author": [{"family": "Author2", "given": "A"}], "issued": {"date-parts": [[1992]]}}
    )  # fmt: skip
    imported = begin(by, ris(1), ris(2, DO="", VL="", SP="", EP=""))
    assert list(imported.rows.values_list("verdict", flat=True)) == [Verdict.PROBABLE] * 2
    decided = imports.decide_all(
        imported=imported, verdict=Verdict.PROBABLE, decision=Decision.ADD, by=by
    )
    assert decided == 1
    assert list(imported.rows.values_list("decision", flat=True)) == ["", Decision.ADD]


@pytest.mark.parametrize(
    ("decisions", "reason"),
    [
        ({9: Decision.ADD}, "Row 9: is not in this import."),
        ({1: "burn"}, "Row 1: “burn” is no decision."),
        ({1: ""}, "Row 1: needs a decision."),
        ({1: Decision.EXISTING}, "Row 1: there is nothing that it could be tied to."),
    ],
)
def test_a_bad_decision_names_its_row_and_none_is_set(by, decisions, reason):
    imported = begin(by, ris(1), ris(2))
    with pytest.raises(ValidationError) as caught:
        imports.decide(imported=imported, decisions={2: Decision.LEAVE, **decisions}, by=by)
    assert caught.value.messages == [reason]
    assert imported.rows.get(position=2).decision == Decision.ADD


def test_a_licence_that_is_too_long_is_refused_and_nothing_is_kept(by):
    with pytest.raises(ValidationError, match="100 characters"):
        begin(by, ris(1), licence="x" * 101)
