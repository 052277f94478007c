"""How many inputs are tried: a few in `make test`, all of them in `make fuzz`."""

from __future__ import annotations

import os


def amount(name: str, usual: int) -> int:
    """What the environment says under `name`, such as CASEBASE_FUZZ_API; `usual` without it."""
    return int(os.environ.get(name, "") or usual)


API_CASES = amount("CASEBASE_FUZZ_API", 1_500)
"""Requests of the API, over all roles."""
PAGE_CASES = amount("CASEBASE_FUZZ_PAGES", 1_000)
"""Requests of pages, over all routes and roles."""
IMPORTER_INPUTS = amount("CASEBASE_FUZZ_INPUTS", 6_000)
"""Inputs, over everything that reads what others have written."""


def share(total: int, of: int) -> int:
    """An equal part, rounded up: all parts together are at least `total`."""
    return -(-total // of)
