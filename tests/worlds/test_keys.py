"""The keys of rows are counted, so hidden ones leave gaps between public ones: no reader sees one.

The public world is made twice, with the same random names and the same clock. The second time
every sequence of the database skips numbers, as if hidden records had been made in between.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from string import Formatter
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from literature import public_ids
from patients.forms import MAX_CURSOR
from patients.searching.cursors import read_cursor, write_cursor
from patients.searching.wanted import Hit, Order
from tests import make
from tests.matrix.asking import rolled_back
from tests.matrix.table import ROWS
from tests.matrix.world import filled
from tests.pages import pictures
from tests.worlds.asking import Answer, Asking, difference
from tests.worlds.baseline import committing
from tests.worlds.public import PublicWorld
from tests.worlds.surfaces import NOBODY, NOT_ASKED, SEARCHES, Surface, search_names

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


class Fate:
    """What is drawn and what time it is, the same each time."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.random, self.ticks = Random("names"), count()
        patch.setattr(public_ids.secrets, "token_bytes", self.random.randbytes)
        patch.setattr(timezone, "now", lambda: NOON + timedelta(seconds=next(self.ticks)))
        for module in (make, pictures):
            patch.setattr(module, "_numbers", count(1))


def skip_numbers() -> None:
    random = Random("gaps")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        for (name,) in sorted(cursor.fetchall()):
            cursor.execute(f"SELECT setval('{name}', nextval('{name}') + {random.randint(1, 999)})")
            cursor.execute(f"ALTER SEQUENCE {name} INCREMENT BY {random.randint(2, 40)}")


def made_and_asked(*, gaps: bool) -> tuple[list[int], dict[str, Answer]]:
    """The keys of the cases of the public world, and what nobody in particular is answered at each
    of its addresses."""
    with pytest.MonkeyPatch.context() as patch, rolled_back():
        if gaps:
            skip_numbers()
        Fate(patch)
        with committing():
            world = PublicWorld()
        names = {
            name: key
            for name, key in (world.names(NOBODY) | search_names(world)).items()
            if not key.isdigit()  # a key itself, for curators alone
        }
        asking = Asking({})
        asking.ask(Surface(NOBODY, "/cases/?q=clot"))  # a process remembers the names of terms
        keys = [case.pk for case in world.published]
        told = {path: asking.ask(Surface(NOBODY, path)).answer for path in addresses(names)}
    return keys, told


def addresses(names: dict[str, str]) -> list[str]:
    paths = [row.path for row in ROWS if row.name not in NOT_ASKED and "/admin/" not in row.path]
    found = [path for path in (*paths, *SEARCHES) if named_in(path) <= set(names)]
    return list(dict.fromkeys(filled(path, names) for path in found))


def named_in(path: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(path) if name}


def test_gaps_between_keys_show_nowhere():
    keys, plain = made_and_asked(gaps=False)
    other_keys, skipped = made_and_asked(gaps=True)
    assert [key - keys[0] for key in keys] == [0, 1, 2]
    assert other_keys[1] - other_keys[0] > 1
    assert set(plain) == set(skipped)
    assert len(plain) > 300
    told = {path: difference(answer, skipped[path]) for path, answer in plain.items()}
    assert {path: what for path, what in told.items() if what} == {}


@pytest.mark.parametrize(
    ("order", "key"),
    [(Order.NEWEST, NOON), (Order.TITLE, "血" * 100), (Order.YEAR, None), (Order.EVENTS, 3)],
)
def test_a_cursor_tells_no_key_and_cannot_be_made_up(order: Order, key: Any):
    """What goes on from one case is the same each time, and says nothing to who has no secret."""
    hit = Hit(12345, key)
    written = write_cursor(order, hit)
    assert read_cursor(written, order) == hit
    assert write_cursor(order, hit) == written
    assert len(written) < MAX_CURSOR
    packed = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
    assert b"12345" not in packed
    assert order.value.encode() not in packed
    for changed in (
        written[:-2] + "AA",
        written[2:],
        "",
        "A",
        base64.b64encode(b"x" * 40).decode(),
    ):
        with pytest.raises(ValueError, match="is no cursor"):
            read_cursor(changed, order)


def test_a_cursor_of_another_secret_is_none(settings: Any):
    written = write_cursor(Order.EVENTS, Hit(1, 1))
    settings.SECRET_KEY = "another secret, long enough to be one for the tests alone"
    with pytest.raises(ValueError, match="is no cursor"):
        read_cursor(written, Order.EVENTS)
