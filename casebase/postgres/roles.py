"""The two roles that Casebase connects as: the owner, who migrates, and the web process."""

import contextlib
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import errors, sql

WEB_ROLE = "casebase_web"


def ensure_web_role(owner_url: str) -> str:
    """Makes the role if it is not there; gives the URL by which the web process connects.

    For a server of one's own, where a role needs no password.
    """
    connection = psycopg2.connect(owner_url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            role = sql.Identifier(WEB_ROLE)
            # From an earlier start, or made by another one at this moment.
            with contextlib.suppress(errors.DuplicateObject, errors.UniqueViolation):
                cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
    finally:
        connection.close()
    parts = urlsplit(owner_url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{WEB_ROLE}@{host}"))
