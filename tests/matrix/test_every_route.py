"""Every route, method and role: each cell of the table is asked for, and nothing is left out."""

import pytest

from tests.matrix import asking
from tests.matrix.expected import EVERYBODY, SIGN_IN
from tests.matrix.routes import METHODS, pattern_at, routes
from tests.matrix.table import ROWS
from tests.matrix.world import filled
from tests.walls.answers import faults, page_faults

CELLS_OF_A_ROW = len(EVERYBODY) * len(METHODS)
READING = ("GET", "HEAD", "OPTIONS")
REFUSED = (SIGN_IN, 400, 401, 403, 404, 405, 409, 410, 412, 422)
pytestmark = pytest.mark.django_db


def test_every_route_has_a_row_and_every_row_a_route():
    named, routed = {row.name for row in ROWS}, set(routes())
    assert routed - named == set(), "Routes without a row"
    assert named - routed == set(), "Rows without a route"


def test_the_matrix_has_every_cell_and_skips_none(capsys):
    """Each row is a test of its own below, and each asks for all its cells."""
    told = {(row.name, row.path): row for row in ROWS}
    assert len(told) == len(ROWS), "Two rows for one address of a route"
    cells = [row.answer(method, role) for row in ROWS for role in EVERYBODY for method in METHODS]
    assert None not in cells
    assert len(cells) == len(ROWS) * CELLS_OF_A_ROW >= 22_000
    with capsys.disabled():
        print(f"\n{len(routes())} routes, {len(ROWS)} rows, {len(cells)} cells, 0 skipped")


def test_every_row_leads_to_the_route_that_it_names(world):
    patterns = routes()
    elsewhere = {
        row.path: found
        for row in ROWS
        if (found := pattern_at(filled(row.path, world.names("")))) != patterns.get(row.name)
    }
    assert elsewhere == {}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.name} {row.path}" for row in ROWS])
def test_every_cell(world, row):
    """The answer; and nothing is written by a method that reads, nor by whoever is refused."""
    wrong: dict[str, list[str]] = {}
    cells = 0
    for role in EVERYBODY:
        for method in METHODS:
            asked = asking.ask(world, row, method, role)
            cells += 1
            expected = row.answer(method, role)
            if asked.answer != expected:
                said = f"{method}: {asked.answer} instead of {expected}"
            elif asked.written and (method in READING or expected in REFUSED):
                said = f"{method}: wrote {asked.written[0][:200]}"
            elif found := faults_of(row, method, role, asked.response):
                said = f"{method}: {found}"
            else:
                continue
            wrong.setdefault(said, []).append(role or "reader")
    assert wrong == {}
    assert cells == CELLS_OF_A_ROW


def faults_of(row, method, role, response):
    """What is wrong with the headers; with the page, where one is sent to read."""
    found = faults(row.name, response, personal=bool(role))
    if method == "GET" and role in ("", "admin"):
        found += page_faults(row.name, response, personal=bool(role))
    return found
