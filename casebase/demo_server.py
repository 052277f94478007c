"""`make run`: the demo knowledge base on this machine alone, with a database of its own.

Processes: this one, which is the server's main process and owns the database; one worker, which
answers requests; one that takes up large imports; PostgreSQL. When this one dies, however it
does, the others end.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from casebase.demo_folder import ADDRESS, Refused, ensure_free, locked, read_port, read_secret
from casebase.postgres import Server, StartError
from casebase.postgres.home import make_folder
from casebase.postgres.roles import ensure_web_role
from casebase.processes import end_with_parent

ROOT = Path(__file__).resolve().parent.parent
THREADS = 4
"""Each keeps a database connection."""
RESPAWN_SECONDS = 0.5
END_AGAIN_SECONDS = 1
WORKER_ENDS_WITHIN = 5
"""Seconds, before it is killed: it loses nothing by that but time."""


def say(line: str) -> None:
    # Whoever read along may be gone; the end must go on.
    with contextlib.suppress(OSError):
        print(line, flush=True)


def set_environment(folder: Path, port: int) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "CASEBASE_DEMO": "1",
        "CASEBASE_DATA": str(folder),
        "CASEBASE_SECRET_KEY": os.environ.get("CASEBASE_SECRET_KEY") or read_secret(folder),
        "CASEBASE_ORIGIN": f"http://{ADDRESS}:{port}",
        "CASEBASE_LOG": os.environ.get("CASEBASE_LOG") or str(folder / "casebase.log"),
    }


def prepare() -> None:
    """Brings database and files to the state that the code expects, as the database's owner."""
    os.environ["CASEBASE_AS_OWNER"] = "1"
    import django
    from django.core.management import call_command
    from django.db import connections

    from literature.history import acting

    django.setup()
    say("Migrating the database")
    with acting(way="command migrate"):
        call_command("migrate", verbosity=0, interactive=False)
    say("Loading the demo knowledge base")
    with acting(way="command load_demo"):
        call_command("load_demo")
    call_command("index_cases", verbosity=0)
    say("Collecting static files")
    call_command("collectstatic", verbosity=0, interactive=False)
    connections.close_all()
    # The processes that are started from here on read the settings anew: they are no owners.
    for name in ("CASEBASE_AS_OWNER", "CASEBASE_OWNER_DATABASE_URL"):
        os.environ.pop(name, None)


def announce(port: int) -> None:
    """Says where the site is once it answers."""
    from patients.demo.logins import DEMO_LOGINS

    address = f"http://{ADDRESS}:{port}/"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}healthz", timeout=2).close()
        except OSError:
            time.sleep(0.1)
            continue
        say(f"\nCasebase is at {address}  (Ctrl-C ends it)\n\nDemo logins, on this machine alone:")
        for role, username, password in DEMO_LOGINS:
            say(f"  {role:<12} {username:<12} {password}")
        return
    say(f"The site does not answer; {os.environ['CASEBASE_LOG']} says why.")


def load_in_worker(target: str) -> Any:
    end_with_parent()
    from casebase.wsgi import application

    return application


def serve(port: int) -> None:
    """Returns when the process is asked to end. Raises SystemExit when the server fails."""
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server as Granian

    server = Granian(
        "casebase.wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
    )
    server.on_startup(threading.Thread(target=announce, args=[port], daemon=True).start)
    server.serve(target_loader=load_in_worker)


@contextlib.contextmanager
def running_database(folder: Path) -> Iterator[None]:
    """Raises Refused at the end when the database ended by itself."""
    if os.environ.get("DATABASE_URL"):
        say("Using the database of DATABASE_URL")
        with unwinding():
            yield
        return
    say("Starting PostgreSQL")
    database = Server(folder, say=say)

    def watch() -> None:
        if database.ends_by_itself():
            os.kill(os.getpid(), signal.SIGTERM)

    try:
        with unwinding():
            owner = database.start()
            os.environ["CASEBASE_OWNER_DATABASE_URL"] = owner
            os.environ["DATABASE_URL"] = ensure_web_role(owner)
            threading.Thread(target=watch, daemon=True).start()
            yield
        if database.ended_by_itself:
            raise Refused("The database ended. Start again: it repairs itself.")
    finally:
        database.stop()


@contextlib.contextmanager
def importing_beside() -> Iterator[None]:
    """The worker for large imports, as a process that ends with this one. One that dies by itself
    is followed by another."""
    ending = threading.Event()
    keeper = threading.Thread(target=keep_worker, args=[ending], daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def keep_worker(ending: threading.Event) -> None:
    """Until `ending`; then the worker hands back what it is at and ends."""
    while not ending.is_set():
        worker = multiprocessing.Process(target=import_in_worker, daemon=True)
        worker.start()
        while worker.is_alive() and not ending.wait(RESPAWN_SECONDS):
            pass
        if worker.is_alive():
            worker.terminate()
            worker.join(WORKER_ENDS_WITHIN)
        if worker.is_alive():
            worker.kill()


def import_in_worker() -> None:
    end_with_parent()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("work")


def run() -> None:
    port = read_port()
    ensure_free(port)
    folder = Path(os.environ.get("CASEBASE_DATA") or ROOT / ".casebase").expanduser().absolute()
    make_folder(folder)
    with locked(folder):
        set_environment(folder, port)
        with running_database(folder):
            prepare()
            # A process made by fork would share connections and locks with this one.
            multiprocessing.set_start_method("spawn")
            with importing_beside():
                serve(port)
    say("Ended.")


def end(number: int, frame: FrameType | None) -> None:
    """For a signal that comes before the server has handlers of its own.

    Python drops an exception that is raised while an object is being finalised, as a great many are
    during migrations. So it is raised again, until `unwinding` has begun.
    """
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, lambda *_: end(number, frame))
    signal.setitimer(signal.ITIMER_REAL, END_AGAIN_SECONDS)
    raise SystemExit(128 + number)


@contextlib.contextmanager
def unwinding() -> Iterator[None]:
    """From its end on `end` raises no more: what is cleaned up then is cleaned up whole."""
    try:
        yield
    finally:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, 0)


def main(arguments: list[str]) -> int:
    # Logs, secrets and files that are made from here on are nobody else's.
    os.umask(0o077)
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    if "--end-with-parent" in arguments:
        end_with_parent()
    try:
        run()
    except (Refused, StartError, ImproperlyConfigured) as error:
        say(str(error))
        return 1
    except OperationalError as error:
        say(f"The database does not answer: {str(error).strip()}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
