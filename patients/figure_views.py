"""The timeline figure of a case as a file."""

from __future__ import annotations

from hashlib import sha256

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from patients.exporters import conversion
from patients.exporters.figure import FORMATS, TooLargeError, drawing_version
from patients.figure_form import FigureForm
from patients.models import Case
from patients.reading import Reading, read_case, read_version
from patients.timeline import FigureOptions, Language, draw
from patients.timeline.figure import FigureTooLargeError
from patients.withdrawn import unreadable

CHECKSUM_SHOWN = 12
RETRY_AFTER = 30
"""Seconds."""
# A figure brings its own styles, and needs nothing else.
own_styles = csp_replace(
    {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [NONE]}
)


@gzip_page
@require_safe
def figure_svg(request: HttpRequest, accession: str) -> HttpResponseBase:
    answer = _figure(request, accession, "svg")
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer if is_page else own_styles(lambda _: answer)(request)


@require_safe
def figure_pdf(request: HttpRequest, accession: str) -> HttpResponse:
    return _figure(request, accession, "pdf")


@require_safe
def figure_png(request: HttpRequest, accession: str) -> HttpResponse:
    return _figure(request, accession, "png")


@gzip_page
@require_safe
def version_figure(
    request: HttpRequest, accession: str, number: int, ending: str
) -> HttpResponseBase:
    """The figure of one version, at an address that stays."""
    answer = _figure(request, accession, ending, number)
    is_svg = answer.headers.get("Content-Type", "").startswith("image/svg")
    return own_styles(lambda _: answer)(request) if is_svg else answer


def _figure(
    request: HttpRequest, accession: str, ending: str, number: int | None = None
) -> HttpResponse:
    try:
        if number is None:
            reading = read_case(accession, request.user)
        else:
            reading = read_version(accession, number, request.user)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)
    form = FigureForm(request.GET, reading.document)
    if not form.is_valid():
        return figure_refused(request, accession, form.problems)
    footer = footer_words(reading, form.cleaned_data["lang"], is_version=number is not None)
    options = form.print_options(footer=footer)
    response = HttpResponse(content_type=FORMATS[ending].content_type)
    response["Content-Disposition"] = f'inline; filename="{_file_name(reading, form, ending)}"'
    response["ETag"] = _etag(reading, options, form, ending)
    patch_cache_control(response, no_cache=True)
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    if answer is not None and answer is not response:
        return answer
    try:
        figure = draw(reading.document, options)
        response.content = FORMATS[ending].write(figure, form.size)
    except FigureTooLargeError as error:
        return figure_refused(request, accession, [("lanes", str(error))], status=422)
    except TooLargeError as error:
        return figure_refused(request, accession, [(error.field, error.reason)], status=422)
    except conversion.MissingLettersError as error:
        return figure_refused(request, accession, [_no_letters(error.characters)], status=422)
    except conversion.ConversionTimeoutError:
        return _too_busy(request, accession)
    return response


def figure_refused(
    request: HttpRequest, accession: str, problems: list[tuple[str, str]], *, status: int = 400
) -> HttpResponse:
    """A page that names each parameter and what is wrong with it; an empty name is left out."""
    context = {"section": "cases", "accession": accession, "problems": problems}
    return render(request, "patients/figure_refused.html", context, status=status)


def footer_words(reading: Reading, language: str, *, is_version: bool = False) -> str:
    """Which case, which state of it, and where it is read, so that the figure can be checked;
    `is_version` gives the address that stays with the version."""
    chinese = language == Language.CHINESE
    if reading.version is None:
        state = "工作记录，未发表" if chinese else "working record, not published"
    else:
        state = f"第{reading.version}版" if chinese else f"version {reading.version}"
    accession = reading.document.accession
    path = reverse("patients:case-detail", args=[accession])
    if is_version:
        path = reverse("patients:version-detail", args=[accession, reading.version])
    return f"{accession} · {state} · {reading.checksum[:CHECKSUM_SHOWN]} · {path}"


def _file_name(reading: Reading, form: FigureForm, ending: str) -> str:
    state = f"v{reading.version}" if reading.version else "working"
    return f"{reading.document.accession}-{state}-timeline-{form.size.width_mm}mm.{ending}"


def _etag(reading: Reading, options: FigureOptions, form: FigureForm, ending: str) -> str:
    """Of the record, the choices and the code, which give the same bytes again."""
    parts = (reading.checksum, options, form.size, ending, drawing_version())
    return f'"{sha256(repr(parts).encode()).hexdigest()}"'


def _no_letters(characters: list[str]) -> tuple[str, str]:
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in characters)
    reason = (
        f"No font on this server can draw {named or 'some of the characters'}. "
        "Whoever runs it can install one (on Debian fonts-noto-cjk for Chinese, fonts-dejavu for "
        "other signs) or name a folder with fonts in CASEBASE_FONTS. The SVG needs no font here."
    )
    return "", reason


def _too_busy(request: HttpRequest, accession: str) -> HttpResponse:
    reason = "Making this file took too long. Try again in a little while, or take the SVG."
    response = figure_refused(request, accession, [("", reason)], status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response
