"""The same key, sent by many at once."""

import threading

from django.db import connection
from django.test import Client

from literature.models import Reference
from literature.rest.idempotency import HEADER, REPLAYED
from tests import make

PATH = "/api/v1/references/"
KEY = {HEADER: "8e03978e-40d5-43dd-bc93-6894a57f9324"}


def test_of_many_at_once_one_is_done(committed):
    """The others wait for it and are given its answer."""
    writers, body = 6, {"csl": {"type": "book", "title": "Sent six times at once"}}
    user = make.make_user("curator")
    start, given = threading.Barrier(writers), []

    def send() -> None:
        try:
            with connection.cursor() as cursor:  # a busy machine must not end who waits their turn
                cursor.execute("SET statement_timeout = 0")
            client = Client()
            client.force_login(user)
            start.wait()
            given.append(
                client.post(
                    "/api/v1/references/", body, headers=KEY, content_type="application/json"
                )
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in given] == [201] * writers
    assert len({answer.content for answer in given}) == 1
    assert sum(REPLAYED in answer for answer in given) == writers - 1
    assert Reference.objects.filter(title="Sent six times at once").count() == 1
