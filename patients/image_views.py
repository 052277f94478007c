"""Pictures, each behind the question who may see it."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from patients.images import storing
from patients.models import Case, ImageFile
from patients.reading import not_readable
from patients.withdrawn import unreadable

TYPES: Final = {"png": "image/png", "jpg": "image/jpeg"}
REMOVED: Final = "This image was removed."
HEADERS: Final = {
    # Kept by the one browser, and asked about each time: what is taken from readers goes at once.
    "Cache-Control": "private, no-cache",
    "Vary": "Cookie",
    "X-Content-Type-Options": "nosniff",
    # Opened on its own it is a picture and nothing else, whatever is in it.
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def image(request: HttpRequest, accession: str, image_id: str, ending: str) -> HttpResponseBase:
    return _picture(request, accession, image_id, ending, small=False)


@require_safe
def small_image(
    request: HttpRequest, accession: str, image_id: str, ending: str
) -> HttpResponseBase:
    return _picture(request, accession, image_id, ending, small=True)


def _picture(
    request: HttpRequest, accession: str, image_id: str, ending: str, *, small: bool
) -> HttpResponseBase:
    found = ImageFile.objects.visible_to(request.user)
    file = found.filter(case__accession=accession, public_id=image_id, ending=ending).first()
    if file is None:
        return _nothing(request, accession)
    if file.purged_at is not None:
        return HttpResponse(REMOVED, "text/plain; charset=utf-8", 410, headers=HEADERS)
    etag = f'"{file.sha256}{storing.SMALL if small else ""}"'
    known = get_conditional_response(request, etag=etag)
    answer = known if known is not None else _file(file, small=small)
    if answer is None:
        return _nothing(request, accession)
    for name, value in {**HEADERS, "ETag": etag}.items():
        answer[name] = value
    return answer


def _file(file: ImageFile, *, small: bool) -> HttpResponse | None:
    """None where it is not on the disk: `sweep_images` names what is missing."""
    path = storing.path_of(file.name, file.ending, small=small)
    try:
        answer = HttpResponse(path.read_bytes(), content_type=TYPES[file.ending])
    except FileNotFoundError:
        return None
    name = f"{file.public_id}{storing.SMALL if small else ''}.{file.ending}"
    answer["Content-Length"] = str(len(answer.content))
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _nothing(request: HttpRequest, accession: str) -> HttpResponse:
    """As for a case that there is not; the page that stays of a withdrawn one. Raises Http404."""
    error: Case.DoesNotExist = not_readable(accession)
    return unreadable(request, accession, error)
