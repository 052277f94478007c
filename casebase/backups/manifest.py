"""What a backup says of itself, in its `manifest.json`: when and of what it was taken, and the sum
of every table and file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import msgspec

from casebase.backups import BackupError
from casebase.backups.sums import FileSum, TableSum, file_sum

FORMAT = 1
NAME, DUMP, MEDIA = "manifest.json", "database.dump", "media"
FOLDER = re.compile(r"casebase-\d{8}T\d{6}Z(-\d+)?")
"""How a finished backup is called."""
MOST_SAID = 20


@dataclass(frozen=True, slots=True)
class Manifest:
    casebase_backup: int
    """The number of this format."""
    made_at: datetime
    postgresql: int
    """The server's version, as `SHOW server_version_num` gives it: 180006."""
    pg_dump: int
    """The first part of the version of the program that wrote the dump."""
    migrations: list[str]
    """Those that the database had, as `app.name`."""
    tables: dict[str, TableSum]
    files: dict[str, FileSum]
    """By path inside the backup, with slashes; the manifest itself is not among them."""


def folder_name(at: datetime) -> str:
    return f"casebase-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def write(manifest: Manifest, folder: Path) -> Path:
    path = folder / NAME
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    path.write_bytes(text + b"\n")
    return path


def read(folder: Path) -> Manifest:
    """Raises BackupError where `folder` holds no backup, or one that this program cannot read."""
    try:
        data = (folder / NAME).read_bytes()
    except OSError as error:
        raise BackupError(
            f"{folder} is no backup: {NAME} cannot be read ({error.strerror})."
        ) from error
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.MsgspecError as error:
        raise BackupError(f"{folder / NAME} is damaged: {error}") from error
    if manifest.casebase_backup != FORMAT:
        raise BackupError(
            f"{folder} is of format {manifest.casebase_backup}, this Casebase reads {FORMAT}."
        )
    for name in manifest.files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or path.parts[:1] not in ((DUMP,), (MEDIA,)):
            raise BackupError(f"{folder / NAME} names a file that is in no backup: {name[:200]!r}")
    if DUMP not in manifest.files:
        raise BackupError(f"{folder / NAME} names no {DUMP}.")
    return manifest


def checked(folder: Path) -> Manifest:
    """The manifest, once every file is there and has its sum, and no other is. Raises
    BackupError."""
    manifest = read(folder)
    there = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()
    } - {NAME}
    wrong = [f"{name} is missing." for name in sorted(manifest.files.keys() - there)]
    wrong += [f"{name} is not in the manifest." for name in sorted(there - manifest.files.keys())]
    for name in sorted(there & manifest.files.keys()):
        if file_sum(folder / name) != manifest.files[name]:
            wrong.append(f"{name} is not what it was.")
    if wrong:
        more = f" And {len(wrong) - MOST_SAID} more." if len(wrong) > MOST_SAID else ""
        raise BackupError(f"{folder} is damaged. {' '.join(wrong[:MOST_SAID])}{more}")
    return manifest
