"""Puts a backup back: into a new database, which takes the place of the old one only when every
sum is right. Until then the old one is as it was, and after a failure it still is.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from casebase.backups import BackupError, databases
from casebase.backups.manifest import DUMP, MEDIA, Manifest, checked
from casebase.backups.programs import programs_for
from casebase.backups.sums import copy_summed, differences, file_sum, table_sums
from literature.history.web_role import NoRoleError, grant

JOBS = 2


@dataclass(frozen=True, slots=True)
class Restored:
    manifest: Manifest
    files: int
    """Media files that were not there and are now."""
    others: int
    """Media files that the backup does not have; they were left where they are."""
    set_aside: str
    """The name that the database of before has now; empty where there was nothing in it."""


def restore(
    backup: Path,
    database: Mapping[str, Any],
    media: Path,
    *,
    web_role: str = "",
    over: bool = False,
) -> Restored:
    """Restores `backup` as the database that `database` (libpq's parameters, of its owner) names,
    and its media into `media`. `web_role` is granted what the web process needs.

    Raises BackupError, with nothing changed: where a sum is wrong, where the database is not empty
    and `over` does not say that it may be set aside, or while others are connected to it.
    """
    manifest = checked(backup)
    try:
        with contextlib.closing(databases.outside(database)) as outside:
            target = databases.described(outside, str(database["dbname"]))
            _ensure_not_older(outside.server_version // 10000, manifest)
            was_empty = databases.is_empty(database)
            if not was_empty and not over:
                raise BackupError(
                    f"The database {target.name} is not empty. Say --over to set it aside and put "
                    "the backup in its place."
                )
            databases.ensure_left_alone(outside, target.name)
            with _new_database(outside, target) as name:
                _load(backup, manifest, {**database, "dbname": name}, target, web_role)
                with _new_files(backup, manifest, media) as files:
                    aside = databases.put_in_place(outside, target.name, name, keep=not was_empty)
    except OSError as error:
        raise BackupError(f"Nothing was restored: {error}") from error
    except NoRoleError as error:
        raise BackupError(f"Nothing was restored. {error}") from error
    except psycopg2.Error as error:
        raise BackupError(f"Nothing was restored: {str(error).strip()}") from error
    return Restored(manifest, files, _others(manifest, media), aside)


def _ensure_not_older(server_major: int, manifest: Manifest) -> None:
    if server_major < manifest.postgresql // 10000:
        raise BackupError(
            f"The backup is of PostgreSQL {manifest.postgresql // 10000} and this server is "
            f"{server_major}: restore it into one that is as new."
        )


@contextlib.contextmanager
def _new_database(outside: Any, like: databases.Described) -> Iterator[str]:
    """Gone again where it does not become the database."""
    name = f"{like.name[:40]}_restoring_{secrets.token_hex(4)}"
    databases.make(outside, name, like)
    try:
        yield name
    except BaseException:
        databases.drop(outside, name)
        raise


def _load(
    backup: Path,
    manifest: Manifest,
    into: Mapping[str, Any],
    target: databases.Described,
    web_role: str,
) -> None:
    with contextlib.closing(psycopg2.connect(**into)) as connection:
        major = connection.server_version // 10000
        programs_for(major, manifest.pg_dump).run(
            "pg_restore",
            ["--no-owner", "--no-privileges", f"--role={target.owner}", "--exit-on-error",
             f"--jobs={JOBS}", str(backup / DUMP)],
            into,
        )  # fmt: skip
        with connection.cursor() as cursor:
            wrong = differences(manifest.tables, table_sums(cursor))
        if wrong:
            raise BackupError(f"What was restored is not what was saved. {' '.join(wrong[:20])}")
        if web_role:
            with connection, connection.cursor() as cursor:
                cursor.execute("SELECT set_config('role', %s, true)", [target.owner])
                grant(connection, web_role)
        connection.rollback()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextlib.contextmanager
def _new_files(backup: Path, manifest: Manifest, media: Path) -> Iterator[int]:
    """Writes the media files that are not there, each whole or not at all; they are gone again
    where the database does not come after them. Those of other records stay: a file never changes,
    and no two have one name."""
    written: list[Path] = []
    try:
        for name, wanted in manifest.files.items():
            if name == DUMP:
                continue
            path = media / Path(name).relative_to(MEDIA)
            if path.is_file() and file_sum(path) == wanted:
                continue
            unfinished = path.with_name(f".restoring-{secrets.token_hex(8)}")
            _make_folders(media, path.parent)
            try:
                if copy_summed(backup / name, unfinished) != wanted:
                    raise BackupError(f"{path} could not be written as it was saved.")
                if not path.exists():
                    written.append(path)
                _like_its_folder(unfinished)
                os.replace(unfinished, path)
            finally:
                unfinished.unlink(missing_ok=True)
        yield len(written)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _make_folders(media: Path, folder: Path) -> None:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700)
        if place != media:
            _like_its_folder(place)


def _like_its_folder(path: Path) -> None:
    """What root restores belongs to whom the folder around it belongs to."""
    if os.geteuid() == 0:
        above = path.parent.stat()
        shutil.chown(path, above.st_uid, above.st_gid)


def _others(manifest: Manifest, media: Path) -> int:
    return sum(
        path.is_file() and f"{MEDIA}/{path.relative_to(media).as_posix()}" not in manifest.files
        for path in media.rglob("*")
    )
