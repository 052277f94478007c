"""`/metrics`, for whoever shows the token; not there without one."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """200 in Prometheus's text format; 401 without the right token. Raises Http404 where no token
    is set, whatever is sent."""
    if not settings.METRICS_TOKEN:
        raise Http404
    shown = request.headers.get("Authorization", "")
    if not constant_time_compare(shown, f"Bearer {settings.METRICS_TOKEN}"):
        wrong = "The token is missing or wrong: send Authorization: Bearer …\n"
        response = HttpResponse(wrong, status=401, content_type="text/plain; charset=utf-8")
        response["WWW-Authenticate"] = "Bearer"
        return response
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

    from casebase.metrics import recorded, standing

    return HttpResponse(
        recorded.as_text() + standing.as_text(), content_type=CONTENT_TYPE_PLAIN_0_0_4
    )
