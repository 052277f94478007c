"""A server that only reads is no primary any more, or not yet: no connection to it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db import Error

READ_ONLY: Final = "25006"
"""PostgreSQL's documentation, appendix A."""


def let_go(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """An execute wrapper: where a write is refused because the server only reads, the connection
    ends with the request, and the next one is made to whichever server is the primary then. A
    pooler would keep it open to the one that it leads to."""
    try:
        return execute(sql, params, many, context)
    except Error as error:
        if getattr(error.__cause__, "pgcode", None) == READ_ONLY:
            context["connection"].close_at = 0.0
        raise


def notice(connection: Any) -> None:
    """Has `connection` do so, from now on."""
    if let_go not in connection.execute_wrappers:
        # In front, as `literature.history.acting.listen` is, and for its reason.
        connection.execute_wrappers.insert(0, let_go)
