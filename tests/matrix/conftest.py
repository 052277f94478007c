import pytest

from tests.matrix import asking
from tests.matrix.world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once; whatever a request writes is rolled back behind it."""
    with django_db_blocker.unblock(), asking.rolled_back():
        yield World()
