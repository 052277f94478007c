"""Likeness on the demo base: which cases stand beside the seed case, and why."""

from __future__ import annotations

import pytest

from patients.likeness import USUAL
from patients.likeness_reading import LikeCase, kept_like
from patients.models import SamePatientPair
from tests.patients.likeness.world import look, work

pytestmark = pytest.mark.django_db
SEED = "CB-DM6SDHC"
VEIN = {"CB-AB5NFBR", "CB-BAE0120", "CB-C7KW203", "CB-6JAAH6J", "CB-G16GCB1", "CB-WGGSFYE",
        "CB-NJK14XT"}  # fmt: skip
"""Cases whose reports tell of the portal vein, a branch of it, or the splenic vein."""


@pytest.fixture(scope="module")
def found(from_demo) -> tuple[list[LikeCase], int]:
    return from_demo(look_and_read)


def look_and_read() -> tuple[list[LikeCase], int]:
    work()
    look()
    return kept_like(SEED), SamePatientPair.objects.count()


def test_cases_with_portal_or_splenic_vein_stand_above_those_without(found) -> None:
    order = [row.accession for row in found[0]]
    assert len(order) == 12
    assert set(order[: len(VEIN)]) == VEIN


def test_both_veins_come_first(found) -> None:
    first, *_ = found[0]
    assert first.accession == "CB-AB5NFBR"
    assert first.likeness.reasons(USUAL).startswith("Portal vein and splenic vein involved in both")


def test_each_says_why_in_words(found) -> None:
    for row in found[0]:
        said = row.likeness.reasons(USUAL)
        assert len(row.likeness.by_weight(USUAL)) > 1
        assert ("vein" in said) is (row.accession in VEIN), said


def test_studies_in_common_are_counted(found) -> None:
    said = {row.accession: row.likeness.reasons(USUAL) for row in found[0]}
    assert "7 shared studies (here 1, " in said["CB-F7X0DRY"]


def test_no_two_demo_cases_are_taken_for_one_patient(found) -> None:
    assert found[1] == 0
