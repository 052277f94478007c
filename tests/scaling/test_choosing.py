"""Who is read to from a replica, and that nothing of it is there without one."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpResponse
from django.test import RequestFactory

from casebase.replicas.choosing import is_readers, one_of
from casebase.replicas.middleware import ReadFrom, streamed
from casebase.replicas.router import Router
from literature import reading_from
from literature.models import Reference
from patients.models import Case, CaseVersion

requests = RequestFactory()


@pytest.mark.parametrize("path", ["/", "/cases/", "/api/v1/cases/", "/references/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whoever_is_nobody_in_particular(method: str, path: str) -> None:
    assert is_readers(requests.generic(method, path))


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("POST", "/accounts/login/", {}),
        ("PUT", "/api/v1/cases/CB-0000000/", {}),
        ("OPTIONS", "/api/v1/cases/", {}),
        ("GET", "/api/v1/cases/", {"Authorization": "Token x"}),
        ("GET", "/cases/", {"Cookie": "sessionid=x"}),
        ("GET", "/cases/", {"Cookie": "csrftoken=x; wrote=1"}),
        ("GET", "/admin/", {}),
        ("GET", "/accounts/login/", {}),
        ("GET", "/curation/", {}),
        ("GET", "/history/", {}),
        ("GET", "/healthz", {}),
        ("GET", "/metrics", {}),
    ],
)
def test_whoever_reads_from_the_primary(method: str, path: str, headers: dict[str, str]) -> None:
    assert not is_readers(requests.generic(method, path, headers=headers))


def test_a_token_of_forms_alone_is_anybodys() -> None:
    assert is_readers(requests.get("/cases/", headers={"Cookie": "csrftoken=x"}))


def test_one_address_has_one_replica_and_keeps_it_when_another_one_goes() -> None:
    three = ["replica1", "replica2", "replica3"]
    addresses = [f"192.0.2.{last}" for last in range(200)]
    chosen = {address: one_of(three, address) for address in addresses}
    assert set(chosen.values()) == set(three)
    for address, before in chosen.items():
        assert one_of(three[::-1], address) == before
        if before != "replica3":
            assert one_of(three[:2], address) == before


def test_what_is_published_is_read_where_the_request_reads_and_all_else_from_the_primary() -> None:
    router = Router()
    with reading_from.reading_from("replica1"):
        for model in (Case, CaseVersion, Reference):
            assert router.db_for_read(model) == "replica1"
            assert router.db_for_write(model) == DEFAULT_DB_ALIAS
        assert router.db_for_read(Session) == DEFAULT_DB_ALIAS
    assert router.db_for_read(Case) == DEFAULT_DB_ALIAS
    assert router.allow_migrate(DEFAULT_DB_ALIAS, "patients")
    assert not router.allow_migrate("replica1", "patients")


def test_without_replicas_there_is_neither_middleware_nor_router(settings: Any) -> None:
    with pytest.raises(MiddlewareNotUsed):
        ReadFrom(lambda request: HttpResponse())
    assert settings.DATABASE_ROUTERS == []


def test_whoever_sends_something_reads_from_the_primary_for_a_while(settings: Any) -> None:
    settings.REPLICAS, settings.REPLICA_LAG = ["replica1"], 7
    answering = ReadFrom(lambda request: HttpResponse())
    cookie = answering(requests.post("/accounts/logout/")).cookies["wrote"]
    assert cookie["max-age"] == 8
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not answering(requests.get("/accounts/login/")).cookies


def test_what_is_sent_piece_by_piece_is_read_from_the_same_server() -> None:
    def pieces() -> Any:
        for _ in range(3):
            yield reading_from.alias()

    assert list(streamed(pieces(), "replica1")) == ["replica1"] * 3
    assert reading_from.alias() == DEFAULT_DB_ALIAS
