"""What the demo needs before anything starts: a free port and a data folder held by nobody else."""

import contextlib
import fcntl
import os
import secrets
import socket
import time
from collections.abc import Iterator
from pathlib import Path

ADDRESS = "127.0.0.1"


class Refused(Exception):
    """The site cannot be started; the message says what to do."""


def read_port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise Refused(f"Set PORT to a number from 1 to 65535; it is {value!r}.")
    return int(value)


def ensure_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except PermissionError:
            raise Refused(f"Port {port} is for root alone: set PORT to one above 1023.") from None
        except OSError:
            raise Refused(
                f"Port {port} is in use: end what is serving there, or set PORT to another number."
            ) from None


@contextlib.contextmanager
def locked(folder: Path, seconds: float = 6) -> Iterator[None]:
    """Holds the data folder for this process. Waits a little: one that was killed may be ending."""
    with (folder / "lock").open("a+") as lock:
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise Refused(
                        f"Another Casebase runs on {folder}: end it, or set CASEBASE_DATA to "
                        "another folder."
                    ) from None
                time.sleep(0.2)
        yield


def read_secret(folder: Path) -> str:
    """The secret of this data folder, made once, so that sessions survive a restart."""
    path = folder / "secret"
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()
