"""Starts and stops the server. It listens on a Unix socket inside a folder that only its owner may
enter, so it needs neither a port nor a password."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil

from casebase.postgres.home import Home, Say, StartError, find_home, version
from casebase.processes import signalled_when_parent_dies

SUPERUSER = "postgres"
DATABASE = "postgres"
"""The one that initdb makes; the whole server is Casebase's own."""
PORT = 5432
"""Only the name of the socket's file: nothing listens on the network."""
SOCKET_PATH_LIMIT = 100
LOG_LIMIT = 1024 * 1024
# Rows and parameters are clinical text: the server's log holds no statement and no error of one.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "60",
    "jit": "off",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
# For data that may be lost, that is for tests.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server:
    """`folder` holds the data and the server's log; two folders are two servers.

    Not for two processes at once: `start` ends a server that an earlier run left behind.
    """

    def __init__(self, folder: Path, *, durable: bool = True, say: Say = print) -> None:
        self.folder = folder
        self.settings = SETTINGS if durable else SETTINGS | FORGETFUL
        self.say = say
        self.process: subprocess.Popen[bytes] | None = None
        self.ended_by_itself = False
        self._stopping = False
        self._home: Home | None = None
        self._socket_folder = ""

    @property
    def home(self) -> Home:
        if self._home is None:
            self._home = find_home(self.folder, self.say)
        return self._home

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    def url(self, database: str = DATABASE) -> str:
        return f"postgres://{SUPERUSER}@{quote(self._socket_folder, safe='')}:{PORT}/{database}"

    def start(self) -> str:
        """Returns the URL of the database. Raises StartError."""
        self._stop_leftover()
        self._initialise()
        self._socket_folder = self._find_socket_folder()
        # The children of a server that was killed take a moment to notice; until then the data is
        # theirs and PostgreSQL refuses to open it.
        for attempt in range(5):
            self.process = self._spawn()
            if self._answers(self.process):
                break
            if attempt == 4:
                raise StartError(f"PostgreSQL did not start; {self.log} says why.")
            time.sleep(1)
        return self.url()

    def ends_by_itself(self) -> bool:
        """Waits for the end of a started server: True if nobody asked for it."""
        if self.process is not None:
            self.process.wait()
        self.ended_by_itself = not self._stopping
        return self.ended_by_itself

    def stop(self) -> None:
        self._stopping = True
        if self.process is not None:
            if self.process.poll() is None:
                _end(psutil.Process(self.process.pid))
            self.process.wait()
            self.process = None
        if self._socket_folder and self._socket_folder != str(self.home.data):
            with contextlib.suppress(OSError):
                Path(self._socket_folder).rmdir()

    def _stop_leftover(self) -> None:
        pid_file = self.home.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        try:
            process = psutil.Process(pid)
            if str(self.home.data) in process.cmdline():
                self.say("Ending the database server that an earlier run left behind")
                _end(process)
                return
        except psutil.Error:
            return
        # The number now belongs to another program, which PostgreSQL would take for a server.
        pid_file.unlink()

    def _initialise(self) -> None:
        home = self.home
        if (home.data / "PG_VERSION").exists():
            made_by = (home.data / "PG_VERSION").read_text().strip()
            if made_by != version().split(".")[0]:
                raise StartError(
                    f"{home.data} was made by PostgreSQL {made_by} and this is {version()}: dump "
                    "it with the older one, or set CASEBASE_DATA to a new folder."
                )
            return
        self.say("Making the database")
        # Made under another name: a folder that was cut short must not pass for a whole one.
        unfinished = home.data.with_name("postgres.unfinished")
        if unfinished.exists():
            shutil.rmtree(unfinished)
        unfinished.mkdir(mode=0o700)
        home.own(unfinished)
        arguments = ["--auth=trust", "--encoding=UTF8", "--locale-provider=builtin"]
        arguments += ["--locale=C.UTF-8", "--no-instructions", f"--username={SUPERUSER}"]
        command = [str(home.programs / "initdb"), *arguments, "--pgdata", str(unfinished)]
        made = subprocess.run(command, capture_output=True, text=True, **self._as_owner(unfinished))
        if made.returncode:
            raise StartError(f"PostgreSQL could not make {unfinished}: {made.stderr.strip()}")
        unfinished.rename(home.data)

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = self.settings | {"unix_socket_directories": self._socket_folder}
        command = [str(self.home.programs / "postgres"), "-D", str(self.home.data)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.unlink()
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                # Ctrl-C goes to a terminal's whole group; the database ends last, when asked.
                start_new_session=True,
                preexec_fn=signalled_when_parent_dies(signal.SIGINT),
                **self._as_owner(self.home.data),
            )
        finally:
            os.close(descriptor)

    def _as_owner(self, folder: Path) -> dict[str, Any]:
        """Arguments of `subprocess`. The environment is bare, so that no PG… variable gets in."""
        asked: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.defpath, "LC_ALL": "C"}}
        if account := self.home.account:
            asked |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        return asked

    def _find_socket_folder(self) -> str:
        """The data folder itself, which is closed to others, unless a socket's path there is
        longer than the system allows."""
        if len(os.fsencode(self.home.data)) <= SOCKET_PATH_LIMIT - len(f"/.s.PGSQL.{PORT}.lock"):
            return str(self.home.data)
        folder = Path(tempfile.mkdtemp(prefix="casebase-"))
        self.home.own(folder)
        return str(folder)

    def _answers(self, process: subprocess.Popen[bytes], seconds: int = 60) -> bool:
        """Waits until the server takes connections, which after a crash it does only when it has
        read its log again; False if it ended instead."""
        deadline = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < deadline:
            if self._is_ready(process.pid):
                return True
            time.sleep(0.05)
        return False

    def _is_ready(self, pid: int) -> bool:
        """The server writes its state into the last line of its lock file."""
        try:
            lines = (self.home.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _end(process: psutil.Process) -> None:
    """Fast shutdown, then immediate shutdown, which the next start repairs, then by force."""
    for number, seconds in ((signal.SIGINT, 8), (signal.SIGQUIT, 3), (signal.SIGKILL, 3)):
        try:
            process.send_signal(number)
            process.wait(seconds)
        except psutil.TimeoutExpired:
            continue
        except psutil.NoSuchProcess:
            pass
        return
