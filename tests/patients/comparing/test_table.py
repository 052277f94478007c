"""The comparison table says what the cases say, and where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patients.comparing import COLUMNS, State, table_of
from patients.derived import block_of
from patients.document.model import ReferenceData
from tests.patients.derived.cases import case_of, finding, site, sizes
from tests.patients.timeline.documents import document, event

VEIN = site("portal-vein")


def named(accession, made=None):
    made = made or document([event(0)])
    return replace(made, accession=accession, derived=block_of(made))


def words_of(made, key):
    return cell_of(made, key).words


def cell_of(made, key):
    table = table_of([named("CB-1111111", made), named("CB-2222222")], [key])
    return table.rows[0].cells[0]


def test_nothing_said_is_not_reported_in_every_column():
    table = table_of([named("CB-1111111"), named("CB-2222222")])
    assert [column.key for column in table.columns] == [column.key for column in COLUMNS]
    assert {cell.state for row in table.rows for cell in row.cells} == {State.NOT_REPORTED}


def test_an_open_vein_is_no_and_not_silence():
    made = case_of([finding(None, 0, patency="patent", site=VEIN)])
    assert cell_of(made, "vein").state == State.NO
    assert cell_of(document([event(0)]), "vein").state == State.NOT_REPORTED


def test_a_veins_states_are_told_where_they_change():
    made = case_of([
        finding(None, place, patency=state, site=VEIN)
        for place, state in enumerate(["patent", "thrombosed", "thrombosed", "recanalised"])
    ])  # fmt: skip
    found = cell_of(made, "vein")
    assert [piece.words for piece in found.pieces] == [
        "Portal vein: patent (CT)", "Portal vein: thrombosed (CT)", "Portal vein: recanalised (CT)",
    ]  # fmt: skip
    assert found.pieces[0].target == "finding-FINone0longest"
    assert found.state == State.REPORTED


def test_treatments_stand_in_order_and_lead_to_their_events():
    made = document([
        event(1, 30, 30, category="drug", label="Octreotide"),
        event(0, 0, 0, category="surgery", label="Hepatectomy"),
    ])  # fmt: skip
    pieces = cell_of(made, "treatments").pieces
    assert [piece.target for piece in pieces] == ["event-EV0", "event-EV1"]
    assert pieces[0].words == "Hepatectomy (then)"


def test_what_is_derived_is_marked_and_follows_what_is_reported():
    events = [event(0), replace(event(1, 30, 30), outcome="stable_disease")]
    pieces = cell_of(case_of(sizes("50", "20"), events=events), "response").pieces
    assert [(piece.words, piece.derived) for piece in pieces] == [
        ("Stable disease (Event 1)", False),
        ("RECIST-like: Partial response: 20 mm against 50 mm at the baseline (Event 0)", True),
    ]


def test_metastases_tell_how_many_and_that_they_went():
    findings = [finding("M", 0), finding("M", 1, change="resolved")]
    made = case_of(findings, kinds={"M": "metastasis"})
    assert words_of(made, "metastases") == "Lesion M, gone later"


def reference(number, id):
    return ReferenceData(number, id, "", "", f"Title of {id}", "", "", None, "", "", "", "", id)


def cited(accession, *ids):
    """A case whose events cite these works, numbered in its own order."""
    events = [event(place, place, place, category="drug", cites=[place + 1])
              for place in range(len(ids))]  # fmt: skip
    references = [reference(place + 1, id) for place, id in enumerate(ids)]
    return replace(document(events), accession=accession, references=references)


def test_works_are_numbered_over_all_cases_in_order_of_first_citation():
    table = table_of([cited("CB-1111111", "A", "B"), cited("CB-2222222", "B", "C")])
    at = [column.key for column in table.columns].index("treatments")
    numbers = [
        number for row in table.rows for piece in row.cells[at].pieces for number in piece.citations
    ]
    assert numbers == [1, 2, 2, 3]
    assert [(row.number, row.id) for row in table.references] == [(1, "A"), (2, "B"), (3, "C")]


def test_a_column_in_which_the_cases_say_the_same_does_not_differ():
    one = document([event(0, category="drug", label="Octreotide")])
    table = table_of([named("CB-1111111", one), named("CB-2222222", one), named("CB-3333333")])
    assert table.differs([column.key for column in table.columns].index("treatments"))
    assert not table.differs([column.key for column in table.columns].index("outcome"))


@pytest.mark.parametrize(
    ("accessions", "keys", "reason"),
    [
        (["CB-1111111"], (), "Choose 2 to 6 cases; 1 came."),
        ([f"CB-{n}111111" for n in range(7)], (), "Choose 2 to 6 cases; 7 came."),
        (["CB-1111111", "CB-1111111"], (), "CB-1111111 is named twice"),
        (["CB-1111111", "CB-2222222"], ["shoe-size"], "There is no column “shoe-size”"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(accessions, keys, reason):
    with pytest.raises(ValueError, match=reason):
        table_of([named(accession) for accession in accessions], keys)
