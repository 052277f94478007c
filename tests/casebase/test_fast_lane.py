"""What is prepared is what the usual way would send, to nobody but those who may read it."""

from __future__ import annotations

import gzip
import re
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casebase.fast_lane import PATH
from literature.background import work_a_little
from patients import background
from patients.actions import cases, prepared_answers
from patients.models import Case, PreparedAnswer
from patients.serving import build
from patients.vocabulary import PreparedKind
from tests import make

pytestmark = pytest.mark.django_db
ORIGIN = "http://testserver"
NOT_COMPARED = {"X-Request-ID"}


@pytest.fixture(autouse=True)
def _origin(settings: Any) -> None:
    settings.SITE_ORIGIN = ORIGIN
    cache.clear()  # which counts who asked how often


@pytest.fixture
def case() -> Case:
    return make.make_published_case(title="A course", events=3)


def addresses(case: Case) -> list[str]:
    return [f"/cases/{case.accession}/", f"/api/v1/cases/{case.accession}/"]


def prepare_all() -> None:
    call_command("prepare_answers", stdout=StringIO())
    assert prepared_answers.prepare_after(0) == (None, 0)


def ask(path: str, *, method: str = "GET", **headers: str) -> tuple[Any, list[str]]:
    """The answer, and what was asked of the database for it."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = Client().generic(method, path, headers=headers)
    return answer, [query["sql"] for query in asked.captured_queries]


def is_quick(asked: list[str]) -> bool:
    return len(asked) == 1 and "patients_prepared_answer" in asked[0]


def shown(answer: Any) -> dict[str, str]:
    """Headers, but the one that differs each time."""
    return {name: value for name, value in answer.items() if name not in NOT_COMPARED}


@pytest.mark.parametrize("kind", [0, 1])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("encoding", ["", "gzip", "identity"])
def test_both_ways_answer_the_same(case: Case, kind: int, method: str, encoding: str) -> None:
    path = addresses(case)[kind]
    headers = {"Accept-Encoding": encoding} if encoding else {}
    usual, asked = ask(path, method=method, **headers)
    assert not is_quick(asked)
    prepare_all()
    quick, asked = ask(path, method=method, **headers)
    assert is_quick(asked)
    assert quick.status_code == usual.status_code == 200
    assert unpacked(quick) == unpacked(usual)
    assert without_length(quick) == without_length(usual)


def unpacked(answer: Any) -> bytes:
    packed = answer.get("Content-Encoding") == "gzip" and answer.content
    return gzip.decompress(answer.content) if packed else answer.content


def without_length(answer: Any) -> dict[str, str]:
    """The JSON of the usual way is not compressed, and a page's bytes are packed otherwise."""
    found = {
        name: value
        for name, value in shown(answer).items()
        if name not in ("Content-Length", "Content-Encoding")
    }
    found["Vary"] = found["Vary"].removesuffix(", Accept-Encoding")
    found["ETag"] = found["ETag"].removeprefix("W/")
    return found


@pytest.mark.parametrize("kind", [0, 1])
def test_what_a_reader_has_already_is_not_sent_again(case: Case, kind: int) -> None:
    path = addresses(case)[kind]
    usual, _ = ask(path)
    prepare_all()
    for known in (usual["ETag"], f'"other", {usual["ETag"]}', "*"):
        answer, asked = ask(path, **{"If-None-Match": known})
        assert is_quick(asked)
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", usual["ETag"])
    packed, _ = ask(path, **{"Accept-Encoding": "gzip"})
    assert packed["ETag"].startswith("W/")
    again = {"If-None-Match": packed["ETag"], "Accept-Encoding": "gzip"}
    assert ask(path, **again)[0].status_code == 304
    answer, _ = ask(path, **{"If-None-Match": '"other"'})
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", [0, 1])
def test_the_next_version_is_there_at_once(case: Case, kind: int) -> None:
    prepare_all()
    event = case.events.first()
    event.label = "Reworded"
    cases.save(row=event, by=None)
    cases.publish(case=case, by=None)
    answer, asked = ask(addresses(case)[kind])
    assert not is_quick(asked)
    assert "Reworded" in answer.content.decode()
    prepare_all()
    again, asked = ask(addresses(case)[kind])
    assert is_quick(asked)
    assert again.content == answer.content


@pytest.mark.parametrize("kind", [0, 1])
def test_what_is_withdrawn_is_gone_at_once(case: Case, kind: int) -> None:
    prepare_all()
    cases.withdraw(case=case, by=None, reason="At the family's wish")
    answer, _ = ask(addresses(case)[kind])
    assert answer.status_code == 410
    assert not PreparedAnswer.objects.exists()


@pytest.mark.parametrize("kind", [0, 1])
def test_what_is_hidden_another_way_is_gone_at_once_and_unprepared_soon(
    case: Case, kind: int
) -> None:
    prepare_all()
    Case.objects.filter(pk=case.pk).update(status="draft")
    answer, _ = ask(addresses(case)[kind])
    assert answer.status_code == 404
    assert PreparedAnswer.objects.exists()
    background.PrepareAnswers()()
    assert not PreparedAnswer.objects.exists()


@pytest.mark.parametrize("kind", [0, 1])
def test_a_draft_is_never_prepared_and_unknown_is_the_same(kind: int) -> None:
    draft = make.make_case()
    assert prepared_answers.prepare_after(0) == (None, 0)
    hidden, of_hidden = ask(addresses(draft)[kind])
    unknown, of_unknown = ask(addresses(Case(accession="CB-0000000"))[kind])
    assert hidden.status_code == unknown.status_code == 404
    assert len(of_hidden) == len(of_unknown)


def test_words_that_were_purged_are_not_in_what_is_prepared(case: Case) -> None:
    from patients.history.purging import purge

    event = case.events.first()
    event.label = "Seen by Zzyzxford"
    cases.save(row=event, by=None)
    cases.publish(case=case, by=None)
    prepare_all()
    purge(texts=["Zzyzxford"], by="an admin", reason="A name")
    assert not PreparedAnswer.objects.exists()
    for path in addresses(case):
        assert "Zzyzxford" not in ask(path)[0].content.decode()


@pytest.mark.parametrize(
    "headers",
    [{"Authorization": "Token x"}, {"Cookie": "sessionid=x"}, {"Cookie": "messages=x"}],
)
def test_whoever_brings_more_goes_the_usual_way(case: Case, headers: dict[str, str]) -> None:
    prepare_all()
    for path in addresses(case):
        assert not is_quick(ask(path, **headers)[1])
    assert not is_quick(ask(f"{addresses(case)[0]}?axis=linear")[1])
    assert is_quick(ask(addresses(case)[0], Cookie="csrftoken=x")[1])


def test_where_reading_needs_an_account_nothing_is_sent_before(case: Case, settings: Any) -> None:
    prepare_all()
    settings.ANONYMOUS_READING = False
    page, api = (ask(path)[0] for path in addresses(case))
    assert (page.status_code, api.status_code) == (302, 401)


def test_another_host_or_scheme_is_named_on_no_page(case: Case, settings: Any) -> None:
    prepare_all()
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    path = addresses(case)[0]
    answer, asked = ask(path, Host="other.example.org")
    assert not is_quick(asked)
    assert "http://other.example.org/" in answer.content.decode()
    assert ask(path, Host="evil.example.org")[0].status_code == 400
    assert ask(addresses(case)[1], Host="evil.example.org")[0].status_code == 400


def test_another_build_makes_its_own(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_all()
    PreparedAnswer.objects.update(build="0" * 16)
    assert not is_quick(ask(addresses(case)[0])[1])
    prepare_all()
    assert PreparedAnswer.objects.count() == len(PreparedKind)
    assert re.fullmatch(r"[0-9a-f]{16}", build.build_id())


def test_who_asks_too_often_is_told_so(case: Case, settings: Any) -> None:
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "anon": "2/min"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    prepare_all()
    path = addresses(case)[1]
    assert [ask(path)[0].status_code for _ in range(3)] == [200, 200, 429]


def test_the_worker_prepares_beside_its_imports(case: Case) -> None:
    while work_a_little():
        pass
    assert {row.kind for row in PreparedAnswer.objects.all()} == set(PreparedKind)


@pytest.mark.parametrize("path", ["/cases/CB-1/", "/cases/CB-7K3M2QX", "/cases/CB-7K3M2QX/v/1/"])
def test_other_addresses_are_not_meant(path: str) -> None:
    assert PATH.fullmatch(path) is None
