"""Clients of a `Machine`, well-behaved and not: bytes sent to its nginx, and what comes back."""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from tests.operations.machine import Machine
from tests.operations.server import HOST

PATIENCE: Final = 120
"""Seconds for what must happen; it takes ten where nothing else is done."""
GET: Final = f"GET /healthz HTTP/1.1\r\nHost: {HOST}\r\n"


def trusting(machine: Machine) -> ssl.SSLContext:
    """Of a client that trusts the certificate that the server has now."""
    chain = machine.root / "etc/casebase/tls/fullchain.pem"
    return ssl.create_default_context(cadata=chain.read_text())


def connected(machine: Machine, port: int = 443) -> socket.socket:
    made = machine.socket()
    made.settimeout(PATIENCE)
    made.connect(("127.0.0.1", port))
    return made


@contextmanager
def over_tls(machine: Machine) -> Iterator[ssl.SSLSocket]:
    with (
        connected(machine) as plain,
        trusting(machine).wrap_socket(plain, server_hostname=HOST) as safe,
    ):
        yield safe


def all_of(sock: socket.socket) -> bytes:
    """What comes until the other side closes."""
    said = b""
    with suppress(ConnectionError, ssl.SSLError):
        while part := sock.recv(65536):
            said += part
    return said


def first_of(sock: socket.socket) -> bytes:
    """One answer, as far as it says itself that it goes."""
    said = b""
    with suppress(ConnectionError, ssl.SSLError):
        while part := sock.recv(65536):
            said += part
            head, _, body = said.partition(b"\r\n\r\n")
            length = re.search(rb"\r\ncontent-length: (\d+)", head, re.I)
            if length and len(body) >= int(length[1]):
                break
    return said


def answered(
    machine: Machine, sent: str | bytes, read: Callable[[socket.socket], bytes] = all_of
) -> bytes:
    """What one connection is answered with; to be read to its end, `sent` must ask for that."""
    with over_tls(machine) as sock:
        with suppress(ConnectionError, ssl.SSLError):
            sock.sendall(sent if isinstance(sent, bytes) else sent.encode())
        return read(sock)


def status(answer: bytes) -> int:
    """Of the first answer; 0 where the connection was closed without one."""
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    return int(found[1]) if found else 0


def until(holds: Callable[[], bool], told: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, told
        time.sleep(0.2)
