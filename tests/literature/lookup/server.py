"""A service on this machine that behaves as it is told, and counts what it could send."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Behaviour = Callable[["Call"], None]


@dataclass
class Call:
    """One request, with ways to answer it well or badly."""

    connection: socket.socket
    target: str
    head: str
    body: bytes
    server: Server

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)
        self.server.sent += len(data)

    def answer(
        self, body: bytes, type_: str = "application/json", status: str = "200 OK", **headers: str
    ) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {type_}", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send("\r\n".join([*lines, "", ""]).encode() + body)

    def begin(self, *lines: str, type_: str = "application/json") -> None:
        """The head of an answer of unknown length, up to the body."""
        head = ["HTTP/1.1 200 OK", f"Content-Type: {type_}", "Connection: close", *lines, "", ""]
        self.send("\r\n".join(head).encode())

    def drip(self, piece: bytes, seconds: float) -> None:
        """`piece` again and again, until the other side has had enough."""
        while not self.server.is_closed:
            self.send(piece)
            time.sleep(seconds)


@dataclass
class Server:
    address: str
    calls: list[Call] = field(default_factory=list)
    sent: int = 0
    is_closed: bool = False


@contextmanager
def serve(*behaviours: Behaviour) -> Iterator[Server]:
    """Answers call by call with `behaviours`, the last one for all that follow."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(f"http://127.0.0.1:{listening.getsockname()[1]}")
    threads: list[threading.Thread] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=talk, args=(connection,))
            threads.append(thread)
            thread.start()

    def talk(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            call = _read(connection, server)
            behaviour = behaviours[min(len(server.calls), len(behaviours) - 1)]
            server.calls.append(call)
            behaviour(call)

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield server
    finally:
        server.is_closed = True
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for thread in [accepting, *threads]:
            thread.join()


def _read(connection: socket.socket, server: Server) -> Call:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            raise OSError("hung up")
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines[1:])
    length = int(fields.get("content-length", 0))
    while len(body) < length:
        body += connection.recv(65536)
    return Call(connection, lines[0].split(" ")[1], head.decode(), body, server)
