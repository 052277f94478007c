"""A PostgreSQL of the tests' own, in a folder that goes when they end.

`tests.settings` asks for it, so it runs before Django reads its settings, under plain `pytest` as
well as under `make test`. The workers of pytest-xdist find the URL in the environment.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from casebase.postgres import Server

OWN_SERVER = "CASEBASE_TESTS_OWN_SERVER"
"""Set where the server goes with the tests, for their workers to know."""


def ensure_database() -> str:
    """The URL of a server: the one in DATABASE_URL, else a new one."""
    if url := os.environ.get("DATABASE_URL"):
        return url
    folder = Path(tempfile.mkdtemp(prefix="casebase-tests-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    server = Server(folder, durable=False, say=lambda line: None)
    started_by = os.getpid()

    def remove() -> None:
        if os.getpid() == started_by:
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(server.home.data.parent, ignore_errors=True)

    atexit.register(remove)
    os.environ["DATABASE_URL"] = server.start()
    os.environ[OWN_SERVER] = "1"
    return os.environ["DATABASE_URL"]
