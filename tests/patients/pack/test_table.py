"""The table of a pack: the numbers are those of the case's own list, others follow after it."""

from __future__ import annotations

from dataclasses import replace

from patients.pack.table import further_works, pack_table
from tests.patients.pack.materials import with_report
from tests.patients.timeline.documents import citation, document, event


def case_citing(accession, *works, at=()):
    """Works by id, numbered in their order; a drug cites those whose places `at` names."""
    drug = event(0, category="drug", label=f"Drug of {accession}")
    drug = replace(drug, citations=[replace(citation(place), reference=works[place - 1])
                                    for place in at])  # fmt: skip
    one = with_report(document([drug])).references[0]
    rows = [replace(one, number=place, id=work) for place, work in enumerate(works, 1)]
    return replace(document([drug]), accession=accession, source=None, references=rows)


FIRST = case_citing("CB-0NE0NE0", "A", "B", "C", at=(3, 2))
SECOND = case_citing("CB-TW0TW0T", "D", "C", "E", "F", at=(4, 2, 1))


def numbers_of(table, row):
    return {n for cell in table.rows[row].cells for piece in cell.pieces for n in piece.citations}


def test_the_case_keeps_its_numbers_and_others_follow():
    table = pack_table(FIRST, [SECOND])
    assert numbers_of(table, 0) == {2, 3}
    assert numbers_of(table, 1) == {3, 4, 5}
    assert [(work.number, work.id) for work in table.references] == [
        (2, "B"), (3, "C"), (4, "D"), (5, "F"),
    ]  # fmt: skip
    assert [work.id for work in further_works(FIRST, [SECOND])] == ["D", "F"]


def test_the_case_alone_adds_nothing():
    assert numbers_of(pack_table(FIRST, []), 0) == {2, 3}
    assert further_works(FIRST, []) == []
