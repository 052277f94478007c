"""Nothing goes on for ever: a statement, a transaction that waits, a request."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from casebase.deadline import Deadline, OutOfTimeError
from literature.models import Reference

pytestmark = pytest.mark.django_db


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def request_of(view, settings, seconds=30):
    settings.REQUEST_TIMEOUT = seconds
    clock = Clock()

    def answer(request):
        return view(clock)

    return Deadline(answer, clock)(RequestFactory().get("/"))


def test_a_request_in_time_is_answered(settings):
    def view(clock):
        clock.now += 29
        return HttpResponse(str(Reference.objects.count()))

    assert request_of(view, settings).status_code == 200


def test_a_request_that_takes_too_long_asks_no_more(settings):
    def view(clock):
        Reference.objects.count()
        clock.now += 31
        Reference.objects.count()

    with pytest.raises(OutOfTimeError):
        request_of(view, settings)
    assert issubclass(OutOfTimeError, OperationalError)
    assert Reference.objects.count() == 0, "The next request is not held to it"


def test_what_it_wrote_is_taken_back(settings):
    def view(clock):
        with transaction.atomic():
            Reference.objects.bulk_create([Reference(csl={"type": "book", "title": "Half"})])
            clock.now += 31
            Reference.objects.count()

    with pytest.raises(DatabaseError), transaction.atomic():
        request_of(view, settings)
    assert not Reference.objects.filter(csl__title="Half").exists()


def test_without_a_limit_there_is_none(settings):
    def view(clock):
        clock.now += 10_000
        return HttpResponse(str(Reference.objects.count()))

    assert request_of(view, settings, seconds=0).status_code == 200


def test_a_statement_is_given_up_by_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("15s",)
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("1min",)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '50ms'")
        with pytest.raises(OperationalError, match="statement timeout"), transaction.atomic():
            cursor.execute("SELECT pg_sleep(60)")
