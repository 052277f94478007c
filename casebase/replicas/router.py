"""Sends what is read to the server that the request was given, and all else to the primary."""

from __future__ import annotations

from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from literature import reading_from

PUBLISHED: Final = frozenset({"literature", "patients"})
"""Apps with what readers read. Accounts, sessions and tokens are read where they are written."""


class Router:
    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return reading_from.alias() if model._meta.app_label in PUBLISHED else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """They are the same rows, wherever they were read."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
