"""The client against a service that misbehaves: its error, in bounded time and bytes."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from literature.lookup import BadAnswer, LookupProblem, NotFound, Refused, Unreachable
from literature.lookup.retrying import back_off, retry_after
from literature.lookup.services import CROSSREF, PUBMED
from literature.lookup.turns import postpone, take_turn
from tests.literature.lookup.asking import CALM, CONTACT, QUICK, Waits, client_of
from tests.literature.lookup.server import Behaviour, Call, Server, serve

pytestmark = pytest.mark.django_db
JSON = "application/json"
SENT_AT_MOST = 4_000_000
"""What a server can push before it notices that nobody reads on: the limit, and socket buffers."""


def ask(server: Server, limits=CALM, waits: Waits | None = None) -> bytes:
    with client_of(server, limits, waits) as client:
        return client.ask(CROSSREF, "/works/10.5555%2F1", accept=JSON)


def says_nothing(call: Call) -> None:
    while not call.server.is_closed and call.connection.recv(1):
        pass


def never_ends(call: Call) -> None:
    call.begin()
    call.drip(b" " * 65536, 0)


def drips(call: Call) -> None:
    call.begin()
    call.drip(b" ", 0.05)


def drips_headers(call: Call) -> None:
    call.send(b"HTTP/1.1 200 OK\r\nContent-Type: ")
    call.drip(b"a", 0.05)


def endless_headers(call: Call) -> None:
    call.send(b"HTTP/1.1 200 OK\r\n")
    call.drip(b"X-More: " + b"y" * 8000 + b"\r\n", 0)


def says_that_it_is_huge(call: Call) -> None:
    call.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999999999\r\n\r\n"
    )
    call.drip(b" " * 65536, 0)


def is_cut_off(call: Call) -> None:
    call.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")


def is_cut_off_in_chunks(call: Call) -> None:
    call.begin("Transfer-Encoding: chunked")
    call.send(b'5\r\n{"a"')


def is_no_http(call: Call) -> None:
    call.send(b"\x00\x01\x02 hello\r\n\r\n")


def redirects_inside(call: Call) -> None:
    call.answer(b"", status="302 Found", Location="http://169.254.169.254/latest/meta-data/")


def redirects_to_itself(call: Call) -> None:
    call.answer(b"", status="301 Moved Permanently", Location=call.server.address)


def page_of_html(call: Call) -> None:
    call.answer(b"<html>Maintenance</html>", "text/html; charset=utf-8")


BOMB = gzip.compress(bytes(50_000_000))


def gzip_bomb(call: Call) -> None:
    call.answer(BOMB, Content_Encoding="gzip")


def busy_for(seconds: str) -> Behaviour:
    return lambda call: call.answer(b"", status="429 Too Many", Retry_After=seconds)


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (says_nothing, Unreachable),
        (drips, Unreachable),
        (drips_headers, Unreachable),
        (endless_headers, Unreachable),
        (is_cut_off, Unreachable),
        (is_cut_off_in_chunks, Unreachable),
        (is_no_http, Unreachable),
        (lambda call: call.answer(b"", status="500 Oh"), Unreachable),
        (lambda call: call.answer(b"", status="502 Bad Gateway"), Unreachable),
        (never_ends, BadAnswer),
        (says_that_it_is_huge, BadAnswer),
        (redirects_inside, BadAnswer),
        (redirects_to_itself, BadAnswer),
        (page_of_html, BadAnswer),
        (gzip_bomb, BadAnswer),
        (lambda call: call.answer(b"{}", status="204 No Content"), BadAnswer),
        (lambda call: call.answer(b"{}", status="401 Who"), BadAnswer),
        (lambda call: call.answer(b"{}", status="404 Not Found"), NotFound),
        (lambda call: call.answer(b"{}", status="429 Too Many"), Refused),
        (lambda call: call.answer(b"{}", status="503 Busy"), Refused),
    ],
)
def test_each_misbehaviour_is_its_error_and_bounded(
    behaviour: Behaviour, error: type[LookupProblem]
) -> None:
    with serve(behaviour) as server:
        with pytest.raises(error) as raised:
            ask(server, QUICK if error is Unreachable else CALM)
        assert raised.value.sentence.startswith("Crossref ")
    assert server.sent < SENT_AT_MOST
    assert len(server.calls) == 1


def test_nobody_there_is_unreachable() -> None:
    with serve(page_of_html) as server:
        pass
    with pytest.raises(Unreachable):
        ask(server)


def test_a_redirect_is_never_followed() -> None:
    reached: list[Call] = []
    with (
        serve(reached.append) as private,
        serve(lambda call: call.answer(b"", status="302 F", Location=private.address)) as server,
        pytest.raises(BadAnswer),
    ):
        ask(server)
    assert reached == []


def test_the_question_says_who_asks_and_wants_nothing_compressed(monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serve(lambda call: call.answer(b"{}")) as server:
        assert ask(server) == b"{}"
    head = server.calls[0].head.lower()
    assert f"user-agent: casebase (mailto:{CONTACT})" in head
    assert "accept-encoding: identity" in head
    assert server.calls[0].target == "/works/10.5555%2F1"


@pytest.mark.parametrize("type_", ["application/json;charset=UTF-8", "application/vnd.x+json"])
def test_types_that_are_json(type_: str) -> None:
    with serve(lambda call: call.answer(b"{}", type_)) as server:
        assert ask(server) == b"{}"


def test_a_busy_service_is_asked_again_when_it_says() -> None:
    waits = Waits()
    with serve(busy_for("7"), lambda call: call.answer(b"{}")) as server:
        assert ask(server, replace(CALM, tries=2), waits) == b"{}"
    assert len(server.calls) == 2
    assert waits[0] < 0.1
    assert 6 < waits[1] <= 7.1


def test_a_wait_that_is_too_long_is_not_waited_but_kept_by_all() -> None:
    with serve(busy_for("3600")) as server:
        with pytest.raises(Refused):
            ask(server, replace(CALM, tries=3))
        with pytest.raises(Refused):
            ask(server, replace(CALM, tries=3))
    assert len(server.calls) == 1  # the second question was not even asked
    assert take_turn(PUBMED, 1) < 0.1  # and another service is another matter


def test_a_failing_service_is_asked_again_with_growing_pauses() -> None:
    waits = Waits()
    with (
        serve(lambda call: call.answer(b"", status="500 Oh")) as server,
        pytest.raises(Unreachable),
    ):
        ask(server, replace(CALM, tries=4), waits)
    assert len(server.calls) == 4
    pauses = [seconds for seconds in waits if seconds > 0]
    assert len(pauses) >= 3


def test_turns_are_apart() -> None:
    assert take_turn(CROSSREF, 60) == 0
    second, third = take_turn(CROSSREF, 60), take_turn(CROSSREF, 60)
    assert CROSSREF.interval / 2 < second <= CROSSREF.interval
    assert CROSSREF.interval * 1.5 < third <= CROSSREF.interval * 2


def test_who_would_wait_too_long_takes_no_turn() -> None:
    postpone(CROSSREF, 100)
    with pytest.raises(Refused):
        take_turn(CROSSREF, 10)
    assert 99 < take_turn(CROSSREF, 120) <= 100


def test_postponing_never_brings_a_turn_forward() -> None:
    postpone(CROSSREF, 100)
    postpone(CROSSREF, 1)
    assert take_turn(CROSSREF, 120) > 99


@pytest.mark.parametrize("attempt", range(1, 12))
def test_back_off_doubles_up_to_a_limit(attempt: int) -> None:
    middle = min(30, 0.5 * 2 ** (attempt - 1))
    assert all(middle / 2 <= back_off(attempt) <= middle * 1.5 for _ in range(20))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        (" 0 ", 0),
        ("99999999", 24 * 3600),
        ("999999999999999999999", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Wed, 99 Oct 2015 07:28:00 GMT", None),
    ],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    assert retry_after(header) == seconds


def test_retry_after_a_date() -> None:
    at = datetime.now(UTC) + timedelta(seconds=90)
    assert 85 < (retry_after(format_datetime(at, usegmt=True)) or 0) <= 90
