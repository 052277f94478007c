"""One request as one cell of the table, with what it wrote rolled back behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.test import Client

from tests.matrix.expected import SIGN_IN, Answer, Row
from tests.matrix.world import World, filled

SIGN_IN_PAGES: Final = ("/accounts/login/", "/admin/login/")
WRITES: Final = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
KEPT_BY_THE_WAY: Final = ('"django_session"',)
"""Tables that a request may write whatever it asks for."""


@dataclass(frozen=True)
class Asked:
    response: Any
    written: list[str]
    """Statements that changed records."""
    statements: list[str]
    """All that the database was asked, with the values left out."""

    @property
    def answer(self) -> Answer:
        """The status; SIGN_IN for a redirect to where that is done."""
        to = self.response.get("Location", "")
        if self.response.status_code == 302 and to.partition("?")[0] in SIGN_IN_PAGES:
            return SIGN_IN
        return int(self.response.status_code)


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(world: World, row: Row, method: str, role: str, *, path: str = "") -> Asked:
    """`path` in place of the row's own, for another record of its kind."""
    written: list[str] = []
    statements: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        if sql.lstrip().startswith(WRITES) and not any(table in sql for table in KEPT_BY_THE_WAY):
            written.append(sql)
        return execute(sql, params, many, context)

    client = signed_in(world, role)
    address = path or filled(row.path, world.names(role))
    with rolled_back():
        sent = row.sent(world, method) if callable(row.sent) else row.sent
        with connection.execute_wrapper(watch):
            response = send(client, method, address, sent)
            if response.streaming:
                b"".join(response.streaming_content)
    return Asked(response, written, statements)


def signed_in(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role:
        client.cookies.load(world.sessions[role])
    return client


def send(client: Client, method: str, address: str, sent: Any) -> Any:
    """As a browser sends a form, or JSON below /api/, insisting on what it changes."""
    if not address.startswith("/api/"):
        if method == "POST":
            return client.post(address, sent or {})
        return client.generic(method, address)
    writes = method in ("POST", "PUT", "PATCH")
    return client.generic(
        method,
        address,
        json.dumps(sent).encode() if writes and sent is not None else b"",
        content_type="application/json",
        headers={"If-Match": "*"},
    )
