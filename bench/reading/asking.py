"""A client that costs next to nothing: one connection, one request after the other."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import Final

HOST: Final = "127.0.0.1"
CHUNK: Final = 1 << 16
TIMEOUT: Final = 30
"""Seconds."""


class WrongAnswerError(Exception):
    """The server said something that was not expected."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


@dataclass(slots=True)
class Connection:
    """Speaks HTTP/1.1 to a server on this machine. Raises WrongAnswerError and OSError."""

    port: int
    _socket: socket.socket | None = field(default=None, init=False)
    _read: bytearray = field(default_factory=bytearray, init=False)

    def ask(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        if self._socket is not None and self._is_over():
            self.close()
        lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self._open().sendall("\r\n".join([*lines, "", ""]).encode())
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        pairs = (line.partition(":") for line in head[1:] if line)
        found = {name.lower(): value.strip() for name, _, value in pairs}
        if found.get("transfer-encoding", "") == "chunked":
            return Answer(status, found, self._chunks())
        if status == 304:
            return Answer(status, found, b"")
        return Answer(status, found, self._exactly(int(found["content-length"])))

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _is_over(self) -> bool:
        """Whether the server has closed it while nobody asked."""
        assert self._socket is not None
        self._socket.setblocking(False)
        try:
            return self._socket.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False
        finally:
            self._socket.settimeout(TIMEOUT)

    def _open(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection((HOST, self.port), timeout=TIMEOUT)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._read.clear()
        return self._socket

    def _more(self) -> None:
        came = self._open().recv(CHUNK)
        if not came:
            raise WrongAnswerError("The server closed the connection.")
        self._read += came

    def _until(self, end: bytes) -> bytes:
        while (at := self._read.find(end)) < 0:
            self._more()
        found = bytes(self._read[:at])
        del self._read[: at + len(end)]
        return found

    def _exactly(self, length: int) -> bytes:
        while len(self._read) < length:
            self._more()
        found = bytes(self._read[:length])
        del self._read[:length]
        return found

    def _chunks(self) -> bytes:
        parts = []
        while (length := int(self._until(b"\r\n"), 16)) > 0:
            parts.append(self._exactly(length))
            self._until(b"\r\n")
        self._until(b"\r\n")
        return b"".join(parts)
