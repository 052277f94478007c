"""Readers are served from a standby within the bound, and never see it beyond. Whether it was the
standby that answered is seen by stopping it from taking up what the primary writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from casebase.postgres.roles import WEB_ROLE
from casebase.postgres.server import SUPERUSER
from tests.scaling.cluster import Cluster, cluster, wait_for
from tests.scaling.readers import FOUND, MISSING, publish, read, surfaces
from tests.survival.running import Site

pytestmark = pytest.mark.django_db(transaction=True)
AN_HOUR, A_SECOND = 3600, 1
THERE = """
    SELECT count(*) FROM patients_caseversion AS version
    JOIN patients_case AS record ON record.id = version.case_id WHERE accession = %s
"""
LATEST = """
    SELECT max(query_start) FROM pg_stat_activity
    WHERE usename = %s AND query LIKE '%%' || %s || '%%'
"""
"""When a session of the site last asked for something like it."""
PREPARED, ANYTHING = "patients_prepared_answer", "patients_"


def test_readers_are_served_by_the_standby_within_the_bound() -> None:
    with cluster() as both:
        told = whoever_wrote_reads_from_the_primary(both)
        readers_go_to_the_primary_where_the_standby_is_behind_or_away(both, told)


@contextmanager
def site_with(both: Cluster, bound: int) -> Iterator[Site]:
    site = Site(
        both.primary,
        REPLICA_DATABASE_URL=web_url_of_standby(both),
        CASEBASE_REPLICA_LAG=str(bound),
    )
    try:
        site.web.append(site.say("web"))
        yield site
    finally:
        both.resume()
        site.end()


def web_url_of_standby(both: Cluster) -> str:
    """The role came with the copy."""
    return both.standby.url().replace(f"{SUPERUSER}@", f"{WEB_ROLE}@", 1)


def whoever_wrote_reads_from_the_primary(both: Cluster) -> dict[str, Any]:
    """Gives what there is to publish still, and by whom."""
    with site_with(both, AN_HOUR) as site:
        told = site.say("prepare 4")
        old = publish(site, told)
        site.workers.append(site.say("work"))
        wait_for(lambda: read(site, old).status == FOUND, "The standby did not hear of it.")
        wait_for(lambda: is_asked(both, site, old, PREPARED), "The standby is not asked.")
        both.pause()
        new = publish(site, told)
        assert read(site, new).status == MISSING
        assert not any(surfaces(site, new).values())
        token = {"Authorization": f"Token {told['admin']}"}
        assert all(surfaces(site, new, **token).values())
        cookie = cookie_of_whoever_wrote(site)
        assert all(surfaces(site, new, Cookie=cookie).values())
        known = {"If-None-Match": read(site, new, Cookie=cookie).headers["etag"]}
        assert read(site, new, **known).status == 304, "Nobody is sent back."
        both.resume()
        wait_for(lambda: all(surfaces(site, new).values()), "The standby is behind for ever.")
    return told


def cookie_of_whoever_wrote(site: Site) -> str:
    """Somebody without an account, who has sent a form; what was in it counts for nothing."""
    answer = site.ask("POST", "/accounts/login/", {})
    return answer.cookies[-1].partition(";")[0]


def readers_go_to_the_primary_where_the_standby_is_behind_or_away(
    both: Cluster, told: dict[str, Any]
) -> None:
    with site_with(both, A_SECOND) as site:
        old = publish(site, told)
        wait_for(lambda: both.ask_standby(THERE, old) != [(0,)], "It did not hear of it.")
        wait_for(lambda: is_asked(both, site, old), "The standby is not asked.")
        both.pause()
        new = publish(site, told)
        wait_for(lambda: read(site, new).status == FOUND, "The primary is not asked.")
        assert both.ask_standby(THERE, new) == [(0,)]
        both.resume()
        wait_for(lambda: both.ask_standby(THERE, new) != [(0,)], "It does not go on.")
        wait_for(lambda: is_asked(both, site, new), "Nobody comes back to the standby.")
        both.standby.stop()
        for path in (f"/cases/{old}/", "/cases/", "/api/v1/cases/", "/references/"):
            assert site.ask("GET", path).status == FOUND, path
        both.standby.start()
        wait_for(lambda: is_asked(both, site, old), "Nobody comes back to the standby.")


def is_asked(both: Cluster, site: Site, accession: str, what: str = ANYTHING) -> bool:
    """Whether the standby answers somebody who reads a case now."""
    before = both.ask_standby(LATEST, WEB_ROLE, what)
    assert read(site, accession).status == FOUND
    return both.ask_standby(LATEST, WEB_ROLE, what) != before
