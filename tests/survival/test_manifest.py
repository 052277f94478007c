"""A backup that is not whole is refused, and then nothing is asked of any database."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casebase.backups import BackupError, migrations
from casebase.backups.__main__ import main
from casebase.backups.manifest import FORMAT, Manifest, read, write
from casebase.backups.restoring import restore
from casebase.backups.sums import TableSum, file_sum

DUMP, IMAGE = "database.dump", "media/images/a0/a0.png"
ANY_SUM = {"bytes": 0, "sha256": ""}


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    """The command sets its process's own."""
    was = os.umask(0o022)
    yield
    os.umask(was)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    folder = tmp_path / "casebase-20260101T000000Z"
    for name in (DUMP, IMAGE):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 100)
    files = {name: file_sum(folder / name) for name in (DUMP, IMAGE)}
    at = datetime(2026, 1, 1, tzinfo=UTC)
    tables = {"auth_user": TableSum(2, "17")}
    write(Manifest(FORMAT, at, 180006, 18, ["literature.0001_initial"], tables, files), folder)
    return folder


def changed(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def told(backup: Path, **changes: Any) -> None:
    path = backup / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_a_whole_one_is_said_to_be_whole(backup, capsys):
    assert main(["check", str(backup)]) == 0
    said = capsys.readouterr().out
    assert "is whole: 1 tables with 2 rows and 1 media files" in said
    assert "2026-01-01 00:00:00 UTC" in said


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda backup: changed(backup / DUMP), "database.dump is not what it was"),
        (lambda backup: (backup / DUMP).unlink(), "database.dump is missing"),
        (lambda backup: changed(backup / IMAGE), "a0.png is not what it was"),
        (lambda backup: (backup / "media/b.png").touch(), "media/b.png is not in the manifest"),
        (lambda backup: (backup / "manifest.json").write_text("{"), "manifest.json is damaged"),
        (lambda backup: (backup / "manifest.json").unlink(), "is no backup: manifest.json"),
        (lambda backup: told(backup, casebase_backup=2), "is of format 2"),
        (lambda backup: told(backup, files={"../x": ANY_SUM}), "a file that is in no backup"),
        (lambda backup: told(backup, files={"media/../../x": ANY_SUM}), "that is in no backup"),
        (lambda backup: told(backup, files={"/etc/x": ANY_SUM}), "that is in no backup"),
        (lambda backup: told(backup, files={}), "names no database.dump"),
        (lambda backup: told(backup, tables={"auth_user": {"rows": "x"}}), "is damaged: .*rows"),
    ],
)
def test_a_damaged_one_is_refused(
    backup: Path, tmp_path: Path, capsys: Any, damage: Callable[[Path], Any], says: str
) -> None:
    damage(backup)
    with pytest.raises(BackupError, match=says):
        restore(backup, {"dbname": "never_asked"}, tmp_path / "restored")
    assert not (tmp_path / "restored").exists()
    assert main(["check", str(backup)]) == 1
    assert capsys.readouterr().err.strip()


def test_many_damages_are_not_all_told(backup):
    for number in range(30):
        (backup / "media" / f"{number:02}.png").touch()
    with pytest.raises(BackupError, match="And 10 more"):
        restore(backup, {"dbname": "never_asked"}, backup)


def test_one_of_a_newer_casebase_is_refused_by_name(backup):
    manifest = read(backup)
    migrations.ensure_known(manifest)
    assert migrations.left_to_apply(manifest)
    told(backup, migrations=["literature.0001_initial", "patients.9999_of_tomorrow"])
    with pytest.raises(BackupError, match="newer Casebase.*patients.9999_of_tomorrow"):
        migrations.ensure_known(read(backup))
