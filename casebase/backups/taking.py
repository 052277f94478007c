"""Takes a backup while the site runs: one snapshot of the database, then the media.

The media come last: what the snapshot names was written before it, so it is in the folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2

from casebase.backups import BackupError
from casebase.backups.manifest import (
    DUMP,
    FOLDER,
    FORMAT,
    MEDIA,
    NAME,
    Manifest,
    folder_name,
    write,
)
from casebase.backups.programs import programs_for
from casebase.backups.sums import FileSum, copy_summed, file_sum, table_sums

UNFINISHED = "unfinished-"
MADE_AND_REMOVED = ".probe-"
"""How files begin that only try whether the folder can be written to."""


def take(database: Mapping[str, Any], media: Path, to: Path, keep: int | None = None) -> Path:
    """Writes a backup into a new folder in `to`, and returns it; of the older ones there only the
    newest are kept, so that there are `keep` with the new one.

    `database` holds libpq's parameters of the database's owner. Raises BackupError; then nothing
    is left behind, and no older backup is gone.
    """
    if keep is not None and keep < 1:
        raise BackupError("Keep at least 1 backup.")
    try:
        with _alone_in(to):
            for left in to.glob(f"{UNFINISHED}*"):  # of one that was killed
                shutil.rmtree(left)
            made = _finished(database, media, to)
            if keep is not None:
                for old in taken(to)[:-keep]:
                    shutil.rmtree(old)
            return made
    except OSError as error:
        raise BackupError(f"The backup was not made: {error}") from error
    except psycopg2.Error as error:
        raise BackupError(f"The backup was not made: {str(error).strip()}") from error


def taken(folder: Path) -> list[Path]:
    """The finished backups in `folder`, the oldest first."""
    found = [path for path in folder.glob("casebase-*") if FOLDER.fullmatch(path.name)]
    return sorted((path for path in found if (path / NAME).is_file()), key=_order)


def _order(path: Path) -> tuple[str, int]:
    moment, _, number = path.name.removeprefix("casebase-").partition("-")
    return moment, int(number or 1)


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"Another backup is being taken into {folder}.") from None
        yield


def _finished(database: Mapping[str, Any], media: Path, to: Path) -> Path:
    """Made under another name: one that was cut short must not pass for a whole one."""
    at = datetime.now(UTC).replace(microsecond=0)
    unfinished = to / f"{UNFINISHED}{folder_name(at)}"
    unfinished.mkdir(mode=0o700)
    try:
        _fill(unfinished, database, media, at)
        made = _free_name(to, at)
        unfinished.rename(made)
        _sync(to)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return made


def _free_name(to: Path, at: datetime) -> Path:
    path, number = to / folder_name(at), 1
    while path.exists():
        number += 1
        path = to / f"{folder_name(at)}-{number}"
    return path


def _fill(folder: Path, database: Mapping[str, Any], media: Path, at: datetime) -> None:
    with contextlib.closing(psycopg2.connect(**database)) as connection:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            programs = programs_for(connection.server_version // 10000)
            programs.run(
                "pg_dump",
                ["--format=custom", f"--snapshot={snapshot}", f"--file={folder / DUMP}"],
                database,
            )
            tables = table_sums(cursor)
            cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
            migrations = [name for (name,) in cursor.fetchall()]
        version = connection.server_version
    files = {DUMP: file_sum(folder / DUMP), **_copied(media, folder / MEDIA)}
    path = write(Manifest(FORMAT, at, version, programs.major, migrations, tables, files), folder)
    for written in (folder / DUMP, path, folder):
        _sync(written)


def _copied(media: Path, to: Path) -> dict[str, FileSum]:
    """Copies every file; what is thrown away meanwhile was needed by nobody."""
    found = {}
    to.mkdir(mode=0o700)
    for path in sorted(media.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.name.startswith(MADE_AND_REMOVED):
            continue
        target = to / path.relative_to(media)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            found[f"{MEDIA}/{path.relative_to(media).as_posix()}"] = copy_summed(path, target)
    for folder in (to, *(path for path in to.rglob("*") if path.is_dir())):
        _sync(folder)
    return found


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
