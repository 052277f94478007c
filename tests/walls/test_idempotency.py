"""`Idempotency-Key`: on every address of the API, what is posted twice is done once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import get_resolver
from django.utils import timezone

from literature.models import AnsweredRequest, Import, Reference
from literature.rest.idempotency import HEADER, REPLAYED, ForgetOld
from literature.rest.views import ApiViewSet
from patients.history.purging import purge
from patients.models import FindingImage, Term
from tests import make
from tests.api.client import Api, fields, problem
from tests.matrix import asking
from tests.matrix.table import ROWS
from tests.matrix.world import filled
from tests.pages.pictures import phantom
from tests.walls.resolving import views

KEY = {HEADER: "8e03978e-40d5-43dd-bc93-6894a57f9324"}
NOT_TWICE = {"api:login", "api:logout", "api:token-end"}
"""What they give is a secret, which is kept nowhere, or they end a token, which ends once."""
POSTED = [row for row in ROWS if row.path.startswith("/api/v1/") and "POST" in row.answers]
POSTED = [row for row in POSTED if row.name not in NOT_TWICE]
pytestmark = pytest.mark.django_db


def test_every_address_that_is_posted_to_has_it():
    """Whether by `create` or by an action of its own; a view of another kind would be left out."""
    without = {
        name
        for name, view in views(get_resolver())
        if name.startswith("api:")
        and "post" in (getattr(view, "actions", None) or dir(getattr(view, "cls", None)))
        and not issubclass(view.cls, ApiViewSet)
    }
    assert without == NOT_TWICE


@pytest.mark.parametrize("path", ["references/export/", "references/suggest/"])
def test_an_address_that_takes_no_post_says_so_with_a_key_too(path):
    assert problem(Api("curator").post(path, {}, **KEY), 405)


@pytest.mark.parametrize("row", POSTED, ids=[f"{row.name} {row.path}" for row in POSTED])
def test_what_is_sent_twice_is_done_once(world, row):
    """The same answer, byte by byte, and no row written for the second; a refusal keeps no key."""
    client = asking.signed_in(world, "admin")
    path = filled(row.path, world.names("admin"))
    sent = row.sent(world, "POST") if callable(row.sent) else row.sent
    asked = {
        "data": b"" if sent is None else json.dumps(sent).encode(),
        "content_type": "application/json",
        "headers": {"If-Match": "*", **KEY},
    }
    with asking.rolled_back():
        first = client.generic("POST", path, **asked)
        assert first.status_code == row.answer("POST", "admin")
        if first.status_code >= 400:
            assert not AnsweredRequest.objects.exists()
            return
        rows = rows_of_records()
        second = client.generic("POST", path, **asked)
        assert (second.status_code, second.content) == (first.status_code, first.content)
        assert second.get("Location") == first.get("Location")
        assert second.get("ETag") == first.get("ETag")
        assert (first.get(REPLAYED), second.get(REPLAYED)) == (None, "true")
        assert rows_of_records() == rows


def rows_of_records() -> int:
    """The number of changes that the history has, which sees every write to a record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM literature_change")
        return int(sum(cursor.fetchone()))


def test_another_request_with_the_same_key_is_refused(records):
    api = Api("curator")
    body = records.body("terms")
    assert api.post("terms/", body, **KEY).status_code == 201
    assert fields(api.post("terms/", body | {"display": "Another"}, **KEY), 422) == {HEADER}
    assert fields(api.post("terms/?q=x", body, **KEY), 400) == {"q"}
    assert fields(api.post("patients/", records.body("patients"), **KEY), 422) == {HEADER}
    assert Term.objects.filter(display="Another").count() == 0
    assert AnsweredRequest.objects.count() == 1


def test_the_order_of_fields_and_white_space_make_no_other_request(records):
    api = Api("curator")
    body = records.body("terms")
    first = api.post("terms/", body, **KEY)
    turned = json.dumps(dict(reversed(body.items())), indent=2).encode()
    assert api.post("terms/", turned, **KEY).content == first.content


def test_a_key_belongs_to_its_user(records):
    body = records.body("references")
    first, second = Api("curator"), Api("researcher")
    before = Reference.objects.count()
    assert first.post("references/", body, **KEY).status_code == 201
    other = body | {"csl": body["csl"] | {"title": "Another work altogether"}}
    other["csl"].pop("DOI", None)
    assert second.post("references/", other, **KEY).status_code == 201
    assert Reference.objects.count() == before + 2


def test_who_may_not_is_refused_before_the_key_is_looked_at(records):
    body = records.body("terms")
    problem(Api("researcher").post("terms/", body, **KEY), 403)
    problem(Api().post("terms/", body, **KEY), 401)
    assert not AnsweredRequest.objects.exists()


def test_an_answer_is_not_given_to_who_may_no_more(records):
    api, body = Api("curator"), records.body("terms")
    assert api.post("terms/", body, **KEY).status_code == 201
    api.user.groups.clear()
    problem(api.post("terms/", body, **KEY), 403)


def test_what_failed_may_be_sent_again_mended(records):
    api, body = Api("curator"), records.body("terms")
    problem(api.post("terms/", body | {"no_field": 1}, **KEY), 400)
    assert api.post("terms/", body, **KEY).status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 256, "tab\t"])
def test_what_is_no_key_is_named(records, key):
    api = Api("curator")
    assert fields(api.post("terms/", records.body("terms"), **{HEADER: key})) == {HEADER}
    assert not AnsweredRequest.objects.exists()


def test_after_a_day_a_key_is_free_again(records):
    api, body = Api("curator"), records.body("patients")
    first = api.post("patients/", body, **KEY).json()
    AnsweredRequest.objects.update(at=timezone.now() - timedelta(hours=23, minutes=59))
    assert api.post("patients/", body, **KEY).json() == first
    AnsweredRequest.objects.update(at=timezone.now() - timedelta(hours=24, minutes=1))
    assert api.post("patients/", body, **KEY).json()["id"] != first["id"]
    assert AnsweredRequest.objects.count() == 1


def test_old_answers_are_thrown_away_whoever_asked():
    for hours in (1, 25):
        AnsweredRequest.objects.create(
            user=make.make_user(), key="k", at=timezone.now() - timedelta(hours=hours)
        )
    task = ForgetOld()
    assert not task()
    assert AnsweredRequest.objects.count() == 1
    AnsweredRequest.objects.update(at=timezone.now() - timedelta(hours=25))
    assert not task()  # which has looked a moment ago
    assert AnsweredRequest.objects.count() == 1


def test_purged_words_are_in_no_kept_answer(records):
    api, body = Api("curator"), records.body("terms") | {"display": "Zzyzxford's sign"}
    assert api.post("terms/", body, **KEY).status_code == 201
    purge(texts=["Zzyzxford"], by="an admin", reason="A name")
    assert not AnsweredRequest.objects.exists()


def test_a_file_sent_twice_is_one_import():
    api = Api("researcher")
    sent = b"TY  - BOOK\nTI  - A book\nER  - \n"

    def send(data: bytes) -> Any:
        return api.client.post(
            "/api/v1/imports/?name=list.ris", data, headers=KEY,
            content_type="application/octet-stream",
        )  # fmt: skip

    before = Import.objects.count()
    first, second = send(sent), send(sent)
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert Import.objects.count() == before + 1
    assert fields(send(sent.replace(b"A book", b"A look")), 422) == {HEADER}


def test_a_picture_sent_twice_is_one_image(records):
    api = Api("curator")

    def send(caption: str) -> Any:
        file = SimpleUploadedFile("scan.png", phantom(), "image/png")
        words = {"finding": records.finding.public_id, "caption": caption, "file": file}
        return api.client.post("/api/v1/images/", words, headers=KEY)

    first, second = send("A scan"), send("A scan")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.status_code == 201, first.content
    assert FindingImage.objects.filter(finding=records.finding).count() == 1
    assert fields(send("Another scan"), 422) == {HEADER}
