"""Directus over the very database: our tables as its collections, read by the public.

Directus makes tables of its own beside ours. It is installed by npm, with the Node.js that it needs
where this machine has an older one.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlencode, urlsplit

import psycopg2

from bench.reading.servers import Running, free_port, running

VERSION: Final = "12.3.1"
NODE: Final = "22.23.3"
LEAST_NODE: Final = 22
MANIFEST: Final = {"private": True, "allowScripts": {"isolated-vm": True, "argon2": True}}
"""Two packages may run a script when they are installed: the first is compiled by it."""
TOKEN: Final = "only-for-a-benchmark-and-long-enough"
PASSWORD: Final = "only-for-a-benchmark"
TABLES: Final = (
    "patients_case", "patients_event", "patients_imagingfinding", "patients_citation",
    "patients_term", "literature_reference",
)  # fmt: skip
"""The public may read all rows of these. Rules by row (only what is published) need a licence, so
the request asks for what is published, and what it costs to check is not in what is measured."""
MANY: Final = (
    ("patients_case", "events", "patients_event", "case_id"),
    ("patients_case", "imaging_findings", "patients_imagingfinding", "case_id"),
    ("patients_event", "citations", "patients_citation", "event_id"),
)
"""A collection, the field it gets, and the collection and column that point to it."""
FIELDS: Final = (
    "accession,title,summary,"
    "events.public_id,events.label,events.category,events.detail,events.start_low,"
    "events.start_high,events.end_low,events.end_high,events.term_id.display,"
    "events.citations.public_id,events.citations.role,events.citations.quote,"
    "events.citations.reference_id.public_id,"
    "imaging_findings.public_id,imaging_findings.description,imaging_findings.modality,"
    "imaging_findings.patency"
)
DETAIL: Final = "/items/patients_case?" + urlencode({"limit": 1, "fields": FIELDS}) + (
    "&filter[accession][_eq]={}&filter[status][_eq]=published"
)  # fmt: skip


class DirectusError(Exception):
    """It cannot be set up; the message says why."""


def install(home: Path) -> dict[str, str]:
    """Gives the environment in which its programs run. Raises CalledProcessError where npm cannot
    install it, and FileNotFoundError without npm."""
    variables = dict(os.environ)
    home.mkdir(parents=True, exist_ok=True)
    manifest = home / "package.json"
    if not manifest.exists():
        manifest.write_text(json.dumps(MANIFEST))
    if _node_version() < LEAST_NODE:
        system = f"node-{platform.system().lower()}-{_machine()}"
        if not (home / "node_modules" / system).exists():
            _npm(home, variables, f"{system}@{NODE}")
        node = home / "node_modules" / system
        variables["PATH"] = f"{node / 'bin'}{os.pathsep}{variables['PATH']}"
        variables["npm_config_nodedir"] = str(node)  # what is compiled is compiled for it
    if not (home / "node_modules" / ".bin" / "directus").exists():
        _npm(home, variables, f"directus@{VERSION}")
    return variables


def _node_version() -> int:
    if shutil.which("node") is None:
        return 0
    said = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True)
    found = re.match(r"v(\d+)", said.stdout)
    return int(found[1]) if found else 0


def _machine() -> str:
    return {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def _npm(home: Path, variables: dict[str, str], package: str) -> None:
    command = [
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--save-exact",
        package,
    ]
    subprocess.run(command, cwd=home, env=variables, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)  # fmt: skip


@contextlib.contextmanager
def directus(folder: Path, owner_url: str) -> Iterator[Running]:
    """Installed into `folder`/directus, if it is not there. `owner_url` is that of the base, whose
    host may be the folder of a socket. Raises DirectusError."""
    home = folder / "directus"
    port = free_port()
    variables = install(home) | _settings(owner_url, port)
    program = str(home / "node_modules" / ".bin" / "directus")
    log = folder / "directus.log"
    with log.open("wb") as out:
        subprocess.run([program, "bootstrap"], cwd=home, env=variables, check=True, stdout=out,
                       stderr=out)  # fmt: skip
    _show_our_tables(owner_url)
    with running([program, "start"], port, variables, home, log=log) as found:
        yield found


def _settings(owner_url: str, port: int) -> dict[str, str]:
    base = urlsplit(owner_url)
    host, _, number = base.netloc.rpartition("@")[2].partition(":")
    return {
        "HOST": "127.0.0.1", "PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "KEY": "bench", "SECRET": TOKEN,
        "DB_CLIENT": "pg", "DB_HOST": unquote(host), "DB_PORT": number or "5432",
        "DB_DATABASE": base.path.lstrip("/"), "DB_USER": unquote(base.username or ""),
        "DB_PASSWORD": unquote(base.password or "none"),
        "ADMIN_EMAIL": "admin@example.org", "ADMIN_PASSWORD": PASSWORD, "ADMIN_TOKEN": TOKEN,
        "CACHE_ENABLED": "false", "LOG_LEVEL": "error", "TELEMETRY": "false",
        "RATE_LIMITER_ENABLED": "false", "PRESSURE_LIMITER_ENABLED": "false",
        "WEBSOCKETS_ENABLED": "false",
        "NODE_ENV": "production",
    }  # fmt: skip


def _show_our_tables(owner_url: str) -> None:
    """Registers our tables, the lists of what points to a row, and what the public may read: what
    one would do by hand in its settings. They are written into its own tables, since its API for
    relations would make our foreign keys anew. Raises DirectusError."""
    with closing(psycopg2.connect(owner_url)) as connection, connection, connection.cursor() as at:
        at.execute('SELECT policy FROM directus_access WHERE role IS NULL AND "user" IS NULL')
        public = at.fetchone()
        if public is None:
            raise DirectusError("Directus has no policy for the public.")
        names = list(TABLES)
        for table, column in (
            ("collections", "collection"),
            ("fields", "collection"),
            ("relations", "many_collection"),
            ("permissions", "collection"),
        ):
            at.execute(f"DELETE FROM directus_{table} WHERE {column} = ANY (%s)", [names])
        for table in TABLES:
            at.execute("INSERT INTO directus_collections (collection) VALUES (%s)", [table])
            at.execute(
                "INSERT INTO directus_permissions (policy, collection, action, fields) "
                "VALUES (%s, %s, 'read', '*')",
                [*public, table],
            )
        for one, field, many, column in MANY:
            at.execute(
                "INSERT INTO directus_fields (collection, field, special, interface) "
                "VALUES (%s, %s, 'o2m', 'list-o2m')", [one, field],
            )  # fmt: skip
            at.execute(
                "INSERT INTO directus_relations (many_collection, many_field, one_collection, "
                "one_field) VALUES (%s, %s, %s, %s)", [many, column, one, field],
            )  # fmt: skip
