"""A connection as the web process has it: with a role that owns nothing."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import psycopg2
import pytest
from django.db import connection, transaction

from casebase.postgres.roles import WEB_ROLE, ensure_web_role
from literature.history.web_role import grant


def owner_url() -> str:
    settings = connection.settings_dict
    host = quote(settings["HOST"] or "", safe="")
    login = quote(settings["USER"], safe="")
    if settings["PASSWORD"]:
        login += ":" + quote(settings["PASSWORD"], safe="")
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgres://{login}@{host}{port}/{settings['NAME']}"


@pytest.fixture
def web(transactional_db: None) -> Iterator[Any]:
    """A connection of the web role's own, in autocommit, beside the owner's."""
    url = ensure_web_role(owner_url())
    with transaction.atomic():
        grant(connection, WEB_ROLE)
    other = psycopg2.connect(url)
    other.autocommit = True
    yield other
    other.close()


@pytest.fixture
def as_web_role(db: None) -> Iterator[None]:
    """All that the test does from here on, it does as the web role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [WEB_ROLE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {WEB_ROLE} LOGIN")
        grant(connection, WEB_ROLE)
        cursor.execute(f"SET SESSION AUTHORIZATION {WEB_ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
