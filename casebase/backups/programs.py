"""pg_dump and pg_restore: which of those on this machine fit the server, and how they are run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg2.extensions import make_dsn

from casebase.backups import BackupError
from casebase.postgres.home import wheel_programs

DEBIAN = Path("/usr/lib/postgresql")
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
WITH_TIMEOUT = 17
SAID = 2000
"""Characters of what a program says that are passed on: its last ones."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Client programs of one version."""

    folder: Path
    major: int

    def run(self, name: str, arguments: list[str], database: Mapping[str, Any]) -> None:
        """`database` holds libpq's parameters; the password goes by the environment, where other
        users do not see it. Raises BackupError with what the program said."""
        known = {key: value for key, value in database.items() if key != "password"}
        command = [str(self.folder / name), *arguments, "--no-password"]
        command += [f"--dbname={make_dsn(**known)}"]
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        if database.get("password"):
            inherited["PGPASSWORD"] = str(database["password"])
        done = subprocess.run(
            command,
            env={**inherited, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()[-SAID:]
            raise BackupError(f"{name} ended with {done.returncode}: {said}")


def programs_for(server_major: int, written_by: int = 0) -> Programs:
    """The oldest that are older neither than the server nor than the pg_dump that a backup was
    `written_by`: newer ones can read it, and what the same version writes it surely reads. Raises
    BackupError."""
    found: dict[int, Path] = {}
    for folder in _folders():
        major = _major_of(folder)
        if major is not None and _fit(major, server_major) and major >= written_by:
            found.setdefault(major, folder)
    if not found:
        needed = max(server_major, written_by)
        raise BackupError(
            f"The server is PostgreSQL {server_major}, and there is no pg_dump here that fits: "
            f"install it (on Debian: apt-get install postgresql-client-{needed})."
        )
    major = min(found)
    return Programs(found[major], major)


def _fit(major: int, server_major: int) -> bool:
    """From 17 on pg_restore sets `transaction_timeout`, which older servers do not know."""
    return major >= server_major and (server_major >= WITH_TIMEOUT or major < WITH_TIMEOUT)


def _folders() -> Iterator[Path]:
    """Those of the machine first: they speak TLS, the wheel's do not."""
    if at := shutil.which("pg_dump"):
        yield Path(at).parent
    yield from sorted(DEBIAN.glob("*/bin"))
    yield wheel_programs()


def _major_of(folder: Path) -> int | None:
    if not all((folder / name).exists() for name in ("pg_dump", "pg_restore")):
        return None
    command = [str(folder / "pg_dump"), "--version"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    told = VERSION.search(said)
    return int(told[1]) if told else None
