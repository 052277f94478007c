"""The shortest way says byte for byte what the usual way says, to nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

import psycopg2
import pytest
import structlog
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from casebase import front
from casebase.front import Front
from casebase.metrics import recorded
from patients.models import Case, PreparedAnswer
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/api/v1/cases/?page_size=5&count=no"


@dataclass(frozen=True)
class Told:
    status: str
    headers: dict[str, str]
    body: bytes
    asked: list[str]
    """Of the database."""
    logged: list[dict[str, Any]]


class Site:
    """Django, and how often it was entered."""

    def __init__(self) -> None:
        self.django, self.entered = WSGIHandler(), 0

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.entered += 1
        return self.django(environ, start)


@pytest.fixture(autouse=True)
def _in_a_transaction(monkeypatch: Any) -> Iterator[None]:
    """Which a connection that is closed between two requests would end; Django's own client for
    tests leaves that out too."""
    monkeypatch.setattr(front, "close_old_connections", lambda: None)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _origin(settings: Any) -> None:
    settings.SITE_ORIGIN = "http://testserver"
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    cache.clear()


@pytest.fixture
def case() -> Case:
    return prepared_case()


def prepared_case() -> Case:
    case = make.make_published_case(title="A course", events=3)
    call_command("prepare_answers", stdout=StringIO())
    return case


@pytest.fixture
def site() -> Site:
    return Site()


def ask(application: Any, path: str, method: str = "GET", **environ: Any) -> Told:
    asked_for = RequestFactory().generic(method, path).environ | environ
    said: list[Any] = []
    with (
        CaptureQueriesContext(connection) as queries,
        structlog.testing.capture_logs() as logged,
    ):
        body = b"".join(application(asked_for, lambda *told: said.append(told)))
    lines = [{k: v for k, v in line.items() if k != "request_id"} for line in logged]
    lines = [line for line in lines if line["event"] != "request_started"]
    return Told(
        said[0][0], dict(said[0][1]), body, [query["sql"] for query in queries.captured_queries],
        lines,
    )  # fmt: skip


def alike(told: Told) -> Any:
    headers = {name: value for name, value in told.headers.items() if name != "X-Request-ID"}
    return told.status, headers, told.body, told.logged


def addresses(case: Case) -> list[str]:
    return [f"/cases/{case.accession}/", f"/api/v1/cases/{case.accession}/", LIST]


@pytest.mark.parametrize("kind", [0, 1, 2])
@pytest.mark.parametrize("encoding", ["", "gzip"])
@pytest.mark.parametrize("secure", ["http", "https"])
def test_the_same_answer_without_entering_django(
    site: Site, settings: Any, kind: int, encoding: str, secure: str
) -> None:
    settings.SITE_ORIGIN = f"{secure}://testserver"
    case = prepared_case()
    path = addresses(case)[kind]
    headers = {"wsgi.url_scheme": secure, "HTTP_HOST": "testserver"}
    headers |= {"HTTP_ACCEPT_ENCODING": encoding} if encoding else {}
    application = Front(site)
    first = ask(application, path, **headers)
    quick = ask(application, path, **headers)
    assert site.entered == 1
    assert alike(quick) == alike(first)
    assert quick.status == "200 OK"
    assert len(quick.asked) == (2 if path == LIST else 1)
    assert len(quick.headers["X-Request-ID"]) == 36
    assert quick.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    assert [line["event"] for line in quick.logged] == ["request_finished"]


@pytest.mark.parametrize("kind", [0, 1])
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_what_a_reader_has_is_not_sent_again(
    case: Case, site: Site, kind: int, encoding: str
) -> None:
    path, application = addresses(case)[kind], Front(site)
    packed = {"HTTP_ACCEPT_ENCODING": encoding}
    tag = ask(application, path, **packed).headers["ETag"]
    for known in (tag, f'"other", {tag}', "*"):
        usual = ask(site, path, **packed, HTTP_IF_NONE_MATCH=known)
        entered = site.entered
        quick = ask(application, path, **packed, HTTP_IF_NONE_MATCH=known)
        assert site.entered == entered
        assert alike(quick) == alike(usual)
        assert (quick.status, quick.body) == ("304 Not Modified", b"")
    other = ask(application, path, **packed, HTTP_IF_NONE_MATCH='"other"')
    assert other.status == "200 OK"


@pytest.mark.parametrize("kind", [0, 1, 2])
@pytest.mark.parametrize(
    "unusual",
    [
        {"REQUEST_METHOD": "HEAD"}, {"REQUEST_METHOD": "POST"}, {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_AUTHORIZATION": "Token x"}, {"HTTP_HX_REQUEST": "true"}, {"CONTENT_LENGTH": "1"},
        {"HTTP_IF_MATCH": "*"}, {"SCRIPT_NAME": "/below"}, {"HTTP_HOST": "not-ours.example.org"},
        {"HTTP_ACCEPT": "text/csv"},
    ],
)  # fmt: skip
def test_what_is_unusual_goes_the_usual_way(
    case: Case, site: Site, kind: int, unusual: dict[str, str]
) -> None:
    path, application = addresses(case)[kind], Front(site)
    ask(application, path)
    told = ask(application, path, **unusual)
    if kind == 0 and "HTTP_ACCEPT" in unusual:
        assert (site.entered, told.status) == (1, "200 OK")
        return
    assert site.entered == 2
    assert alike(told) == alike(ask(site, path, **unusual))
    ask(application, path, **unusual)
    assert site.entered == 4


def test_headers_of_one_host_or_way_are_not_those_of_another(case: Case, site: Site) -> None:
    path, application = addresses(case)[1], Front(site)
    for _ in range(2):
        for host in ("testserver", "other.example.org"):
            for way in ("http", "https"):
                environ = {"HTTP_HOST": host, "wsgi.url_scheme": way}
                told = ask(application, path, **environ)
                assert alike(told) == alike(ask(site, path, **environ))


def test_a_proxy_says_how_it_was_asked(case: Case, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    path, application = addresses(case)[0], Front(Site())
    for _ in range(2):
        assert ask(application, path, HTTP_X_FORWARDED_PROTO="https").status == "200 OK"
        assert ask(application, path).status == "301 Moved Permanently"


def test_what_nobody_may_read_is_as_absent_as_ever(case: Case, site: Site) -> None:
    hidden = make.make_case(title="A draft")
    application = Front(site)
    for path in addresses(case)[:2]:
        assert ask(application, path).status == "200 OK"
    for path in addresses(hidden)[:2]:
        absent = path.replace(hidden.accession, "CB-0000000")
        told, other = ask(application, path), ask(application, absent)
        assert told.status == other.status == "404 Not Found"
        assert len(told.asked) == len(other.asked)


def test_a_case_that_is_withdrawn_is_not_sent(case: Case, site: Site) -> None:
    application = Front(site)
    for path in addresses(case)[:2]:
        ask(application, path)
    Case.objects.filter(pk=case.pk).update(status="draft")
    for path in addresses(case)[:2]:
        assert ask(application, path).status == "404 Not Found"


def test_where_reading_needs_an_account_nothing_is_sent_before(
    case: Case, site: Site, settings: Any
) -> None:
    application = Front(site)
    for path in addresses(case):
        ask(application, path)
    settings.ANONYMOUS_READING = False
    for path in addresses(case):
        assert ask(application, path).status in ("401 Unauthorized", "302 Found")


@pytest.mark.parametrize("kind", [1, 2])
def test_who_asks_too_often_is_told_so(case: Case, site: Site, settings: Any, kind: int) -> None:
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "anon": "3/min"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    application = Front(site)
    said = [ask(application, addresses(case)[kind]).status[:3] for _ in range(4)]
    assert said == ["200", "200", "200", "429"]


@pytest.mark.parametrize("kind", [0, 1])
def test_what_is_not_prepared_is_looked_for_once(case: Case, site: Site, kind: int) -> None:
    application, path = Front(site), addresses(case)[kind]
    ask(application, path)
    PreparedAnswer.objects.all().delete()
    told = ask(application, path)
    assert (site.entered, told.status) == (2, "200 OK")
    assert sum("patients_prepared_answer" in sql for sql in told.asked) == 1


def test_requests_are_counted_by_route(case: Case, site: Site, settings: Any) -> None:
    settings.METRICS_TOKEN = "a-token-for-tests-alone-and-long-enough"
    count = recorded.REQUESTS.labels("patients:case-detail", "GET", "200")._value
    before = count.get()
    application = Front(Site())
    for _ in range(3):
        ask(application, addresses(case)[0])
    assert count.get() == before + 3


def test_what_is_kept_has_a_bound(case: Case, site: Site, monkeypatch: Any) -> None:
    monkeypatch.setattr(front, "MOST", 2)
    application = Front(site)
    for path in addresses(case) * 2:
        assert ask(application, path).status == "200 OK"
        assert len(application._around) <= 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_time_that_is_up_is_not_spent_twice() -> None:
    """Somebody holds the table that is asked, for longer than a statement may take."""
    make.make_published_case(title="A course", events=3)
    application = Front(WSGIHandler())
    assert ask(application, LIST).status == "200 OK"
    connection.ensure_connection()
    holder = psycopg2.connect(**connection.get_connection_params())
    try:
        with holder.cursor() as held, connection.cursor() as cursor:
            held.execute("LOCK TABLE patients_searchentry IN ACCESS EXCLUSIVE MODE")
            cursor.execute("SET statement_timeout = '50ms'")
        told = ask(application, LIST)
        assert told.status == "503 Service Unavailable"
        assert len(told.asked) == 1
    finally:
        holder.close()
        connection.close()
