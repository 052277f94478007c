import pytest
from django.apps import apps
from django.db import connection

from tests.api.client import Api, Records


@pytest.fixture
def api(db):
    """Makes clients: `api()` reads, `api("curator")` writes."""
    return Api


@pytest.fixture
def records(db):
    return Records()


WRITTEN = ("patients", "literature", "knox", "sessions")


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Writes are committed, for threads to see. Emptied afterwards is what tests write; what
    migrations wrote, such as the groups, stays (a flush would take it from the next test)."""
    models = [model for label in WRITTEN for model in apps.get_app_config(label).get_models()]
    tables = ", ".join(["auth_user", *(model._meta.db_table for model in models)])
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
            # That the tables were emptied is written down, too.
            cursor.execute("TRUNCATE literature_change RESTART IDENTITY")
        connection.close()
