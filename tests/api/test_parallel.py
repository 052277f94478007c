"""Fifty writers on one case at once, by REST and by the editor: nothing that was saved is lost, and
whoever comes too late is told what has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from literature.models import Reference
from patients.actions import cases
from patients.models import Event, Term
from tests import make
from tests.api.client import Api, problem
from tests.pages.editing import fill, row_url
from tests.pages.rendering import text_of

pytestmark = pytest.mark.usefixtures("committed")
WRITERS = 50
EVENTS = 10
ATTEMPTS = 40
"""More than enough: of the five writers of an event, one succeeds at each turn."""


def at_once(work: Callable[[int], Any], writers: int = WRITERS) -> list[Any]:
    """What `work` gives for each number, in threads that begin together."""
    start, given = threading.Barrier(writers), [None] * writers

    def run(number: int) -> None:
        try:
            with connection.cursor() as cursor:  # a busy machine must not end who waits their turn
                cursor.execute("SET statement_timeout = 0")
            start.wait()
            given[number] = work(number)
        except BaseException as error:  # told to the test by `given`
            given[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in given:
        if isinstance(one, BaseException):
            raise one
    return given


def path_of(event: Event) -> str:
    return f"events/{event.public_id}/"


def test_of_fifty_with_one_state_one_is_saved_and_the_others_are_told():
    event = make.make_event(make.make_case(), 0, label="MRI", is_index=True)
    cases.refresh(case=event.case)
    writers = [Api("curator") for _ in range(WRITERS)]
    match = {"If-Match": writers[0].etag(path_of(event))}

    def write(number: int) -> Any:
        body = {"label": f"Label {number}"}
        return writers[number].send("PATCH", path_of(event), body, **match)

    answers = at_once(write)
    saved = [answer for answer in answers if answer.status_code == 200]
    assert len(saved) == 1
    label = saved[0].json()["label"]
    event.refresh_from_db()
    assert event.label == label
    for answer in answers:
        if answer not in saved:
            told = problem(answer, 412)["errors"]
            assert told == [{"field": "label", "detail": f"It was “MRI” and is “{label}” now."}]


def append_by_rest(api: Api, event: Event, word: str) -> int:
    """Adds a word to the event's detail; gives how often it came too late."""
    for late in range(ATTEMPTS):
        read = api.get(path_of(event))
        was = read.json()["detail"]
        body = {"detail": f"{was} {word}".strip()}
        answer = api.send("PATCH", path_of(event), body, **{"If-Match": read["ETag"]})
        if answer.status_code == 200:
            return late
        (told,) = problem(answer, 412)["errors"]
        assert told["field"] == "detail"
        was_told = f"It was “{was}” and is “" if was else "It was empty and is “"
        assert told["detail"].startswith(was_told)
    raise AssertionError(f"{word} was never saved")


def append_by_editor(client: Client, event: Event, word: str) -> int:
    """The same through the form of the row, as a browser without scripts sends it."""
    for late in range(ATTEMPTS):
        data = fill(client, event, "event")
        was = data["detail"]
        answer = client.post(row_url(event, "event"), data | {"detail": f"{was} {word}".strip()})
        if answer.status_code == 302:
            return late
        assert answer.status_code == 409
        text = text_of(answer.content.decode())
        assert "This row has changed since you opened it" in text
        assert "yours is “" in text
        assert word in text
    raise AssertionError(f"{word} was never saved")


def test_what_fifty_write_in_turns_is_all_there():
    case = make.make_case()
    events = [make.make_event(case, day, is_index=day == 0) for day in range(EVENTS)]
    cases.refresh(case=case)
    apis = [Api("curator") for _ in range(WRITERS)]

    def write(number: int) -> int:
        append = (
            append_by_rest if number % 2 else lambda api, *rest: append_by_editor(api.client, *rest)
        )
        return append(apis[number], events[number // 5], f"word-{number}")

    late = at_once(write)
    assert sum(late) > 0, "Nobody came too late, so nothing was tried."
    for index, event in enumerate(events):
        event.refresh_from_db()
        assert set(event.detail.split()) == {f"word-{5 * index + turn}" for turn in range(5)}


POSTS = 20


@pytest.mark.parametrize(
    ("prefix", "body", "field", "found"),
    [
        (
            "references",
            lambda number: {"csl": make.make_csl(DOI="10.5555/at-once", title=f"Report {number}")},
            "csl.DOI",
            lambda: Reference.objects.filter(doi="10.5555/at-once"),
        ),
        (
            "terms",
            lambda number: {"slug": "at-once", "kind": "drug", "display": f"Drug {number}"},
            "slug",
            lambda: Term.objects.filter(slug="at-once"),
        ),
    ],
)
def test_of_twenty_posts_of_one_key_one_is_made_and_the_others_are_told(prefix, body, field, found):
    """Only the key is the same: a display that exists too may be told before the key is."""
    writers = [Api("curator") for _ in range(POSTS)]
    answers = at_once(lambda number: writers[number].post(f"{prefix}/", body(number)), POSTS)
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201, *[400] * (POSTS - 1)]
    for answer in answers:
        if answer.status_code == 400:
            assert field in {error["field"] for error in problem(answer, 400)["errors"]}
    assert found().count() == 1
