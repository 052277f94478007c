"""What no form sends: every page that takes something answers with a sentence, and never breaks."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from patients.models import Case
from patients.roles import CLINICIAN, CURATOR
from patients.vocabulary import Status
from tests.matrix import asking
from tests.matrix.expected import SIGN_IN
from tests.matrix.forms import field_names
from tests.matrix.table import ROWS
from tests.matrix.world import filled

pytestmark = pytest.mark.django_db
PAGES = [row for row in ROWS if not row.path.startswith(("/api/", "/admin/"))]
TAKEN = [row for row in PAGES if "POST" in row.answers]
"""Pages to which something is posted."""
IDS = [f"{row.name} {row.path}" for row in TAKEN]
SURROGATE = "%ED%A0%80"
BAD = {
    "NUL": "a%00b",
    "half a surrogate": f"a{SURROGATE}b",
    "no UTF-8": "%FF%FE",
    "a long number": "9" * 400,
    "a number below zero": "-1",
    "a list": "%5B1%2C%7B%7D%5D",
    "no number": "NaN",
    "markup": "%3Cscript%3Ealert%281%29%3C%2Fscript%3E",
    "nothing but space": "%E2%80%8B+%09",
}
"""As a body spells it."""
FOREIGN = "ZZZZZZZZZZ"
NOT_TO_SET = {
    "accession": "CB-ZZZZZZZ",
    "public_id": FOREIGN,
    "status": "published",
    "state": "accepted",
    "quote_state": "verified",
    "checksum": "0" * 64,
    "position": "77777",
}


def fields_of(row) -> list[str]:
    return sorted({*field_names(), *NOT_TO_SET, *(row.sent or {})})


def who_may(row) -> str:
    """A role that gets past the door of the page."""
    for role in (CURATOR, "researcher", "admin", CLINICIAN, ""):
        if row.answer("POST", role) not in (SIGN_IN, 401, 403, 404, 405, 410):
            return role
    return CURATOR


def post(world, row, body: str, role: str):
    client = asking.signed_in(world, role)
    return client.generic(
        "POST",
        filled(row.path, world.names(role)),
        body,
        content_type="application/x-www-form-urlencoded",
    )


@pytest.mark.parametrize("row", TAKEN, ids=IDS)
def test_no_value_breaks_a_page(world, row):
    role = who_may(row)
    for name, value in BAD.items():
        body = "&".join(f"{field}={value}" for field in fields_of(row))
        with asking.rolled_back():
            answer = post(world, row, body, role)
            assert answer.status_code < 500, f"{name}: {answer.status_code}"


@pytest.mark.parametrize("row", TAKEN, ids=IDS)
def test_no_length_breaks_a_page(world, row):
    role = who_may(row)
    for field in (*(row.sent or {}), "title", "text", "reason"):
        with asking.rolled_back():
            answer = post(world, row, f"{field}={'a' * 1_000_000}", role)
            assert answer.status_code < 500, field
    with asking.rolled_back():
        body = "&".join(f"field-{number}=1" for number in range(6000))
        assert post(world, row, body, role).status_code < 500


def rows_named(public_id: str) -> list[str]:
    """Every row that has this public id."""
    found = []
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if "public_id" in names and model._default_manager.filter(public_id=public_id).exists():
            found.append(model.__name__)
    return found


@pytest.mark.parametrize("row", TAKEN, ids=IDS)
def test_what_is_not_the_clients_to_set_stays(world, row):
    role = who_may(row)
    statuses = dict(Case.objects.values_list("pk", "status"))
    sent = {**(row.sent or {}), **NOT_TO_SET}
    for name in ("by", "added_by", "author", "published_by", "assignee_id", "case"):
        sent[name] = str(world.rows["other_user"].pk)
    with asking.rolled_back():
        client = asking.signed_in(world, role)
        answer = client.post(filled(row.path, world.names(role)), sent)
        assert answer.status_code < 500
        assert not Case.objects.filter(accession=NOT_TO_SET["accession"]).exists()
        assert rows_named(FOREIGN) == []

        now = dict(Case.objects.filter(pk__in=statuses).values_list("pk", "status"))
        moved = {pk for pk in now if now[pk] != statuses[pk]}
        published = Case.objects.filter(pk__in=moved, status=Status.PUBLISHED)
        assert not published.exists()


@pytest.mark.parametrize("row", TAKEN, ids=IDS)
def test_a_tab_that_was_signed_out_writes_nothing(world, row):
    """Its session has ended; its form still has a token of before."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get(reverse("login"))
    client.cookies["sessionid"] = "thissessionisover0123456789abcdef"
    written = []

    def watch(execute, sql, params, many, context):
        if sql.lstrip().startswith(asking.WRITES) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else "x" * 32
    with asking.rolled_back(), connection.execute_wrapper(watch):
        answer = client.post(
            filled(row.path, world.names("")), {**(row.sent or {}), "csrfmiddlewaretoken": token}
        )
    assert answer.status_code in (200, 302, 401, 403, 404, 405)
    assert written == []


@pytest.mark.parametrize("row", PAGES, ids=[f"{row.name} {row.path}" for row in PAGES])
def test_a_role_taken_away_ends_with_the_next_request(world, row):
    """The session goes on; what the role allowed does not."""
    for method in ("GET", "POST"):
        refused = row.answer(method, CLINICIAN)
        if refused not in (403, 404) or row.answer(method, CURATOR) == refused:
            continue
        with asking.rolled_back():
            world.users[CURATOR].groups.clear()
            asked = asking.ask(world, row, method, CURATOR)
            assert (asked.answer, asked.written) == (refused, []), method
