"""The references of a case in the order in which a list of them is numbered."""

import pytest

from literature.models import ReferenceListItem
from patients.actions import cases
from patients.reading import read_case
from patients.references_cited import CITED, PRINTED, chosen_of
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def works():
    return {name: make.make_reference({"title": name}) for name in ("Source", "B", "C", "D", "E")}


@pytest.fixture
def reading(works):
    """Cited in time order: E on the case, B at the first event, C at its finding, D later."""
    case = make.make_case()
    later = make.make_event(case, day=30)
    first = make.make_event(case, day=0, is_index=True, category="imaging")
    finding = make.make_finding(first)
    make.make_citation(later, works["D"], number=2)
    make.make_citation(later, works["B"], number=7)
    make.make_citation(finding, works["C"], number=4)
    make.make_citation(first, works["B"], number=5)
    make.make_citation(case, works["E"])
    make.make_source(case, works["Source"])
    cases.publish(case=case, by=None)
    return read_case(case.accession, make.make_user())


def titles(chosen):
    return [row.title for row in chosen.references]


def test_first_citation_counts_the_case_then_events_in_time_with_their_findings(reading):
    chosen = chosen_of(reading, CITED)
    assert titles(chosen) == ["Source", "E", "B", "C", "D"]
    assert chosen.numbers is None
    assert [row.number for row in reading.document.references] == [1, 2, 3, 4, 5]


def test_the_reports_own_numbers_come_first_and_the_others_after_the_last(reading):
    chosen = chosen_of(reading, PRINTED)
    assert titles(chosen) == ["D", "C", "B", "Source", "E"]
    assert chosen.numbers == [2, 4, 5, 6, 7]
    assert chosen.remarks == [
        "3 of 5 works have the number that the report prints; the others follow after the last"
        " of these."
    ]


def test_the_formatted_list_has_these_numbers(client, reading):
    address = f"/cases/{reading.document.accession}/references/?order=printed&format=text"
    answer = client.get(address)
    lines = answer.content.decode().splitlines()
    assert [line.split(".")[0] for line in lines] == ["2", "4", "5", "6", "7"]
    assert " D. " in lines[0]


def test_the_list_kept_with_the_report_tells_what_no_citation_does(reading, works):
    for number, name in ((1, "E"), (3, "B"), (9, "E")):
        ReferenceListItem.objects.create(work=works["Source"], number=number, reference=works[name])
    ReferenceListItem.objects.create(work=works["Source"], number=6)
    ReferenceListItem.objects.create(work=works["D"], number=8, reference=works["Source"])
    chosen = chosen_of(reading, PRINTED)
    assert dict(zip(titles(chosen), chosen.numbers, strict=True)) == {
        "E": 1, "D": 2, "C": 4, "B": 5, "Source": 6,
    }  # fmt: skip


def test_two_works_of_one_number_are_both_kept():
    case = make.make_case()
    event = make.make_event(case, day=0, is_index=True)
    for _ in range(2):
        make.make_citation(event, number=3)
    make.make_source(case)
    cases.publish(case=case, by=None)
    chosen = chosen_of(read_case(case.accession, make.make_user()), PRINTED)
    assert len(chosen.references) == 3
    assert chosen.numbers == [3, 4, 5]


def test_without_printed_numbers_the_order_is_that_of_citation_and_says_so():
    case = make.make_published_case()
    chosen = chosen_of(read_case(case.accession, make.make_user()), PRINTED)
    assert titles(chosen) == titles(chosen_of(read_case(case.accession, make.make_user()), CITED))
    assert "the numbers are ours" in chosen.remarks[0]
