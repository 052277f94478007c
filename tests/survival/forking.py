"""A process that holds the whole program and forks others at each word, which can then be killed.

Lines in, lines out. `prepare NUMBER` fills the database and answers who may write what, as JSON;
`web` forks a process that answers requests on the port of the first argument; `work` forks a worker
for imports; both answer its process id. `check` answers what is half done, as JSON.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import msgspec

from casebase.processes import signalled_when_parent_dies

FOR_A_WORKER = 5
"""An import of so many rows is a worker's, not 1,000 as for real."""


class Quiet(WSGIRequestHandler):
    timeout = 60

    def log_message(self, format: str, *args: Any) -> None:
        pass


def listening(port: int) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    made.listen(64)
    return made


def serve(shared: socket.socket, port: int, application: Any) -> None:
    server = WSGIServer(("127.0.0.1", port), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = shared
    server.server_name, server.server_port = "127.0.0.1", port
    server.setup_environ()
    server.set_app(application)
    server.serve_forever()


def fork(work: Callable[[], None]) -> int:
    before_work = signalled_when_parent_dies(signal.SIGKILL)
    pid = os.fork()
    if pid == 0:
        if before_work is not None:
            before_work()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        try:
            work()
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    return pid


def answer(word: object) -> None:
    print(word, flush=True)


def main(port: int) -> None:
    from django.db import connections

    from casebase.wsgi import application
    from literature.actions import imports
    from literature.importing import leases
    from literature.importing.working import Worker
    from tests.survival import world

    imports.AT_ONCE_ROWS = FOR_A_WORKER - 1
    leases.MOST_ATTEMPTS = 1000  # whoever is killed so often is not at fault
    shared = listening(port)
    world.warm_up(application)
    connections.close_all()
    # Nobody waits for those that were killed.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    answer("ready")
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        match command:
            case "web":
                answer(fork(lambda: serve(shared, port, application)))
            case "work":
                answer(fork(lambda: Worker().run()))
            case "prepare":
                answer(msgspec.json.encode(world.prepare(int(argument))).decode())
            case "check":
                answer(msgspec.json.encode(world.half_done()).decode())
        connections.close_all()


if __name__ == "__main__":
    main(int(sys.argv[1]))
