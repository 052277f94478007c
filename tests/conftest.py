import os

import pytest

from tests.database import OWN_SERVER

NEEDS_COMMITS = {"transactional_db", "live_server", "django_db_reset_sequences", "committed"}


@pytest.fixture(autouse=True, scope="session")
def _no_settings_of_the_developer():
    """What a developer has set for a server of theirs must not decide what a test finds."""
    for name in ("PORT", "CASEBASE_DATA", "CASEBASE_FONTS"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def django_db_keepdb(request):
    """A database whose server goes with the tests need not be dropped before: a thread that still
    holds a connection to it, such as a live server's, would make the end of the tests fail."""
    return OWN_SERVER in os.environ or request.config.getvalue("reuse_db")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that commits empties all tables at its end. What migrations wrote there, such as the
    roles, is put back for the next one, whether it asked for that or not."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        asked = marker.kwargs if marker else {}
        if asked.get("transaction") or NEEDS_COMMITS.intersection(
            getattr(item, "fixturenames", ())
        ):
            asked = {**asked, "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**asked), append=False)
