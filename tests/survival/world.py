"""What is written to while processes are killed, and what must hold of it when nobody writes."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from psycopg2 import sql

from casebase.accounts import tokens
from literature.history import watched as of_literature
from literature.models import Import, ImportState, Outcome, Reference
from patients.actions import cases
from patients.document import build_document, checksum
from patients.history import watched as of_patients
from patients.models import Case, ListedItem, Listing, SearchEntry, SearchStep
from patients.vocabulary import Audience, Status
from tests import make

EVENTS = 12


def warm_up(application: WSGIHandler) -> None:
    """Has everything imported that a request needs, so that what is forked is ready at once."""
    for path in ("/", "/api/v1/cases/", "/api/v1/references/"):
        told = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "localhost"}
        told |= {"SERVER_PORT": "80", "wsgi.url_scheme": "http"}
        answer: Any = application(
            {**told, "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO()},
            lambda status, headers, error=None: lambda data: None,
        )
        answer.close()


def token_of(role: str) -> str:
    user = User.objects.create_user(f"survival-{role}", password=make.PASSWORD)
    user.groups.add(Group.objects.get(name=role))
    life = timedelta(days=1)
    return tokens.make(by=user, name="Survival", scope="write", life=life, second_factor=True)[1]


def prepare(publishable: int) -> dict[str, Any]:
    """Tokens, events to change and cases that may be published."""
    case = make.make_case(title="Written to by many")
    events = [make.make_event(case, day, is_index=day == 0) for day in range(EVENTS)]
    cases.refresh(case=case)
    by = make.make_user("curator")
    ready = []
    for _ in range(publishable):
        one = make.make_source(make.make_case(title="To be published")).case
        make.make_event(one, 0, label="CT", is_index=True)
        ready.append(make.make_ready(one, by).accession)
    return {
        "curator": token_of("curator"),
        "admin": token_of("admin"),
        "events": [event.public_id for event in events],
        "publishable": ready,
    }


def half_done() -> dict[str, Any]:
    """`wrong`: a sentence for all that is not whole. `events`, `references`, `published` and
    `imported`: what there is, to be held against what was acknowledged."""
    wrong = [*history_gaps(), *listing_gaps(), *publishing_gaps(), *import_gaps()]
    return {
        "wrong": wrong,
        "events": dict(Case.objects.filter(title="Written to by many").values_list(
            "events__public_id", "events__detail")),
        "references": list(Reference.objects.values_list("csl__title", flat=True)),
        "published": list(Case.objects.filter(status=Status.PUBLISHED)
            .values_list("accession", flat=True)),
        "withdrawn": list(Case.objects.filter(status=Status.WITHDRAWN)
            .values_list("accession", flat=True)),
        "imported": list(Import.objects.filter(state=ImportState.DONE)
            .values_list("public_id", flat=True)),
    }  # fmt: skip


_LAST = """
    SELECT count(*) FROM {table} AS held LEFT JOIN (
        SELECT DISTINCT ON (row) row, kind FROM literature_change
        WHERE "table" = {name} ORDER BY row, id DESC
    ) AS last ON last.row = held.id WHERE last.kind IS NULL OR last.kind = 'removed'
"""
_GONE = """
    SELECT count(*) FROM (
        SELECT DISTINCT ON (row) row, kind FROM literature_change
        WHERE "table" = {name} ORDER BY row, id DESC
    ) AS last LEFT JOIN {table} AS held ON held.id = last.row
    WHERE held.id IS NULL AND last.kind <> 'removed'
"""


def history_gaps() -> list[str]:
    """Rows without their history, and history without its rows."""
    wrong = []
    watched = [
        watch
        for watch in (*of_literature.WATCHED, *of_patients.WATCHED)
        if not watch.table.startswith("auth_group")  # older than the history
    ]
    with connection.cursor() as cursor:
        for watch in watched:
            names = {"table": sql.Identifier(watch.table), "name": sql.Literal(watch.table)}
            for asked in (_LAST, _GONE):
                cursor.execute(sql.SQL(asked).format(**names))
                (number,) = cursor.fetchone()
                if number:
                    wrong.append(f"{number} rows of {watch.table} do not agree with the history.")
    return wrong


def listed(case: Case) -> list[Any]:
    """What is made of the rows of a case for those who may edit it, without when."""
    shown = Listing.objects.filter(case=case, audience=Audience.WORKING)
    keep = [field.name for field in Listing._meta.fields if field.name not in ("id", "listed_at")]
    items = ListedItem.objects.filter(listing__in=shown).order_by("kind", "public_id")
    entries = SearchEntry.objects.filter(listing__in=shown)
    steps = SearchStep.objects.filter(listing__in=shown).order_by("event", "code")
    return [
        *shown.values_list(*keep),
        *items.values_list("kind", "public_id", "position", "label", "data"),
        *entries.values_list("codes", "vector", "title_key"),
        *steps.values_list("event", "code"),
    ]


def listing_gaps() -> list[str]:
    """Cases whose listing is not what their rows say."""
    wrong = []
    for case in Case.objects.order_by("pk"):
        with transaction.atomic():
            before = listed(case)
            cases.refresh(case=case)
            if before and listed(case) != before:
                wrong.append(f"The listing of {case.accession} is not what its rows say.")
            transaction.set_rollback(True)
    return wrong


def publishing_gaps() -> list[str]:
    wrong = []
    for case in Case.objects.filter(title="To be published"):
        versions = list(case.versions.all())
        public = case.listings.filter(audience=Audience.PUBLIC).count()
        current = [version for version in versions if version.is_current]
        if case.status == Status.PUBLISHED:
            whole = len(current) == 1 and public == 1
            whole = whole and current[0].checksum == checksum(build_document(case))
        elif case.status == Status.WITHDRAWN:
            whole = bool(versions) and public == 0
        else:
            whole = not versions and public == 0
        if not whole:
            wrong.append(f"{case.accession} is {case.status}, and not as a whole.")
    return wrong


def import_gaps() -> list[str]:
    """An import is in the library with all its rows or with none."""
    wrong = []
    for imported in Import.objects.all():
        added = imported.rows.filter(outcome=Outcome.ADDED, result__isnull=False).count()
        there = Reference.objects.filter(csl__title__startswith=f"{imported.name} ").count()
        rows = imported.rows.count()
        should = rows if imported.state == ImportState.DONE else 0
        if not added == there == should:
            wrong.append(
                f"Import {imported.name} is {imported.state}; of {rows} rows {added} are marked "
                f"as added and {there} are in the library."
            )
    return wrong
