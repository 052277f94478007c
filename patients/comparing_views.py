"""Cases side by side, as a page and as files of the same query."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature.bibliography.model import BibliographyError, BusyError
from patients.comparing.exporting import FORMATS
from patients.comparing_figure import SIZE, cases_on, courses_version, drawing_of
from patients.comparing_form import Comparison, read_comparison
from patients.comparing_page import comparison_page, state_of
from patients.exporters import conversion
from patients.exporters.figure import FORMATS as FIGURE_FORMATS
from patients.exporters.figure import TooLargeError
from patients.figure_views import own_styles
from patients.timeline.figure import FigureTooLargeError

RETRY_AFTER = "10"
"""Seconds."""


@gzip_page
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    return comparison_page(request, read_comparison(request.GET, request.user))


@require_safe
def compare_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Whatever keeps it from being made is said on the page, and nothing of it is in the file."""
    asked = read_comparison(request.GET, request.user)
    if not asked.may_be_drawn or asked.problems:
        return comparison_page(request, asked, status=400)
    made = FORMATS[ending]
    try:
        content = made.write(asked.table)
    except BusyError as error:
        return _busy(request, asked, str(error))
    except BibliographyError as error:
        return _refused(request, asked, str(error), 422)
    response = HttpResponse(content, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="comparison.{ending}"'
    return response


@gzip_page
@require_safe
def compare_figure(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The figure of the same query; the same versions of the cases give the same SVG."""
    answer = _figure(request, ending)
    is_svg = answer.headers.get("Content-Type", "").startswith("image/svg")
    return own_styles(lambda _: answer)(request) if is_svg else answer


def _figure(request: HttpRequest, ending: str) -> HttpResponse:
    asked = read_comparison(request.GET, request.user)
    if not asked.may_be_drawn or asked.problems:
        return comparison_page(request, asked, status=400)
    made = FIGURE_FORMATS[ending]
    response = HttpResponse(content_type=made.content_type)
    response["Content-Disposition"] = f'inline; filename="comparison.{ending}"'
    response["ETag"] = _etag(asked, ending)
    patch_cache_control(response, no_cache=True)
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    if answer is not None and answer is not response:
        return answer
    courses = cases_on(asked.documents, asked.alignment)
    if courses.refusal:
        return _refused(request, asked, courses.refusal, 422)
    try:
        response.content = made.write(drawing_of(courses, _states(asked)), SIZE)
    except (FigureTooLargeError, TooLargeError, conversion.MissingLettersError) as error:
        return _refused(request, asked, _why(error), 422)
    except conversion.ConversionTimeoutError:
        return _busy(request, asked, "Drawing took too long just now. Try again soon.")
    return response


def _etag(asked: Comparison, ending: str) -> str:
    """Of the records, the choices and the code, which give the same bytes again."""
    checksums = [reading.checksum for reading in asked.readings]
    parts = (checksums, _states(asked), asked.alignment, ending, courses_version())
    return f'"{sha256(repr(parts).encode()).hexdigest()}"'


def _states(asked: Comparison) -> list[str]:
    return [state_of(reading) for reading in asked.readings]


def _why(error: Exception) -> str:
    if isinstance(error, conversion.MissingLettersError):
        return (
            f"No font on this server can draw {' '.join(error.characters)}. Take the SVG, which "
            "needs no font here."
        )
    if isinstance(error, TooLargeError):
        return "This figure is too tall for a PDF or PNG. Compare fewer cases, or take the SVG."
    return str(error)


def _busy(request: HttpRequest, asked: Comparison, words: str) -> HttpResponse:
    response = _refused(request, asked, words, 503)
    response["Retry-After"] = RETRY_AFTER
    return response


def _refused(request: HttpRequest, asked: Comparison, words: str, status: int) -> HttpResponse:
    asked.problems.append(words)
    return comparison_page(request, asked, status=status)
