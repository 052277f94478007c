"""The databases, read from the environment: the primary, and replicas where there are any."""

from __future__ import annotations

import os
import re
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from casebase.environment import flag, number

NO_DATABASE = (
    "Set DATABASE_URL to a PostgreSQL database, such as postgres://user:password@host/name, "
    "or use `make run`, which starts one of its own."
)
SCHEMES = ("postgres://", "postgresql://")


def parsed(url: str, variable: str, *, pooled: bool = False) -> Any:
    """Django's settings of the database at `url`. Raises ImproperlyConfigured, which says nothing
    of what is in it: there may be a password."""
    if not url.startswith(SCHEMES):
        raise ImproperlyConfigured(f"Set {variable} to a PostgreSQL database: postgres://…")
    try:
        database: Any = dj_database_url.parse(
            one_host(url),
            conn_max_age=600,
            conn_health_checks=True,
            disable_server_side_cursors=pooled,
        )
    except ValueError:
        raise ImproperlyConfigured(
            f"{variable} cannot be read: set it to postgres://user:password@host:port/name, with "
            "%40, %2F and so on for special characters in the password."
        ) from None
    database["OPTIONS"] = options(pooled=pooled) | database.get("OPTIONS", {})
    return database


def one_host(url: str) -> str:
    """libpq takes several hosts with a comma between them, Django's settings in options alone."""
    parts = urlsplit(url)
    account, at, places = parts.netloc.rpartition("@")
    if "," not in places:
        return url
    pairs = [re.fullmatch(r"(.*?)(?::(\d*))?", place) for place in places.split(",")]
    hosts, ports = zip(*(pair.groups("") for pair in pairs if pair), strict=True)
    query = "host=" + ",".join(quote(host.strip("[]"), safe="%") for host in hosts)
    if any(ports):
        query += f"&port={','.join(port or '5432' for port in ports)}"
    query += f"&{parts.query}" if parts.query else ""
    return urlunsplit(parts._replace(netloc=f"{account}{at}", query=query))


def options(*, pooled: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "connect_timeout": 3,
        # A machine that is gone says nothing: after half a minute it counts as gone.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 4,
        "tcp_user_timeout": 30_000,
    }
    if not pooled:  # which refuses them: `casebase.pooler` sees that the role has them
        # A process that hangs while it holds a transaction must not hold its locks for ever.
        told["options"] = (
            f"-c statement_timeout={STATEMENT_TIMEOUT}s "
            f"-c idle_in_transaction_session_timeout={IDLE_TIMEOUT}s"
        )
    return told


def replica_urls() -> list[str]:
    told = os.environ.get("REPLICA_DATABASE_URL", "").strip()
    return re.split(r"\s*,\s*(?=postgres(?:ql)?://)", told) if told else []


STATEMENT_TIMEOUT = number("CASEBASE_STATEMENT_TIMEOUT", 15)
"""Seconds after which the database gives up on one statement; 0 is never."""
IDLE_TIMEOUT = 60
REQUEST_TIMEOUT = number("CASEBASE_REQUEST_TIMEOUT", 30)
"""Seconds after which a request is given up that asks the database for more; 0 is never."""
POOLER = flag("CASEBASE_POOLER")
"""Whether a pooler that gives a connection to each transaction, such as pgbouncer, stands before
the servers of DATABASE_URL and REPLICA_DATABASE_URL."""
REPLICA_LAG = number("CASEBASE_REPLICA_LAG", 5, least=1)
"""Seconds that what a reader is shown may be behind; a replica that is further is not read from."""
OWNER_URL = os.environ.get("CASEBASE_OWNER_DATABASE_URL", "")
AS_OWNER = flag("CASEBASE_AS_OWNER")
if not os.environ.get("DATABASE_URL"):
    raise ImproperlyConfigured(NO_DATABASE)
_primary = parsed(os.environ["DATABASE_URL"], "DATABASE_URL", pooled=POOLER)
WEB_ROLE = _primary["USER"] if OWNER_URL else ""
"""Whom `migrate` grants what the web process needs."""
if OWNER_URL and AS_OWNER:  # at the server itself, and reading what it writes
    DATABASES = {"default": parsed(OWNER_URL, "CASEBASE_OWNER_DATABASE_URL")}
else:
    _replicas = [parsed(url, "REPLICA_DATABASE_URL", pooled=POOLER) for url in replica_urls()]
    DATABASES = {"default": _primary}
    DATABASES |= {f"replica{place}": told for place, told in enumerate(_replicas, 1)}
REPLICAS = sorted(DATABASES.keys() - {"default"})
DATABASE_ROUTERS = ["casebase.replicas.router.Router"] if REPLICAS else []
