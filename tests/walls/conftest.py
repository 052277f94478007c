import pytest
from django.core.cache import cache

from tests.api.conftest import committed, records
from tests.matrix import asking
from tests.matrix.world import World

__all__ = ["committed", "records"]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once; whatever a request writes is rolled back behind it."""
    with django_db_blocker.unblock(), asking.rolled_back():
        yield World()


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()
