"""A client that is pointed at a server of this machine and does not really wait."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from literature.lookup import Client
from literature.lookup.services import Limits
from tests.literature.lookup.server import Server

ANSWERS = Path(__file__).parent / "answers"
CONTACT = "library@example.org"
CALM = Limits(connect=10, read=30, total=60, tries=1, longest_wait=60, max_bytes=300_000)
"""However busy the machine of the tests is, an answer that comes is in time."""
QUICK = replace(CALM, read=0.3, total=0.8)
"""For a service from which no answer comes in time."""


def answer(name: str) -> bytes:
    return (ANSWERS / name).read_bytes()


class Waits(list[float]):
    """What the client would have slept."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def client_of(server: Server, limits: Limits = CALM, waits: Waits | None = None) -> Client:
    addresses = {"crossref": server.address, "pubmed": server.address}
    return Client(CONTACT, limits, addresses=addresses, sleep=Waits() if waits is None else waits)
