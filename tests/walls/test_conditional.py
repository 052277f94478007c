"""No edit is lost: every address of the API that changes a record asks which state is changed."""

from __future__ import annotations

import json

import pytest
from django.urls import get_resolver

from literature.rest.views import RecordViewSet
from tests.api.client import problem
from tests.matrix import asking
from tests.matrix.table import ROWS
from tests.matrix.world import filled
from tests.walls.resolving import views

pytestmark = pytest.mark.django_db
CHANGING = ("PUT", "PATCH", "DELETE")
STALE = {"If-Match": '"0000"'}
CHANGED = [
    (row, method)
    for row in ROWS
    if row.path.startswith("/api/v1/")
    for method in CHANGING
    if row.answer(method, "admin") in (200, 204, 400, 409)
]
ACTED_ON = [
    row
    for row in ROWS
    if row.path.startswith("/api/v1/") and "{" in row.path and row.answer("POST", "admin") == 200
]
NO_STATE = {
    "api:revision-comment": "a comment stands beside others and changes nothing",
}
"""Actions that no state of the record bears on."""


def ask(world, row, method, headers):
    client = asking.signed_in(world, "admin")
    sent = row.sent(world, method) if callable(row.sent) else row.sent
    body = b"" if sent is None or method == "DELETE" else json.dumps(sent).encode()
    path = filled(row.path, world.names("admin"))
    with asking.rolled_back():
        return client.generic(method, path, body, content_type="application/json", headers=headers)


def test_every_view_that_changes_records_asks():
    """A view with PUT, PATCH or DELETE that is not made like the others is seen here."""
    other = {
        name
        for name, view in views(get_resolver())
        if set(getattr(view, "actions", None) or ()) & {"put", "patch", "delete"}
        and not issubclass(view.cls, RecordViewSet)
    }
    assert other == set()


@pytest.mark.parametrize(
    ("row", "method"), CHANGED, ids=[f"{method} {row.name} {row.path}" for row, method in CHANGED]
)
def test_a_change_says_of_which_state(world, row, method):
    problem(ask(world, row, method, {}), 428)
    problem(ask(world, row, method, STALE), 412)
    problem(ask(world, row, method, {"If-Match": 'W/"0000"'}), 412)


@pytest.mark.parametrize("row", ACTED_ON, ids=[f"{row.name} {row.path}" for row in ACTED_ON])
def test_an_action_on_a_state_that_is_gone_is_refused(world, row):
    answer = ask(world, row, "POST", STALE)
    if row.name in NO_STATE:
        assert answer.status_code == 200
    else:
        problem(answer, 412)
