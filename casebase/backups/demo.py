"""The database of `make run`, for as long as a backup needs it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from casebase.backups import BackupError
from casebase.demo_folder import Refused, locked
from casebase.demo_server import ROOT, set_environment
from casebase.postgres import Server
from casebase.postgres.home import find_home, make_folder
from casebase.postgres.roles import ensure_web_role
from casebase.postgres.server import DATABASE, PORT, SUPERUSER

SOCKET_FOLDER = 4
"""Where it stands in PostgreSQL's postmaster.pid: the fifth line."""


@contextlib.contextmanager
def with_demo_database(*, alone: bool) -> Iterator[None]:
    """Sets the environment for it; it is started where it does not run. `alone`, for restoring: it
    may be new, and must not run. Raises BackupError and Refused."""
    folder = Path(os.environ.get("CASEBASE_DATA") or ROOT / ".casebase").expanduser().absolute()
    if alone:
        make_folder(folder)
    elif not folder.exists() or not find_home(folder, said).data.exists():
        raise BackupError(f"There is no database in {folder}: set CASEBASE_DATA or DATABASE_URL.")
    set_environment(folder, 8000)
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(locked(folder, seconds=0))
        except Refused:
            if alone:
                raise
            owner = running_url(folder)
        else:
            server = Server(folder, say=said)
            held.callback(server.stop)
            owner = server.start()
        os.environ["CASEBASE_OWNER_DATABASE_URL"] = owner
        os.environ["DATABASE_URL"] = ensure_web_role(owner)
        yield


def running_url(folder: Path) -> str:
    """Of a server that another process runs. Raises BackupError where it does not answer yet."""
    try:
        lines = (find_home(folder, said).data / "postmaster.pid").read_text().splitlines()
        place = lines[SOCKET_FOLDER]
    except (OSError, IndexError) as error:
        raise BackupError("The demo is starting or ending: try again in a moment.") from error
    return f"postgres://{SUPERUSER}@{quote(place, safe='')}:{PORT}/{DATABASE}"


def said(line: str) -> None:
    """Where the database lies was said when it was made."""
