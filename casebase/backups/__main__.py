"""`python -m casebase.backups`: takes a backup, checks one, puts one back."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from casebase.backups import BackupError, manifest
from casebase.demo_folder import Refused
from casebase.postgres import StartError


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m casebase.backups", description=__doc__)
    commands = made.add_subparsers(dest="command", required=True)
    take = commands.add_parser("take", help="take a backup, also while the site runs")
    take.add_argument(
        "--to", type=Path, help="the folder for backups; default: backups in CASEBASE_DATA"
    )
    take.add_argument("--keep", type=int, help="keep this many there, with the new one")
    check = commands.add_parser("check", help="see whether every file of a backup has its sum")
    restore = commands.add_parser("restore", help="put a backup back, while the site is ended")
    restore.add_argument(
        "--over", action="store_true", help="set aside what the database holds now"
    )
    for command in (check, restore):
        command.add_argument("backup", type=Path, help="the folder of the backup")
    return made


@contextlib.contextmanager
def ready(*, alone: bool) -> Iterator[None]:
    """Django is set up as the owner of the database, be it the one of the environment or the
    demo's, which is started where it does not run. `alone`: where it runs, that is refused."""
    from casebase.backups.demo import with_demo_database

    own = not os.environ.get("DATABASE_URL")
    with with_demo_database(alone=alone) if own else contextlib.nullcontext():
        os.environ["CASEBASE_AS_OWNER"] = "1"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
        import django

        django.setup()
        yield


def parameters() -> dict[str, Any]:
    """libpq's parameters of the database of the settings."""
    from django.db import connection

    told = connection.get_connection_params()
    return {
        key: value
        for key, value in told.items()
        if key not in ("options", "cursor_factory", "client_encoding") and value is not None
    }


def take(to: Path | None, keep: int | None) -> None:
    from django.conf import settings

    from casebase.backups.taking import take

    folder = to or Path(settings.DATA) / "backups"
    made = take(parameters(), Path(settings.MEDIA_ROOT), folder.absolute(), keep)
    print(f"{made}: {said(manifest.read(made))}.")


def check(backup: Path) -> None:
    print(f"{backup} is whole: {said(manifest.checked(backup))}.")


def restore(backup: Path, *, over: bool) -> None:
    from django.conf import settings

    from casebase.backups.migrations import ensure_known, left_to_apply
    from casebase.backups.restoring import restore

    ensure_known(manifest.read(backup))
    media = Path(settings.MEDIA_ROOT)
    done = restore(backup, parameters(), media, web_role=settings.WEB_ROLE, over=over)
    print(f"Restored {said(done.manifest)}; every sum is right.")
    if done.set_aside:
        print(f"The database of before is {done.set_aside}; drop it when it is not needed.")
    if done.others:
        print(f"{done.others} files of before lie in {media}; `manage.py sweep_images` clears up.")
    if left_to_apply(done.manifest):
        print("It was taken by an older Casebase: run `manage.py migrate` before the site starts.")


def said(told: manifest.Manifest) -> str:
    rows = sum(table.rows for table in told.tables.values())
    size = sum(file.bytes for file in told.files.values()) / 1_000_000
    return (
        f"{len(told.tables)} tables with {rows:,} rows and {len(told.files) - 1:,} media files, "
        f"{size:,.1f} MB, of {told.made_at:%Y-%m-%d %H:%M:%S} UTC"
    )


def main(arguments: list[str]) -> int:
    os.umask(0o077)
    asked = parser().parse_args(arguments)
    try:
        if asked.command == "check":
            check(asked.backup)
            return 0
        with ready(alone=asked.command == "restore"):
            if asked.command == "take":
                take(asked.to, asked.keep)
            else:
                restore(asked.backup, over=asked.over)
    except (BackupError, Refused, StartError, ImproperlyConfigured) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
