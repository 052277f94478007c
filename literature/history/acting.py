"""Who acts, why and by what way: told to the database with each write, for the history it keeps.

It goes as a setting of the transaction, in front of the statement, so that nothing stays behind in
a session of the database. A write that nobody spoke for is recorded all the same, with the
database's own user.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from psycopg2.extensions import QuotedString
from psycopg2.sql import Composable

SETTING = "casebase.acting"
COMMAND, WORKER = "command", "import worker"
"""How ways begin that are no request: `command migrate`."""
MAX_LENGTHS = {"username": 150, "reason": 500, "way": 300}
WRITES = re.compile(
    r"(?:\s+|--[^\n]*\n|/\*.*?\*/)*(?:INSERT|UPDATE|DELETE|MERGE|WITH|TRUNCATE|DO)\b",
    re.IGNORECASE | re.DOTALL,
)
"""How a statement begins that may change rows."""


@dataclass(frozen=True, slots=True)
class Acting:
    by: Callable[[], Any] = lambda: None
    """Gives the user, asked at each write: a token's user is known only once it was read."""
    reason: str = ""
    way: str = ""


_now: ContextVar[Acting | None] = ContextVar("acting", default=None)
_of_thread = threading.local()


@contextmanager
def acting(
    *, by: Any = None, reason: str = "", way: str = "", asked: Callable[[], Any] | None = None
) -> Iterator[None]:
    """Every write inside is recorded as made by the user `by`, for `reason`, by `way`.

    `way` is a request's method and path or a command's name. What is left out is taken from the
    `acting` around this one. `asked` gives the user where it is not known yet.
    """
    outer = _now.get() or Acting()
    changes: dict[str, Any] = {}
    if asked is not None or by is not None:
        changes["by"] = asked or (lambda: by)
    changes |= {name: value for name, value in (("reason", reason), ("way", way)) if value}
    token = _now.set(replace(outer, **changes))
    try:
        yield
    finally:
        _now.reset(token)


def tell_database(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """An execute wrapper: says who acts in front of each statement that may write."""
    if isinstance(sql, Composable):
        sql = sql.as_string(context["connection"].connection)
    if isinstance(sql, str) and WRITES.match(sql):
        told = _told()
        # What an earlier write of this transaction was told must not pass to this one.
        if told or getattr(_of_thread, "told", False):
            _of_thread.told = bool(told)
            sql = _setting(told, doubled=params is not None) + sql
    return execute(sql, params, many, context)


def listen(connection: Any) -> None:
    """Has `connection` tell who acts, from now on."""
    if tell_database not in connection.execute_wrappers:
        # In front: one that is opened inside `execute_wrapper` has its last one taken off after.
        connection.execute_wrappers.insert(0, tell_database)


def _told() -> str:
    now = _now.get()
    if now is None:
        return ""
    user = _user(now)
    told = {"reason": now.reason, "way": now.way}
    if user is not None:
        told["username"] = user.get_username()
    cut = {
        name: value[: MAX_LENGTHS[name]].replace("\0", "") for name, value in told.items() if value
    }
    return json.dumps({**cut, **({"user": user.pk} if user is not None else {})})


def _user(now: Acting) -> Any:
    """The user with an account, if there is one. To find it out may itself write, for nobody."""
    if getattr(_of_thread, "asking", False):
        return None
    _of_thread.asking = True
    try:
        user = now.by()
        return user if getattr(user, "pk", None) else None
    finally:
        _of_thread.asking = False


def _setting(told: str, *, doubled: bool) -> str:
    quoted = QuotedString(told)
    quoted.encoding = "utf-8"
    literal = quoted.getquoted().decode()
    statement = f"SELECT set_config('{SETTING}', {literal}, true); "
    return statement.replace("%", "%%") if doubled else statement
