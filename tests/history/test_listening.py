"""Who acts is told on every connection, also on one that is opened while another wrapper is on."""

from django.db import connections
from django.db.utils import ConnectionHandler

from literature.history.acting import tell_database


def test_a_connection_that_is_opened_inside_another_wrapper(db):
    """As the first request of a thread opens it. That wrapper goes at its end; ours stays."""
    asked = []

    def other(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    fresh = ConnectionHandler({"default": connections["default"].settings_dict})["default"]
    try:
        with fresh.execute_wrapper(other), fresh.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert asked == ["SELECT 1"]
        assert tell_database in fresh.execute_wrappers
        assert other not in fresh.execute_wrappers
    finally:
        fresh.close()
