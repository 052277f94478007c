"""`make backup` and `make restore`, with the database that `make run` brings along."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebase.backups.taking import take
from casebase.demo_folder import locked
from casebase.postgres import Server
from tests import make
from tests.casebase.conftest import reachable_folder
from tests.casebase.demo import ROOT
from tests.survival.databases import ask, parameters

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as place:
        yield place / "site"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = ("CASEBASE_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return subprocess.run(
        [sys.executable, "-m", "casebase.backups", *arguments],
        cwd=ROOT,
        env={**inherited, "CASEBASE_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_to_a_new_machine_and_from_it_running_and_not(folder, tmp_path):
    make.make_published_case(title="A course")
    (tmp_path / "media" / "images" / "a0").mkdir(parents=True)
    (tmp_path / "media" / "images" / "a0" / "a0.png").write_bytes(b"picture")
    saved = take(parameters(), tmp_path / "media", tmp_path / "backups")
    nothing = run(folder, "take")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "There is no database in" in nothing.stderr

    restored = run(folder, "restore", str(saved))
    assert restored.returncode == 0, restored.stderr
    assert "1 media files" in restored.stdout
    assert "every sum is right" in restored.stdout
    assert (folder / "media/images/a0/a0.png").read_bytes() == b"picture"
    taken = run(folder, "take", "--keep", "1")
    assert taken.returncode == 0, taken.stderr
    (backup,) = (folder / "backups").glob("casebase-*")
    assert taken.stdout.startswith(f"{backup}: ")

    server = Server(folder, say=lambda line: None)
    with locked(folder):
        url = server.start()
        try:
            assert ask({"dsn": url}, "SELECT title FROM patients_listing LIMIT 1") == [
                ("A course",)
            ]
            running = run(folder, "take", "--to", str(tmp_path / "others"))
            assert running.returncode == 0, running.stderr
            refused = run(folder, "restore", str(backup), "--over")
            assert refused.returncode == 1
            assert "Another Casebase runs on" in refused.stderr
        finally:
            server.stop()
    again = run(folder, "restore", str(backup))
    assert again.returncode == 1
    assert "is not empty. Say --over" in again.stderr


def test_make_runs_it():
    asked = ["make", "--dry-run", "--no-print-directory", "backup", "TO=/srv/b c", "KEEP=3"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert 'python -m casebase.backups take --to "/srv/b c" --keep 3' in told
    asked = ["make", "--dry-run", "--no-print-directory", "restore", "BACKUP=/srv/b", "OVER=1"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert 'python -m casebase.backups restore "/srv/b" --over' in told
