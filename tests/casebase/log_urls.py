"""The site, with pages that fail in the ways that a log could tell too much of."""

import logging

from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from casebase.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
SECRET = "carcinoid of the pancreas in Ms Example"


def breaks_a_constraint(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE note (text text CHECK (text = ''))")
        cursor.execute("INSERT INTO note VALUES (%s)", [SECRET])
    return HttpResponse()


def fails_twice(request: HttpRequest) -> HttpResponse:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        raise RuntimeError(f"while reading {SECRET}") from error


def is_suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation(SECRET)


def warns(request: HttpRequest) -> HttpResponse:
    logging.getLogger("some.library").warning("could not read %s", SECRET)
    return HttpResponse(SECRET)


added = [
    path("breaks-a-constraint", breaks_a_constraint),
    path("fails-twice", fails_twice),
    path("is-suspicious", is_suspicious),
    path("warns", warns),
]
urlpatterns = [*urlpatterns, *added]
