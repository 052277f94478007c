"""No connection is kept to a server that only reads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from literature.models import Reference
from literature.outages import AWAY, outage_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept() -> Iterator[None]:
    before = connection.close_at
    yield
    connection.close_at = before


def write(*, read_only: bool) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if read_only:
            cursor.execute("SET TRANSACTION READ ONLY")
        Reference.objects.create(csl={"type": "book", "title": "A book"})


def test_a_write_that_is_refused_there_ends_the_connection_with_the_request() -> None:
    with pytest.raises(DatabaseError) as refused:
        write(read_only=True)
    assert outage_of(refused.value) is AWAY
    assert connection.close_at == 0.0


def test_any_other_error_keeps_it() -> None:
    write(read_only=False)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert connection.close_at != 0.0
