"""What somebody may not see answers as what does not exist: the same status, the same words, after
as many statements."""

import re

import pytest

from tests.matrix import asking
from tests.matrix.expected import CURATORS, EVERYBODY
from tests.matrix.routes import routes
from tests.matrix.table import ROWS
from tests.matrix.world import filled

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r"\{((?:draft|withdrawn|their)(?:_\w+)?)\}")
"""Names of records that some do not see."""
ROWS_OF_HIDDEN = [row for row in ROWS if HIDDEN.search(row.path) and "/admin/" not in row.path]
SEEN_BY_ALL_WHO_COME = (
    "references/<", "references/duplicates/", "cases/compare.<", "cases/results.<",
    "history/", "accounts/", "admin/",
    "api/v1/terms/", "api/v1/references/", "api/v1/duplicates/", "api/v1/tokens/", "api/[",
    "curation/notifications/", "curation/<revision_id:public_id>/assign/",
    "curation/same-patient/",
    "curation/<revision_id:public_id>/undo/", "curation/<revision_id:public_id>/decide/",
)  # fmt: skip
"""Beginnings of routes whose records are hidden from nobody who may open the route at all."""
SAID_ANEW = re.compile(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"')


def test_every_route_to_a_record_is_tried_with_a_hidden_one():
    tried = {row.name for row in ROWS_OF_HIDDEN}
    untried = {
        name: pattern
        for name, pattern in routes().items()
        if ("<" in pattern or "(?P" in pattern)
        and name not in tried
        and not pattern.startswith(SEEN_BY_ALL_WHO_COME)
    }
    assert untried == {}


def words_of(response, names, missing):
    """What is said, with what differs between any two answers made alike."""
    text = response.content.decode() if not response.streaming else ""
    for name, key in sorted(names.items(), key=lambda item: -len(item[1])):
        if len(key) >= 10:
            text = text.replace(key, missing[name])
    return SAID_ANEW.sub(r"\1", text)


@pytest.mark.parametrize(
    "row", ROWS_OF_HIDDEN, ids=[f"{row.name} {row.path}" for row in ROWS_OF_HIDDEN]
)
def test_hidden_and_missing_are_alike(world, row):
    for role in EVERYBODY:
        names, missing = world.names(role), world.missing(role)
        hidden = {name: missing[name] for name in HIDDEN.findall(row.path)}
        nothing = filled(row.path, {**names, **hidden})
        for method in ("GET", "POST"):
            refused = row.answer(method, role)
            if refused not in (401, 404) and (refused != 403 or role in CURATORS):
                continue
            shown = asking.ask(world, row, method, role)
            absent = asking.ask(world, row, method, role, path=nothing)
            assert shown.answer == absent.answer, (role, method)
            told = words_of(shown.response, names, missing)
            assert told == words_of(absent.response, names, missing), (role, method)
            asked = shown.statements, absent.statements
            assert len(asked[0]) == len(asked[1]), (role, method, asked)
            same_headers = set(shown.response.headers) == set(absent.response.headers)
            assert same_headers, (role, method)
