import os

import pytest

NEEDS_COMMITS = {"transactional_db", "live_server", "django_db_reset_sequences", "committed"}


@pytest.fixture(autouse=True, scope="session")
def _no_settings_of_the_developer():
    """What a developer has set for a server of theirs must not decide what a test finds."""
    for name in ("PORT", "CASEBASE_DATA", "CASEBASE_CONTACT"):
        os.environ.pop(name, None)


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
