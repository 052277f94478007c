"""Laboratory results in the admin: what is refused comes back at its field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.admin.browsing import change_url, errors_of, errors_of_new_row, read_form, signed_in
from tests.make import make_event, make_result

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"value": ""}, {"value"}),
        ({"value": "NaN"}, {"value"}),
        ({"comparator": "~"}, {"comparator"}),
        ({"reference_low": 5, "reference_high": 4}, {"reference_low", "reference_high"}),
    ],
)
def test_a_wrong_result_is_refused_at_its_fields(
    fields: dict[str, Any], expected: set[str]
) -> None:
    event = make_event(category="laboratory")
    new = {"event": event.pk, "analyte": "Gastrin", "value": 5, **fields}
    assert expected & set(errors_of_new_row(event.case, "laboratoryresults", **new))
    assert not event.results.exists()


def test_a_result_goes_with_an_observation_alone() -> None:
    scan, result = make_event(category="imaging"), make_result()
    new = {"event": scan.pk, "analyte": "Gastrin", "value": 5}
    assert set(errors_of_new_row(scan.case, "laboratoryresults", **new)) == {"event"}
    client, page = signed_in(), change_url(result.event)
    data = {**read_form(client, page), "category": "drug"}
    assert set(errors_of(client.post(page, data))) == {"category"}
