"""Behind a pooler a connection is a new one's with each transaction, so what a session is told when
it begins must be the role's own."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections

NEEDED: Final = "SELECT name, setting::bigint / 1000 FROM pg_settings WHERE name = ANY (%s)"


def refuse_without_limits() -> None:
    """Raises ImproperlyConfigured where a statement could go on for longer than the settings say. A
    database that does not answer yet refuses nothing."""
    if not settings.POOLER:
        return
    wanted = {
        "statement_timeout": settings.STATEMENT_TIMEOUT,
        "idle_in_transaction_session_timeout": settings.IDLE_TIMEOUT,
    }
    connection = connections["default"]
    try:
        with connection.cursor() as cursor:
            cursor.execute(NEEDED, [list(wanted)])
            found = dict(cursor.fetchall())
    except OperationalError:
        return
    finally:
        connection.close()
    wrong = {name: seconds for name, seconds in wanted.items() if found[name] != seconds}
    if wrong:
        role = connection.settings_dict["USER"]
        do = "; ".join(f"ALTER ROLE {role} SET {name} = '{wrong[name]}s'" for name in wrong)
        raise ImproperlyConfigured(
            "CASEBASE_POOLER is 1, and no pooler takes a limit of time from us: the role must "
            f"have it. On the database server run {do}; then have the pooler connect anew "
            "(RECONNECT in pgbouncer's console)."
        )
