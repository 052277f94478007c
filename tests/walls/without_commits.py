"""For `make mutants`: leaves out tests that commit. The database is kept from one run to the next,
and such a test empties it at its end, of what migrations wrote there too."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import NEEDS_COMMITS


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[Any]) -> None:
    items[:] = [item for item in items if not commits(item)]


def commits(item: Any) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = marker.kwargs if marker else {}
    return bool(asked.get("transaction") or NEEDS_COMMITS.intersection(item.fixturenames))
