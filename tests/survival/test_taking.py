"""Taking backups: never half of one, while the site is written to, and no more than are kept."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from casebase.backups import BackupError, manifest, programs, taking
from casebase.backups.taking import take, taken
from literature.models import Reference
from tests import make
from tests.survival.databases import parameters

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    (tmp_path / "media" / "images").mkdir(parents=True)
    (tmp_path / "media" / "images" / ".probe-1").touch()
    return tmp_path / "media"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_the_newest_are_kept_and_nothing_else_is_touched(media, tmp_path):
    to = tmp_path / "backups"
    (to / "casebase-notes").mkdir(parents=True)
    (to / "unfinished-casebase-20200101T000000Z").mkdir()
    made = [take(parameters(), media, to, keep=2) for _ in range(3)]
    assert taken(to) == made[1:]
    assert names(to) == sorted(["casebase-notes", *(path.name for path in made[1:])])
    for path in made[1:]:
        manifest.checked(path)
        assert not (path.stat().st_mode & 0o077)
        assert list(manifest.read(path).files) == ["database.dump"]


def test_a_backup_that_fails_leaves_nothing_and_keeps_the_older_ones(media, tmp_path, monkeypatch):
    to = tmp_path / "backups"
    first = take(parameters(), media, to)
    with pytest.raises(BackupError, match="Keep at least 1"):
        take(parameters(), media, to, keep=0)
    with pytest.raises(BackupError, match="The backup was not made: .*does not exist"):
        take(parameters("nowhere_at_all"), media, to, keep=1)
    (media / "images" / "broken.png").symlink_to(media)
    unreadable = media / "images" / "unreadable.png"
    unreadable.mkdir()
    monkeypatch.setattr(taking.Path, "is_file", lambda path: path == unreadable)
    with pytest.raises(BackupError, match="Is a directory"):
        take(parameters(), media, to, keep=1)
    monkeypatch.undo()
    assert names(to) == [first.name]
    manifest.checked(first)


def test_two_at_once_are_refused(media, tmp_path):
    to = tmp_path / "backups"
    with taking._alone_in(to), pytest.raises(BackupError, match="Another backup is being taken"):
        take(parameters(), media, to)


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(media, tmp_path):
    """Rows and sums are of one moment, however much is written before the dump is at its end."""
    ending = threading.Event()

    def write() -> None:
        from django.db import connection

        try:
            while not ending.is_set():
                make.make_reference()
                time.sleep(0.001)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made = take(parameters(), media, tmp_path / "backups")
    finally:
        ending.set()
        thread.join()
    rows = manifest.read(made).tables
    changes = rows["literature_change"].rows
    assert rows["literature_reference"].rows <= Reference.objects.count()
    assert changes >= rows["literature_reference"].rows


@pytest.fixture
def installed(tmp_path, monkeypatch) -> Callable[..., None]:
    """Has programs of these versions, and none else, be on the machine."""

    def install(*majors: int) -> None:
        for major in majors:
            folder = tmp_path / str(major) / "bin"
            folder.mkdir(parents=True)
            for name in ("pg_dump", "pg_restore"):
                program = folder / name
                program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {major}.2 (Debian)'\n")
                program.chmod(0o700)
        monkeypatch.setattr(programs, "DEBIAN", tmp_path)
        monkeypatch.setattr(programs, "wheel_programs", lambda: tmp_path / "no wheel")
        monkeypatch.setenv("PATH", str(tmp_path))

    return install


@pytest.mark.parametrize(
    ("server", "written_by", "taken_is"),
    [(15, 0, 15), (15, 15, 15), (16, 0, 16), (17, 0, 18), (18, 0, 18), (18, 19, 19), (19, 18, 19)],
)
def test_the_oldest_programs_that_fit_are_taken(installed, server, written_by, taken_is):
    installed(14, 15, 16, 18, 19)
    assert programs.programs_for(server, written_by).major == taken_is


@pytest.mark.parametrize(("there", "server"), [((14, 18), 15), ((15, 16), 18), ((), 18)])
def test_programs_that_are_missing_are_asked_for(installed, there, server):
    """From 17 on, pg_restore cannot write into a server that is older than 17."""
    installed(*there)
    with pytest.raises(BackupError, match=f"PostgreSQL {server}, .*postgresql-client-{server}"):
        programs.programs_for(server)


def test_a_password_is_given_by_the_environment_alone(tmp_path):
    """Other users see the arguments of a process."""
    for name in ("pg_dump", "pg_restore"):
        program = tmp_path / name
        program.write_text('#!/bin/sh\necho "$@" >&2; echo "PGPASSWORD=$PGPASSWORD" >&2; exit 3\n')
        program.chmod(0o700)
    fake = programs.Programs(tmp_path, 18)
    database = {"dbname": "base", "host": "example.org", "password": "very secret"}
    with pytest.raises(BackupError) as raised:
        fake.run("pg_dump", ["--format=custom"], database)
    arguments, _, environment = str(raised.value).partition("PGPASSWORD=")
    assert "pg_dump ended with 3" in arguments
    assert "host=example.org" in arguments
    assert "very secret" not in arguments
    assert environment == "very secret"
    assert "PGPASSWORD" not in os.environ
