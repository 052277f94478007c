"""Counts what goes wrong between us and the database, also where it is handled and nobody sees."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from django.db import Error, connections
from django.db.utils import DatabaseErrorWrapper

from casebase.metrics.recorded import DATABASE_ERRORS


class Counting(DatabaseErrorWrapper):
    """Django sends every error of the driver through the wrapper of its connection: connecting,
    asking, fetching and committing alike. Errors are counted by the name of Django's class."""

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if exc_type is None:
            return
        try:
            super().__exit__(exc_type, exc_value, traceback)
        except Error as error:
            DATABASE_ERRORS.labels(type(error).__name__).inc()
            raise


def count_errors() -> None:
    """From here on, of this thread's connections. Opens none."""
    for alias in connections:
        connection: Any = connections[alias]
        if type(connection.wrap_database_errors) is not Counting:
            connection.wrap_database_errors = Counting(connection)
