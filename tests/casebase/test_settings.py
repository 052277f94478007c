"""Settings are read once a process, so each case is a process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-for-tests-alone-that-is-long-enough-for-the-check"
PRODUCTION = {
    "CASEBASE_SECRET_KEY": SECRET,
    "CASEBASE_HOSTS": "casebase.example.org",
    "DATABASE_URL": "postgres://nobody@localhost:1/none",
}


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Runs Python with production's variables and `changes`; an empty value unsets one."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CASEBASE_", "DATABASE_URL", "DJANGO_"))
    }
    asked = {name: value for name, value in (PRODUCTION | changes).items() if value}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited | asked,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"CASEBASE_SECRET_KEY": ""}, "Set CASEBASE_SECRET_KEY"),
        ({"CASEBASE_SECRET_KEY": "short"}, "CASEBASE_SECRET_KEY is too easily guessed"),
        ({"CASEBASE_SECRET_KEY": "abc" * 30}, "CASEBASE_SECRET_KEY is too easily guessed"),
        ({"CASEBASE_SECRET_KEY": "", "CASEBASE_DEBUG": "1", "CASEBASE_HOSTS": ""}, "SECRET_KEY"),
        ({"CASEBASE_HOSTS": ""}, "Set CASEBASE_HOSTS"),
        ({"CASEBASE_DEBUG": "1"}, "CASEBASE_DEBUG shows settings and data"),
        ({"CASEBASE_DEBUG": "1", "CASEBASE_HOSTS": "*"}, "CASEBASE_DEBUG shows"),
        ({"CASEBASE_DEBUG": "1", "CASEBASE_HOSTS": "localhost,0.0.0.0"}, "CASEBASE_DEBUG shows"),
        ({"CASEBASE_DEBUG": "yes please"}, "Set CASEBASE_DEBUG to 1 or 0"),
        ({"CASEBASE_MEDIA": str(ROOT / "static" / "media")}, "set CASEBASE_MEDIA to a folder"),
        ({"CASEBASE_DEMO": "1"}, "The demo has known passwords"),
        ({"CASEBASE_DEMO": "1", "CASEBASE_HOSTS": ".localhost"}, "The demo has known passwords"),
        ({"DATABASE_URL": ""}, "Set DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///x.db"}, "Set DATABASE_URL to a PostgreSQL database"),
        ({"CASEBASE_CONTACT": "nobody"}, "Set CASEBASE_CONTACT to one e-mail address"),
        ({"CASEBASE_CONTACT": "a@example.org, b@example.org"}, "Set CASEBASE_CONTACT to one"),
        ({"CASEBASE_CONTACT": "a@example.org\nX-Other: 1"}, "Set CASEBASE_CONTACT to one"),
        ({"CASEBASE_LOOKUP": "1"}, "CASEBASE_LOOKUP is 1, but"),
        ({"CASEBASE_LOOKUP": "perhaps"}, "Set CASEBASE_LOOKUP to 1 or 0"),
        ({"CASEBASE_STATEMENT_TIMEOUT": "15s"}, "Set CASEBASE_STATEMENT_TIMEOUT to a whole"),
    ],
)
def test_refuses_what_is_insecure_or_missing(changes, says):
    done = run("-c", "import casebase.settings", **changes)
    assert done.returncode == 1
    assert says in done.stderr.strip().splitlines()[-1]
    assert SECRET not in done.stderr


def test_refuses_psycopg_3(tmp_path):
    (tmp_path / "psycopg.py").touch()
    done = run("-c", "import casebase.settings", PYTHONPATH=str(tmp_path))
    assert "Uninstall psycopg 3" in done.stderr


def test_production_passes_the_deployment_check():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_proxy_is_trusted_only_when_asked():
    show = "import casebase.settings as s; print(s.SECURE_PROXY_SSL_HEADER)"
    assert run("-c", show).stdout.strip() == "None"
    assert "HTTP_X_FORWARDED_PROTO" in run("-c", show, CASEBASE_TLS_PROXY="1").stdout


def test_debug_on_loopback_is_allowed():
    assert run("-c", "import casebase.settings", CASEBASE_DEBUG="1", CASEBASE_HOSTS="").stderr == ""


def test_driver_and_session(db):
    from django.db import connection
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    assert not is_psycopg3
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("15s",)
        cursor.execute("SELECT datctype, encoding FROM pg_database WHERE datname = 'template1'")
        assert cursor.fetchone()[1] == 6, "UTF8"


def test_headers(client, db):
    response = client.get("/accounts/login/")
    policy = response["Content-Security-Policy"]
    for directive in (
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ):
        assert directive in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("changes", "on"),
    [
        ({}, "False"),
        ({"CASEBASE_CONTACT": "library@example.org"}, "True"),
        ({"CASEBASE_CONTACT": "library@example.org", "CASEBASE_LOOKUP": "1"}, "True"),
        ({"CASEBASE_CONTACT": "library@example.org", "CASEBASE_LOOKUP": "0"}, "False"),
        ({"CASEBASE_CONTACT": "library@example.org", "CASEBASE_LOOKUP": "false"}, "False"),
        ({"CASEBASE_LOOKUP": "0"}, "False"),
    ],
)
def test_look_up_is_on_with_a_contact_address_unless_switched_off(changes, on):
    done = run("-c", "from casebase.settings import LOOKUP_ON; print(LOOKUP_ON)", **changes)
    assert done.stdout.strip() == on
