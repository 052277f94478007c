"""What `make run` promises, tried with real processes."""

import contextlib
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys

import psutil
import psycopg2
import pytest

from tests.casebase.demo import ROOT, START, Demo, demo, free_port, wait_until


def remember(site: Demo, text: str) -> None:
    """Saves something as a user's write would be, committed and no more."""
    connection = psycopg2.connect(site.database_url())
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS remembered (text text)")
        cursor.execute("INSERT INTO remembered VALUES (%s)", [text])
    connection.close()


def remembered(site: Demo) -> list[str]:
    connection = psycopg2.connect(site.database_url())
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT text FROM remembered ORDER BY text")
        found = [row[0] for row in cursor.fetchall()]
    connection.close()
    return found


PATIENCE = 60
"""Seconds: it is about what happens, and the machine may be busy."""


def end_all(family: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those that are still alive after `seconds`."""

    def alive() -> list[psutil.Process]:
        return [process for process in family if is_alive(process)]

    wait_until(lambda: not alive(), seconds)
    return alive()


def is_alive(process: psutil.Process) -> bool:
    # Waiting by psutil would take the exit code away from `Popen`.
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_start_a_clean_end_and_a_second_start(folder):
    with demo(folder / "data") as site:
        site.start_and_wait()
        said = site.said()
        assert f"http://127.0.0.1:{site.port}/" in said
        for role in ("clinician", "researcher", "curator", "admin"):
            assert f"{role}-demo" in said
        for step in ("PostgreSQL", "Migrating", "Loading", "Collecting"):
            assert step in said
        assert site.status("/") == 200
        assert stat.S_IMODE((site.folder / "secret").stat().st_mode) == 0o600
        secret = (site.folder / "secret").read_text()
        remember(site, "before")

        family = site.processes()
        site.process.terminate()
        assert end_all(family, PATIENCE) == []
        assert site.process.wait() == 0
        assert site.port_is_free()

        site.start_and_wait()
        assert remembered(site) == ["before"]
        assert (site.folder / "secret").read_text() == secret
        assert "Making" not in site.said()

        family = site.processes()
        site.process.send_signal(signal.SIGINT)
        assert end_all(family, PATIENCE) == []
        assert site.process.wait() == 0


def roles_connected(site: Demo) -> set[str]:
    connection = psycopg2.connect(site.database_url())
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT usename FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        roles = {role for (role,) in cursor.fetchall()}
    connection.close()
    return roles


def importing_is_seen(site: Demo) -> bool:
    connection = psycopg2.connect(site.database_url())
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM literature_importworker")
        (workers,) = cursor.fetchone()
    connection.close()
    return workers > 0


def test_a_worker_for_large_imports_runs_beside_and_is_followed_by_another(loaded):
    with demo(loaded()) as site:
        site.start_and_wait()
        assert wait_until(lambda: importing_is_seen(site), 30)
        assert site.status("/cases/") == 200
        assert roles_connected(site) == {"casebase_web"}
        old = site.import_worker()
        old.kill()
        assert wait_until(lambda: not is_alive(old), PATIENCE)
        assert wait_until(lambda: site.import_worker_again(old), PATIENCE)
        assert site.status() == 200


def test_killed_processes_leave_no_orphan_and_lose_nothing(loaded):
    with demo(loaded()) as site:
        site.start_and_wait()
        remember(site, "1: before a worker was killed")
        old = site.worker()
        old.kill()
        assert wait_until(lambda: site.status() == 200 and not old.is_running(), PATIENCE)

        remember(site, "2: before the main process was killed")
        family = site.processes()
        site.process.kill()
        site.process.wait()
        assert wait_until(site.port_is_free, PATIENCE)
        assert end_all(family, PATIENCE) == []

        site.start_and_wait()
        remember(site, "3: before the database was killed")
        family = site.processes()
        site.database().kill()
        assert end_all(family, PATIENCE) == []
        assert site.process.wait() == 1
        assert "The database ended" in site.said()

        site.start_and_wait()
        remember(site, "4: before all were killed")
        for process in site.processes():
            # Some end by themselves as soon as the first is gone.
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        site.process.wait()
        assert wait_until(site.port_is_free, PATIENCE)

        site.start_and_wait()
        assert [text[0] for text in remembered(site)] == ["1", "2", "3", "4"]
        assert site.status("/cases/") == 200


@pytest.mark.skipif(not (ROOT / ".venv/bin/python").exists(), reason="`make` runs its own .venv")
def test_make_passes_the_signal_on_and_does_not_leave_the_site_behind(loaded):
    make = (shutil.which("make"), "--old-file=.venv/runtime.stamp", "run")
    with demo(loaded()) as site:
        site.start_and_wait(make)
        assert site.status() == 200
        family = site.processes()
        site.process.terminate()
        assert end_all(family, PATIENCE) == []
        assert site.process.wait() == -signal.SIGTERM, "as make says it was ended"

        site.start_and_wait(make)
        family = site.processes()
        site.process.kill()
        site.process.wait()
        assert end_all(family, PATIENCE) == []
        assert site.port_is_free()


def test_two_side_by_side(loaded):
    with demo(loaded("one")) as one, demo(loaded("two")) as two:
        one.start_and_wait()
        two.start_and_wait()
        assert one.status() == two.status() == 200

        third = Demo(one.folder)
        third.start()
        assert third.process.wait(120) == 1
        assert "Another Casebase runs on" in third.said()
        assert one.status() == 200


def refused(folder, **changes: str) -> str:
    with demo(folder / "data", **changes) as site:
        site.start()
        assert site.process.wait(120) == 1
        said = site.said()
    assert "Traceback" not in said
    assert "PostgreSQL" not in said, "started something before it refused"
    return said


def test_a_port_in_use_is_refused_before_anything_starts(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} is in use" in refused(folder, PORT=str(port))
    assert not (folder / "data").exists()


@pytest.mark.parametrize("port", ["many", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(folder, port):
    assert "Set PORT to a number from 1 to 65535" in refused(folder, PORT=port)


def test_a_database_that_does_not_answer_is_said(folder):
    url = f"postgres://nobody@127.0.0.1:{free_port()}/none"
    with demo(folder / "data", DATABASE_URL=url) as site:
        site.start()
        assert site.process.wait(60) == 1
        assert "The database does not answer" in site.said()
        assert "Starting PostgreSQL" not in site.said()


def test_a_host_that_is_not_loopback_is_refused(folder):
    with demo(folder / "data", CASEBASE_HOSTS="casebase.example.org") as site:
        site.start()
        assert site.process.wait(60) == 1
        assert "The demo has known passwords" in site.said()
        assert "Traceback" not in site.said()


def test_a_signal_while_it_prepares_ends_it_and_its_database(folder):
    with demo(folder / "data") as site:
        site.start()
        assert wait_until(lambda: "Migrating" in site.said(), 60)
        family = site.processes()
        site.process.terminate()
        assert end_all(family, PATIENCE) == []
        assert site.process.wait() == 143


SIGNALLED_WHILE_FINALISED = """
import os, signal, sys, time
from casebase import demo_server

class Finalised:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):  # Python looks at signals between steps
            pass

def run():
    with demo_server.unwinding():
        Finalised()
        print("goes on", flush=True)
        time.sleep(600)

demo_server.run = run
sys.exit(demo_server.main([]))
"""


def test_a_signal_that_python_drops_is_heard_again():
    command = [sys.executable, "-c", SIGNALLED_WHILE_FINALISED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.stdout == "goes on\n"
    assert "Exception ignored" in done.stderr
    assert done.returncode == 128 + signal.SIGTERM


def test_requests_go_to_the_log_file_and_not_to_the_console(loaded):
    with demo(loaded()) as site:
        site.start_and_wait()
        site.status("/cases/?q=carcinoid")
        log = site.folder / "casebase.log"
        assert wait_until(lambda: '"GET /cases/"' in log.read_text(), PATIENCE)
        assert "carcinoid" not in log.read_text()
        assert "GET" not in site.said()
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_start_is_what_make_runs():
    shown = subprocess.run(
        ["make", "--dry-run", "run"], cwd=ROOT, env=os.environ, capture_output=True, text=True
    )
    assert f"exec .venv/bin/python {' '.join(START[1:])}" in shown.stdout
