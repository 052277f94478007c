"""What operators see at `/metrics`, and that nobody else sees anything."""

import os
import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import IntegrityError, OperationalError, connections, transaction
from django.db.utils import ConnectionHandler
from django.test import Client
from django.utils import timezone

from casebase.metrics import recorded, standing
from casebase.metrics.database_errors import Counting
from casebase.metrics.middleware import route_of
from literature.models import Import, ImportState, ImportWorker
from tests import make
from tests.casebase.test_settings import run

TOKEN = "a-token-for-tests-alone-and-long-enough"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    settings.METRICS_TOKEN = TOKEN
    return Client(raise_request_exception=False)


@pytest.fixture
def said(site):
    def value(line: str) -> float:
        """What stands behind `line`, a name with its labels; 0 where it is not said."""
        text = site.get("/metrics", headers=BEARER).content.decode()
        found = re.search(rf"^{re.escape(line)} (\S+)$", text, re.M)
        return float(found[1]) if found else 0.0

    return value


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS"])
def test_without_a_token_it_is_not_there(client, method):
    assert client.generic(method, "/metrics", headers=BEARER).status_code == 404
    assert (
        client.generic(method, "/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    )


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer ", f"Token {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer ÿ"]
)
def test_whoever_does_not_show_the_token_learns_nothing(site, shown):
    response = site.get("/metrics", headers={"Authorization": shown} if shown else {})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert b"casebase_" not in response.content


def test_who_is_signed_in_needs_the_token_too(site):
    site.force_login(make.make_user(is_superuser=True, is_staff=True))
    assert site.get("/metrics").status_code == 401


def test_it_is_read_and_not_kept(site):
    response = site.get("/metrics", headers=BEARER)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "no-store" in response["Cache-Control"]
    assert site.post("/metrics", headers=BEARER).status_code == 405


def test_it_answers_without_tls_as_health_does(site, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert site.get("/metrics", headers=BEARER).status_code == 200


def test_requests_are_counted_by_the_name_of_the_route(site, said):
    case = make.make_published_case()
    path = case.get_absolute_url()
    counted = {
        path: ("patients:case-detail", 200),
        "/cases/CB-ZZZZZZZ/": ("patients:case-detail", 404),
        "/nothing/here/": ("no route", 404),
        "/healthz": ("healthz", 200),
    }
    for address, (route, code) in counted.items():
        line = f'casebase_requests_total{{method="GET",route="{route}",status="{code}"}}'
        before, lasted = said(line), f'casebase_request_seconds_count{{route="{route}"}}'
        times = said(lasted)
        assert site.get(address).status_code == code
        assert said(line) == before + 1, address
        assert said(lasted) == times + 1, address
    text = site.get("/metrics", headers=BEARER).content.decode()
    assert case.accession not in text, "An address tells of a record"
    assert "ZZZZZZZ" not in text


def test_what_is_answered_before_any_route_has_the_name_of_its_route(rf):
    assert route_of(rf.get("/cases/CB-7K3M2QX/")) == "patients:case-detail"
    assert route_of(rf.get("/api/v1/cases/CB-7K3M2QX/?a=1")) == "api:case-detail"
    assert route_of(rf.get("/static/css/casebase.css")) == "static file"
    assert route_of(rf.get("/wp-login.php")) == "no route"


def test_a_method_that_nobody_knows_has_no_name_of_its_own(site, said):
    line = 'casebase_requests_total{method="other",route="healthz",status="405"}'
    before = said(line)
    assert site.generic("BREW", "/healthz").status_code == 405
    assert said(line) == before + 1


def test_errors_of_the_database_are_counted_also_where_they_are_handled(site, said):
    refused = 'casebase_database_errors_total{kind="IntegrityError"}'
    away = 'casebase_database_errors_total{kind="OperationalError"}'
    before = said(refused), said(away)  # from this request on they are counted
    with pytest.raises(IntegrityError), transaction.atomic():
        Import.objects.create(name="list.ris", format="ris", size=1, sha256="", state="nonsense")
    nowhere = connections["default"].settings_dict | {"HOST": "127.0.0.1", "PORT": "1"}
    dead = ConnectionHandler({"default": nowhere})["default"]
    dead.wrap_database_errors = Counting(dead)
    with pytest.raises(OperationalError):
        dead.ensure_connection()
    assert (said(refused), said(away)) == (before[0] + 1, before[1] + 1)


def test_published_cases_are_counted_and_no_others(said):
    before = said("casebase_published_cases")
    make.make_published_case()
    make.make_case()
    assert said("casebase_published_cases") == before + 1


def test_the_queue_and_its_worker(said):
    assert said('casebase_import_jobs{state="waiting"}') == 0
    assert said("casebase_import_oldest_seconds") == 0
    for state in (ImportState.WAITING, ImportState.WAITING, ImportState.SAVING, ImportState.READY):
        Import.objects.create(name="list.ris", format="ris", size=1, sha256="0" * 64, state=state)
    Import.objects.filter(state=ImportState.SAVING).update(
        created_at=timezone.now() - timedelta(hours=1)
    )
    seen = timezone.now() - timedelta(minutes=5)
    ImportWorker.objects.create(name="worker", seen_at=seen)
    assert said('casebase_import_jobs{state="waiting"}') == 2
    assert said('casebase_import_jobs{state="saving"}') == 1
    assert said("casebase_import_oldest_seconds") >= 3600
    assert said("casebase_worker_seen_timestamp_seconds") == pytest.approx(seen.timestamp())


def test_the_last_backup_where_it_is_known(said, settings, tmp_path):
    assert said("casebase_backup_timestamp_seconds") == 0
    settings.BACKUP_STAMP = tmp_path / "taken"
    assert said("casebase_backup_timestamp_seconds") == 0, "None was taken yet"
    settings.BACKUP_STAMP.touch()
    os.utime(settings.BACKUP_STAMP, (1_700_000_000, 1_700_000_000))
    assert said("casebase_backup_timestamp_seconds") == 1_700_000_000


def test_the_end_of_the_certificate(said, settings, tmp_path):
    settings.CERTIFICATE = tmp_path / "fullchain.pem"
    settings.CERTIFICATE.write_text("This is no certificate.")
    assert said("casebase_certificate_ends_timestamp_seconds") == 0
    settings.CERTIFICATE.write_bytes(certificate(datetime(2031, 5, 4, tzinfo=UTC)))
    ends = datetime(2031, 5, 4, tzinfo=UTC).timestamp()
    assert said("casebase_certificate_ends_timestamp_seconds") == ends


def certificate(ends: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "casebase.example.org")])
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), ends - timedelta(90), ends
    ).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM)


def test_a_scrape_says_that_the_database_does_not_answer(site, said, monkeypatch):
    assert said("casebase_database_up") == 1
    nowhere = connections["default"].settings_dict | {"HOST": "127.0.0.1", "PORT": "1"}
    dead = ConnectionHandler({"default": nowhere})["default"]
    monkeypatch.setattr(standing, "connection", dead)
    response = site.get("/metrics", headers=BEARER)
    assert response.status_code == 200
    assert b"casebase_database_up 0.0" in response.content
    assert b"casebase_published_cases" not in response.content
    assert b"casebase_disk_free_bytes" in response.content


def test_a_question_to_the_database_at_a_time(site, django_assert_max_num_queries):
    site.get("/metrics", headers=BEARER)
    # Savepoint and its end, the time limit, cases, queue, its oldest, workers.
    with django_assert_max_num_queries(7):
        site.get("/metrics", headers=BEARER)


def test_without_a_token_requests_are_not_measured(client, settings):
    before = recorded.REQUESTS.labels("healthz", "GET", "200")._value.get()
    client.get("/healthz")
    assert recorded.REQUESTS.labels("healthz", "GET", "200")._value.get() == before


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"CASEBASE_METRICS_TOKEN": "short"}, "CASEBASE_METRICS_TOKEN is too easily guessed"),
        ({"CASEBASE_METRICS_TOKEN": "x" * 40}, "Set CASEBASE_METRICS_FOLDER to a folder in memory"),
    ],
)
def test_settings_that_are_refused(changes, says):
    done = run("-c", "import casebase.settings", **changes)
    assert done.returncode == 1
    assert says in done.stderr.strip().splitlines()[-1]


ADDED_UP = """
import os, sys
import django
django.setup()
from casebase.metrics import recorded, standing
from casebase.metrics.database_errors import Counting
from casebase.metrics.middleware import route_of
for process in (1, 2):
    if os.fork() == 0:
        recorded.REQUESTS.labels("home", "GET", "200").inc(process)
        os._exit(0)
    os.wait()
print(recorded.as_text().decode())
"""


def test_counts_of_several_processes_are_added_up(tmp_path):
    done = run(
        "-c", ADDED_UP, CASEBASE_METRICS_TOKEN=TOKEN, CASEBASE_METRICS_FOLDER=str(tmp_path / "m"),
        DJANGO_SETTINGS_MODULE="casebase.settings",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert 'casebase_requests_total{method="GET",route="home",status="200"} 3.0' in done.stdout
    assert (tmp_path / "m").stat().st_mode & 0o777 == 0o700
