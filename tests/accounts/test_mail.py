"""Where mail goes, from one address in the environment, and what happens when it does not go."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from casebase.accounts.mail import settings_of
from tests.casebase.test_settings import run
from tests.make import make_user

FROM = "casebase@example.org"


def test_submission_with_starttls_and_with_tls():
    one = settings_of("smtp://ada:p%40ss@mail.example.org", FROM)
    assert (one["EMAIL_HOST"], one["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (one["EMAIL_HOST_USER"], one["EMAIL_HOST_PASSWORD"]) == ("ada", "p@ss")
    assert (one["EMAIL_USE_TLS"], one["EMAIL_USE_SSL"]) == (True, False)
    two = settings_of("smtps://mail.example.org:2465", FROM)
    assert (two["EMAIL_PORT"], two["EMAIL_USE_TLS"], two["EMAIL_USE_SSL"]) == (2465, False, True)


def test_only_this_machine_is_spoken_to_in_the_clear():
    assert not settings_of("smtp://localhost:25", FROM)["EMAIL_USE_TLS"]
    assert settings_of("smtp://localhost.example.org:25", FROM)["EMAIL_USE_TLS"]


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port", "smtp://h:99999",
     "smtp://host/path", "smtp://[::1"],
)  # fmt: skip
def test_what_is_no_mail_server_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match="CASEBASE_MAIL_URL") as error:
        settings_of(url.replace("//", "//ada:hushhush@", 1), FROM)
    assert "hushhush" not in str(error.value)


@pytest.mark.parametrize("sender", ["", "nobody", "a@example.org\nBcc: b@example.org"])
def test_the_sender_is_one_address(sender):
    with pytest.raises(ImproperlyConfigured, match="CASEBASE_MAIL_FROM"):
        settings_of("smtp://mail.example.org", sender)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"CASEBASE_MAIL_URL": "ftp://x"}, "Set CASEBASE_MAIL_URL to smtp://"),
        ({"CASEBASE_MAIL_URL": "smtp://mail.example.org"}, "Set CASEBASE_MAIL_FROM"),
        ({"CASEBASE_SIGNUP": "1"}, "CASEBASE_SIGNUP opens sign-up, which needs mail"),
        ({"CASEBASE_SESSION_HOURS": "0"}, "Set CASEBASE_SESSION_HOURS to 1 or more"),
        ({"CASEBASE_SESSION_IDLE_MINUTES": "x"}, "Set CASEBASE_SESSION_IDLE_MINUTES to a whole"),
        ({"CASEBASE_TOKEN_HOURS": "0"}, "Set CASEBASE_TOKEN_HOURS to 1 or more"),
        ({"CASEBASE_ANONYMOUS": "maybe"}, "Set CASEBASE_ANONYMOUS to 1 or 0"),
        ({"CASEBASE_OLD_SECRET_KEYS": "short"}, "CASEBASE_OLD_SECRET_KEYS holds"),
    ],
)
def test_settings_of_accounts_are_refused_by_name(changes, says):
    done = run("-c", "import casebase.settings", **changes)
    assert done.returncode == 1
    assert says in done.stderr.strip().splitlines()[-1]


def test_production_asks_for_second_factors_and_the_demo_does_not():
    show = "import casebase.settings as s; print(s.SECOND_FACTOR_REQUIRED, s.ANONYMOUS_READING)"
    assert run("-c", show).stdout.split() == ["True", "True"]
    assert run("-c", show, CASEBASE_ANONYMOUS="0").stdout.split() == ["True", "False"]
    demo = run("-c", show, CASEBASE_DEMO="1", CASEBASE_HOSTS="localhost")
    assert demo.stdout.split() == ["False", "True"]


@pytest.mark.django_db
def test_a_mail_server_that_is_down_breaks_no_page(client, settings):
    make_user(email="ada@example.org")
    settings.MAIL_ON = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 9
    answer = client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    assert answer.url == "/accounts/password/reset/done/"
