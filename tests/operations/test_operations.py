"""From an empty server to a served site, as `docs/operations.md` tells it, and what the internet
sends to it then. One test, because all of it is one machine, which takes a while to set up."""

from __future__ import annotations

import pytest

from tests.operations import attacks, machine
from tests.operations.blocks import blocks
from tests.operations.client import until
from tests.operations.server import HOST, empty_server, type_in

MISSING = machine.what_is_missing()


@pytest.mark.skipif(bool(MISSING), reason=f"No machine can be made here: {MISSING}")
def test_an_empty_server_becomes_a_site_that_holds(subtests):
    with empty_server() as server:
        for block in blocks():
            type_in(server, block)  # what follows needs it, so the first failure is the last
        with subtests.test("the site is served under its own name, by accounts of its own"):
            served_as_promised(server)
        for attack in attacks.ALL:
            with subtests.test(attack.__name__.replace("_", " ")):
                attack(server)
        with subtests.test("nothing broke on the way"):
            nothing_broke(server)


def served_as_promised(server: machine.Machine) -> None:
    said = server.run(
        f"curl -fsS --cacert /etc/casebase/tls/fullchain.pem https://{HOST}/ | grep -o '<title>.*'"
    )
    assert "Casebase" in said
    accounts = server.run(
        "ps -eo user:20,args | grep '[.]venv/bin/python' | cut -d' ' -f1 | sort -u"
    )
    assert accounts.split() == ["casebase_web"]
    refused = server.run(
        "cd /;"
        "runuser -u casebase_web -- psql -U casebase casebase 2>&1 && exit 1;"
        "runuser -u casebase_web -- ls /var/backups/casebase 2>&1 && exit 1;"
        "runuser -u casebase_web -- cat /etc/casebase/casebase.env 2>&1 && exit 1;"
        "runuser -u www-data -- ls /var/lib/casebase 2>&1 && exit 1; true"
    )
    assert "Peer authentication failed" in refused
    assert refused.count("Permission denied") == 3
    assert attacks.metric(server, "casebase_database_up") == 1
    assert attacks.metric(server, "casebase_backup_timestamp_seconds") > 0
    assert attacks.metric(server, "casebase_worker_seen_timestamp_seconds") > 0


def nothing_broke(server: machine.Machine) -> None:
    """No unit failed, no process of the site died, and both processes' requests are counted."""
    assert server.run("systemctl --failed --no-legend --no-pager") == ""
    restarts = server.run("systemctl show -P NRestarts casebase-web casebase-worker nginx")
    assert set(restarts.split()) == {"0"}
    assert "traceback" not in server.run("journalctl -u 'casebase-*' --no-pager -o cat").lower()
    ask = "seq 40 | xargs -P 8 -I{} curl -fsS -o /dev/null http://127.0.0.1:8000/healthz"
    counts = f"{ask}; find /run/casebase/metrics -name 'counter_*' | wc -l"
    until(lambda: int(server.run(counts)) == 2, "One process was asked everything")
    said = attacks.scraped(server)
    assert 'status="500"' not in said
    assert "casebase_request_seconds_bucket" in said
