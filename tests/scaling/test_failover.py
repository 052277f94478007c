"""The primary is killed while four clients write and the standby is promoted: the site goes on with
it, and nothing that was acknowledged is lost. Between the site and the servers stands pgbouncer
where that is installed, and is told of the switch; without it the site knows both servers and goes
to whichever takes writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from casebase.database_settings import IDLE_TIMEOUT, STATEMENT_TIMEOUT
from casebase.postgres.roles import WEB_ROLE
from casebase.postgres.server import DATABASE
from tests.scaling.clients import begin_to_write, end, wait_for_more_of_each
from tests.scaling.cluster import Cluster, cluster, socket_of, wait_for
from tests.scaling.pooler import PROGRAM, limit_role, pooler
from tests.scaling.readers import publish
from tests.survival.databases import ask
from tests.survival.running import Site
from tests.survival.test_killed import held_against

pytestmark = pytest.mark.django_db(transaction=True)
Way = tuple[dict[str, str], Callable[[], object]]
"""A site's settings, and what is done when the standby has been promoted."""


@contextmanager
def by_pooler(both: Cluster) -> Iterator[Way]:
    limit_role(both.primary, STATEMENT_TIMEOUT, IDLE_TIMEOUT)
    with pooler(size=8, wait=5, primary=both.primary, replica=both.standby) as between:
        settings = {
            "DATABASE_URL": between.url("primary"),
            "REPLICA_DATABASE_URL": between.url("replica"),
            "CASEBASE_POOLER": "1",
        }
        yield settings, lambda: between.lead("primary", both.standby)


@contextmanager
def directly(both: Cluster) -> Iterator[Way]:
    replica = f"postgres://{WEB_ROLE}@{quoted(both)[1]}/{DATABASE}"
    yield {"DATABASE_URL": either(both), "REPLICA_DATABASE_URL": replica}, lambda: None


def quoted(both: Cluster) -> list[str]:
    return [socket_of(server).replace("/", "%2F") for server in (both.primary, both.standby)]


def either(both: Cluster) -> str:
    """The URL of whichever of the two is the primary."""
    places = ",".join(quoted(both))
    return f"postgres://{WEB_ROLE}@{places}/{DATABASE}?target_session_attrs=read-write"


def test_nothing_acknowledged_is_lost_when_the_standby_takes_over() -> None:
    way = by_pooler if PROGRAM else directly
    with cluster() as both, way(both) as (settings, switch):
        both.wait_for_commits_on_both()
        site = Site(both.primary, **settings)
        try:
            writers, told = begin_to_write(site)
            published = publish(site, told)
            both.kill_primary()
            both.promote()
            switch()
            site.server = both.standby
            wait_for_more_of_each(writers)
            wait_for(lambda: site.ask("GET", "/cases/").status == 200, "Nobody can read.")
            end(writers, published)
            assert site.alive() == [*site.web, *site.workers], "A process ended by itself."
            site.bring_in_the_rest()
            site.end_forked()
            site.left_alone()
            held_against(site.say("check"), writers)
            assert ask({"dsn": either(both)}, "SELECT pg_is_in_recovery()") == [(False,)]
        finally:
            site.end()
