"""Pages that belong to no app: home, and what is shown when something is wrong."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.templatetags.static import static
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature.models import Reference
from patients import presenters
from patients.models import ListedItem, Listing
from patients.vocabulary import ItemKind

NEWEST_SHOWN = 5


@gzip_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    listings = Listing.objects.visible_to(request.user)
    newest = listings.with_case().defer("summary")[:NEWEST_SHOWN]
    counts = ListedItem.objects.visible_to(request.user).aggregate(
        events=Count("pk", filter=Q(kind=ItemKind.EVENT)),
        citations=Count("pk", filter=Q(kind=ItemKind.CITATION)),
    )
    counts["cases"] = listings.count()
    counts["references"] = Reference.objects.count()
    context = {"cases": presenters.case_rows(newest), "counts": counts}
    return render(request, "home.html", context)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address on pages that name no icon, such as JSON and the admin's."""
    return redirect(static("img/mark.svg"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A 404 that names the reason where the view gave one in words."""
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "404.html", {"reason": reason}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: it must not need the database or the session."""
    request_id: Any = getattr(request, "correlation_id", "") or request.headers.get(
        "X-Request-ID", ""
    )
    body = loader.get_template("500.html").render({"request_id": str(request_id)[:64]})
    return HttpResponse(body, status=500)
