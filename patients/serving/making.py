"""The answers that are prepared of one version: the same bytes that the usual way makes."""

from __future__ import annotations

import gzip
from io import BytesIO
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

from literature.rest.rendering import json_bytes
from patients.likeness_reading import on_the_page
from patients.models import CaseVersion, PreparedAnswer
from patients.picture_page import hidden_in
from patients.reading import reading_of
from patients.serializers.reading import case_detail
from patients.serving.build import build_id
from patients.serving.conditional import page_etag
from patients.vocabulary import PreparedKind

LEVEL = 6


def prepared_json(version: CaseVersion) -> PreparedAnswer:
    """`version` is the current one of a published case, with its case."""
    body = json_bytes(case_detail(reading_of(version)))
    etag = f'"{version.checksum}.{version.number}"'  # as the API names it
    return _prepared(version, PreparedKind.JSON, "", body, etag)


def prepared_page(version: CaseVersion, origin: str) -> PreparedAnswer:
    """The page as somebody sees it who is not signed in and came by `origin`."""
    from patients.views import case_page

    like = on_the_page(version.case.accession)
    request = _request(version.case.get_absolute_url(), origin)
    reading = reading_of(version)
    answer = case_page(request, reading, like=like)
    etag = page_etag(version.checksum, version.number, like.digest, hidden_in(reading))
    return _prepared(version, PreparedKind.PAGE, origin, answer.content, etag)


def _prepared(
    version: CaseVersion, kind: str, origin: str, body: bytes, etag: str
) -> PreparedAnswer:
    return PreparedAnswer(
        version=version,
        kind=kind,
        origin=origin,
        build=build_id(),
        checksum=version.checksum,
        etag=etag,
        body=gzip.compress(body, LEVEL, mtime=0),
    )


def _request(path: str, origin: str) -> HttpRequest:
    """As it comes to a view: what a page reads of a request, and no more."""
    parts = urlsplit(origin)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "HTTP_HOST": parts.netloc,
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    request.user = AnonymousUser()
    return request
