"""A process that is ready to work and forks a worker at each word, which can then be killed.

Lines in, lines out. `begin FILE` keeps the file of an import; `save` says that what was read is to
be brought in; `work` forks `manage.py work --once`, answers its process id, and once it has ended
by what: 0, or the signal as a negative number. One that comes to no end is aborted, and says where
it was.
"""

import faulthandler
import os
import signal
import sys
import time

import django

PATIENCE = 300
"""Seconds, on a machine that does other things."""


def answer(word: object) -> None:
    print(word, flush=True)


def work(seconds: str) -> None:
    from django.core.management import call_command

    pid = os.fork()
    if pid == 0:
        faulthandler.enable()
        call_command("work", "--once")
        os._exit(0)
    if seconds:
        time.sleep(float(seconds))
        os.kill(pid, signal.SIGKILL)
    answer(os.waitstatus_to_exitcode(ended(pid)))


def ended(pid: int) -> int:
    """The status that it ended with."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return status
        time.sleep(0.002)
    os.kill(pid, signal.SIGABRT)
    return os.waitpid(pid, 0)[1]


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from literature.actions import imports
    from literature.models import Import

    call_command("migrate", verbosity=0)
    connections.close_all()
    answer("ready")
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "work":
            work(argument)
            continue
        if command == "begin":
            with open(argument, "rb") as source:
                imports.begin(source=source, name="killed.ris", by=None)
        else:
            imports.save(imported=Import.objects.get(), by=None)
        connections.close_all()
        answer("done")


if __name__ == "__main__":
    main()
