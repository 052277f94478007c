"""What is answered when an error was caught by nobody: 503 where the machinery failed and the
request may be sent again, else 500."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader

from casebase import pages
from literature.outages import FULL, Outage, outage_of
from literature.rest.problems import problem_response


def answer(request: HttpRequest) -> HttpResponse:
    """Called while the error is being handled. Asks nothing of the database or the session."""
    is_api = request.path.startswith("/api/")
    outage = outage_of(sys.exc_info()[1])
    if outage is not None:
        return unavailable(request, outage, is_api=is_api)
    if is_api:
        return problem_response(500, "Something went wrong here. It has been logged.")
    return pages.server_error(request)


def unavailable(request: HttpRequest, outage: Outage, *, is_api: bool) -> HttpResponse:
    if is_api:
        response = problem_response(503, f"{outage.title}. {outage.says}")
    else:
        again = request.get_full_path() if request.method in ("GET", "HEAD") else ""
        unsure = not again and outage is not FULL
        context = {"outage": outage, "again": again, "unsure": unsure}
        body = loader.get_template("503.html").render(context)
        response = HttpResponse(body, status=503)
    response["Retry-After"] = str(outage.seconds)
    response["Cache-Control"] = "no-store"
    return response
