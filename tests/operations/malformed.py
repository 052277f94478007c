"""Requests that are none, by what is wrong with them."""

from __future__ import annotations

from typing import Final

from tests.operations.client import GET
from tests.operations.server import HOST

MALFORMED: Final[dict[str, bytes]] = {
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "another host": b"GET / HTTP/1.1\r\nHost: elsewhere.example.org\r\nConnection: close\r\n\r\n",
    "two hosts": f"GET / HTTP/1.1\r\nHost: {HOST}\r\nHost: other\r\n\r\n".encode(),
    "no method": b" / HTTP/1.1\r\n\r\n",
    "a strange version": f"GET / HTTP/9.9\r\nHost: {HOST}\r\n\r\n".encode(),
    "not HTTP": b"\x16\x03\x01\x02\x00\x01\x00\xfc\x03\x03" * 20 + b"\r\n\r\n",
    "NUL in the address": f"GET /\x00 HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(),
    "NUL in a header": f"{GET}X-Test: a\x00b\r\n\r\n".encode(),
    "space before the colon": f"{GET}Content-Length : 5\r\n\r\nhello".encode(),
    "a huge address": f"GET /{'a' * 70_000} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(),
    "a huge header": f"{GET}X-Test: {'a' * 70_000}\r\n\r\n".encode(),
    "a million headers": (GET + "X-Test: 1\r\n" * 100_000 + "\r\n").encode(),
    "two lengths": f"{GET}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!".encode(),
    "a negative length": f"{GET}Content-Length: -1\r\n\r\n".encode(),
    "a length and chunks": (
        f"POST /api/v1/cases/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 4\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin/ HTTP/1.1\r\n\r\n"
    ).encode(),
    "an unknown coding": f"{GET}Transfer-Encoding: xchunked\r\n\r\n".encode(),
    "a broken chunk": (
        f"POST /api/v1/cases/ HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
    ).encode(),
    "TRACE": f"TRACE / HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode(),
    "CONNECT": f"CONNECT {HOST}:22 HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(),
    "out of the root": f"GET /../../etc/passwd HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(),
    "bytes that are no text": f"GET /\xff\xfe HTTP/1.1\r\nHost: {HOST}\r\n".encode("latin-1")
    + b"Connection: close\r\n\r\n",
}
