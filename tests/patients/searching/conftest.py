from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def from_demo(django_db_setup, django_db_blocker):
    """What a function reads from a loaded demo knowledge base, which is then undone."""

    def read(function):
        with django_db_blocker.unblock(), transaction.atomic():
            call_command("load_demo", stdout=StringIO())
            result = function()
            transaction.set_rollback(True)
        return result

    return read
