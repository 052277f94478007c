"""Processes are killed at any moment while four clients write: nothing is half done, nothing that
was acknowledged is lost, and nobody is told of a fault that is none of theirs.

`make kills` does the same with 1,000 kills of processes and 200 of the database.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.survival.running import PATIENCE, Site, own_server
from tests.survival.writers import DONE, Writer

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("CASEBASE_KILLS", "50"))
DATABASE_KILLS = int(os.environ.get("CASEBASE_DATABASE_KILLS", "10"))
WHOLE_SERVER = 3
"""Of so many kills of the database one takes all of it, which takes seconds to come back."""
CLIENTS = 4


@pytest.fixture
def site() -> Iterator[Site]:
    with own_server() as server:
        made = Site(server)
        yield made
        made.end()


@pytest.fixture
def told(site: Site) -> Any:
    return site.say(f"prepare {10 + (KILLS + DATABASE_KILLS) // 5}")


def acknowledged(writers: list[Writer]) -> int:
    return sum(sum(writer.statuses.get(status, 0) for status in DONE) for writer in writers)


def wait_for_more(writers: list[Writer]) -> None:
    """Returns when the clients have been answered again, some more times."""
    before = acknowledged(writers)
    deadline = time.monotonic() + PATIENCE
    while acknowledged(writers) < before + CLIENTS and not any(w.error for w in writers):
        assert time.monotonic() < deadline, "Nobody is answered any more."
        time.sleep(0.01)


def kill_at_random_moments(site: Site, writers: list[Writer]) -> None:
    acts = ["process"] * KILLS + ["database"] * DATABASE_KILLS
    random.shuffle(acts)
    database_kills = 0
    for act in acts:
        time.sleep(random.random() * 0.2)
        if act == "process":
            site.kill_one()
        else:
            site.kill_database(whole=database_kills % WHOLE_SERVER == 0)
            database_kills += 1
        wait_for_more(writers)


def test_nothing_is_half_done_and_nothing_acknowledged_is_lost(site, told):
    site.fill()
    writers = [Writer(site, told, number) for number in range(CLIENTS)]
    for writer in writers:
        writer.start()
    wait_for_more(writers)
    kill_at_random_moments(site, writers)
    for writer in writers:
        writer.ending.set()
    for writer in writers:
        writer.join()
    assert [writer.error for writer in writers] == [None] * CLIENTS
    assert site.alive() == [*site.web, *site.workers], "A process ended by itself."
    site.bring_in_the_rest()
    site.end_forked()
    site.left_alone()
    held_against(site.say("check"), writers)
    statuses = Counter[int]()
    for writer in writers:
        statuses.update(writer.statuses)
    print(statuses, sum(writer.unheard for writer in writers))


def held_against(found: dict[str, Any], writers: list[Writer]) -> None:
    assert found["wrong"] == []
    for writer in writers:
        assert set(writer.references) <= set(found["references"])
        assert set(writer.imported) <= set(found["imported"])
        assert set(writer.published) <= set(found["published"])
        assert set(writer.withdrawn) <= set(found["withdrawn"])
        for event, word in writer.words:
            assert word in found["events"][event].split()
    assert any(writer.references for writer in writers)
    assert any(writer.words for writer in writers)
    assert any(writer.imported for writer in writers)
    assert any(writer.published for writer in writers)
    for detail in found["events"].values():
        words = detail.split()
        assert len(words) == len(set(words)), "Something was done twice."
