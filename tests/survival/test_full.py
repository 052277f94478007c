"""A disk that is full, for real: a small one, of memory, holds the images, a table or the backups.
Who writes is told so, nothing that was saved is lost, and it goes on once there is space."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from casebase.backups import BackupError
from casebase.backups.taking import take
from literature.actions import imports
from literature.importing.failing import NO_SPACE
from literature.importing.working import Worker
from literature.models import Import, ImportRow, ImportState, Reference
from literature.outages import FULL
from patients.models import FindingImage, ImageFile
from tests import make
from tests.api.client import Api, problem
from tests.casebase.conftest import reachable_folder
from tests.literature.importing.files import ris_file
from tests.pages.test_images_attaching import WORDS, a_file, attach_page, finding_of
from tests.survival.databases import ask, parameters

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a disk"),
]
SIZE = 1024 * 1024


@pytest.fixture
def disk() -> Iterator[Path]:
    with reachable_folder() as folder:
        place = folder / "disk"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0711", "tmpfs", str(place)]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            pytest.skip(f"a disk cannot be mounted here: {made.stderr.strip()}")
        try:
            yield place
        finally:
            subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Until not one more byte goes onto it."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    return ballast


def test_an_image_that_cannot_be_kept_leaves_nothing(disk, settings):
    settings.MEDIA_ROOT = disk / "media"
    finding = finding_of(make.make_case())
    client = Client(raise_request_exception=False)
    client.force_login(make.make_user("curator"))

    def attach() -> Any:
        return client.post(attach_page(finding), {"upload": a_file(), **WORDS})

    ballast = fill(disk)
    answer = attach()
    assert (answer.status_code, answer["Retry-After"]) == (503, str(FULL.seconds))
    assert FULL.says in answer.content.decode()
    assert not ImageFile.objects.exists()
    assert [path for path in disk.rglob("*") if path.is_file()] == [ballast]
    ballast.unlink()
    assert attach().status_code == 302
    assert FindingImage.objects.count() == 1


@contextlib.contextmanager
def table_on(disk: Path, *tables: str) -> Iterator[None]:
    """The tables lie on the disk, as a database does whose disk is full."""
    (data,) = ask(parameters(), "SHOW data_directory")[0]
    account = Path(data).stat()
    place = disk / "tables"
    place.mkdir()
    os.chown(place, account.st_uid, account.st_gid)
    name = f"small_{os.getpid()}"
    ask(parameters(), f"CREATE TABLESPACE {name} LOCATION '{place}'")

    def move(to: str) -> None:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} SET TABLESPACE {to}")

    try:
        move(name)
        yield
    finally:
        move("pg_default")
        ask(parameters(), f"DROP TABLESPACE {name}")


def test_a_file_that_the_database_has_no_space_for_is_not_kept_in_part(disk):
    api = Api("curator")
    large = os.urandom(2 * SIZE).hex().encode()
    record = b"TY  - JOUR\nTI  - A course\nN1  - " + large + b"\nER  - \n"

    def send(body: bytes) -> Any:
        told = {"content_type": "application/octet-stream"}
        return api.client.generic("POST", "/api/v1/imports/?name=large.ris", body, **told)

    with table_on(disk, "literature_importchunk"):
        assert problem(send(record), 503)["detail"] == f"{FULL.title}. {FULL.says}"
        assert not Import.objects.exists()
        assert api.get("imports/").status_code == 200
    assert send(record).status_code == 201


def test_a_worker_says_so_and_brings_it_in_when_there_is_space(disk, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE_BYTES", 10)
    monkeypatch.setattr(imports, "AT_ONCE_ROWS", 2)
    by = make.make_user("curator")

    def begin() -> Import:
        return imports.begin(source=ris_file(*range(1, 2401)), name="large.ris", by=by)

    with table_on(disk, "literature_importrow"):
        imported = begin()
        assert Worker().run_one()
        imported.refresh_from_db()
        assert (imported.state, imported.error) == (ImportState.FAILED, NO_SPACE)
        assert not ImportRow.objects.exists()
        assert not Reference.objects.exists()
    again = begin()
    assert Worker().run_one()
    again.refresh_from_db()
    assert (again.state, again.total) == (ImportState.READY, 2400)


def test_a_backup_that_does_not_fit_is_not_there(disk, tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "large.png").write_bytes(b"\0" * 2 * SIZE)
    with pytest.raises(BackupError, match="No space left on device"):
        take(parameters(), tmp_path, disk / "backups")
    fill(disk)
    with pytest.raises(BackupError, match="No space left on device"):
        take(parameters(), tmp_path / "images", disk / "backups")
    assert [path.name for path in (disk / "backups").iterdir()] == [".lock"]
