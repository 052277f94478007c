"""A site that is run for real does not start where its web process could change the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections

from literature.history.web_role import powers


def history_is_safe(
    app_configs: Any, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """A system check of databases. The demo and a developer's own site may have one role."""
    if settings.DEMO or settings.DEBUG or settings.AS_OWNER or not databases:
        return []
    connection = connections["default"]
    if "literature_change" not in connection.introspection.table_names():
        return []  # not migrated yet
    found = powers(connection)
    if not found:
        return []
    role = connection.settings_dict["USER"]
    return [
        Error(
            f"The web process connects as {role}, which could change the history of records: it "
            f"{', '.join(found)}.",
            hint="Make a role that owns nothing (createuser --pwprompt casebase_web), set "
            "DATABASE_URL to it and CASEBASE_OWNER_DATABASE_URL to the owner, and run manage.py "
            "migrate, which grants it what it needs. docs/running.md says more.",
            id="literature.E001",
        )
    ]


def refuse_unsafe_history() -> None:
    """Raises ImproperlyConfigured. A database that does not answer yet refuses nothing."""
    try:
        errors = history_is_safe(None, databases=["default"])
    except OperationalError:
        return
    finally:
        connections["default"].close()
    for error in errors:
        raise ImproperlyConfigured(f"{error.msg} {error.hint}")
