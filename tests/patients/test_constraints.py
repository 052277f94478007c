"""Every named constraint of patients refuses what it is there to refuse, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.constraints import (
    as_parameters,
    composite_foreign_keys,
    expect_refusal,
    named_constraints,
)
from tests.make import make_citation, make_event
from tests.patients.clearing_breaks import CLEARING_BREAKS
from tests.patients.comparison_breaks import COMPARISON_BREAKS
from tests.patients.derived.breaks import SET_ASIDE_BREAKS
from tests.patients.event_breaks import EVENT_BREAKS, allowed_events
from tests.patients.images.breaks import IMAGE_BREAKS, IMAGE_TIE_BREAKS, allowed_images
from tests.patients.likeness_breaks import LIKENESS_BREAKS
from tests.patients.load_breaks import LOAD_BREAKS
from tests.patients.prepared_breaks import PREPARED_BREAKS
from tests.patients.publishing_breaks import PUBLISHING_BREAKS
from tests.patients.revision_breaks import REVISION_BREAKS
from tests.patients.row_breaks import OTHER_CASE_BREAKS, ROW_BREAKS, allowed_rows
from tests.patients.search_breaks import SEARCH_BREAKS

pytestmark = pytest.mark.django_db
BREAKS = [
    *EVENT_BREAKS,
    *ROW_BREAKS,
    *PUBLISHING_BREAKS,
    *CLEARING_BREAKS,
    *REVISION_BREAKS,
    *LIKENESS_BREAKS,
    *PREPARED_BREAKS,
    *LOAD_BREAKS,
    *SEARCH_BREAKS,
    *SET_ASIDE_BREAKS,
    *COMPARISON_BREAKS,
    *IMAGE_BREAKS,
    *OTHER_CASE_BREAKS,
    *IMAGE_TIE_BREAKS,
]

TIES = {name for name, _ in (*OTHER_CASE_BREAKS, *IMAGE_TIE_BREAKS)}


@pytest.mark.parametrize(("name", "write"), as_parameters(BREAKS))
def test_database_refuses(name: str, write: Callable[[], Any]) -> None:
    expect_refusal(name, write)


def test_every_constraint_is_broken_above() -> None:
    own = {name for name, _ in BREAKS} - TIES
    assert own == named_constraints("patients")


def test_every_tie_to_the_same_case_is_broken_above() -> None:
    assert composite_foreign_keys("patients_") == TIES


@pytest.mark.parametrize("make_rows", [allowed_events, allowed_rows, allowed_images])
def test_neighbours_are_kept_and_pass_python_too(make_rows: Callable[[], list[Any]]) -> None:
    for row in make_rows():
        row.refresh_from_db()
        row.full_clean()


def test_python_names_the_row_of_another_case() -> None:
    citation = make_citation()
    citation.event = make_event()
    with pytest.raises(ValidationError, match="Belongs to another case") as caught:
        citation.full_clean()
    assert set(caught.value.message_dict) == {"event"}
