"""What an import came from, and what became of it, as files. Always downloads, never pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from literature import import_presenters as presenters
from literature import importing
from literature.models import Import
from literature.views.imports.access import for_those_who_add, import_or_404

WRITERS: Final = {
    "csv": (presenters.as_csv, "text/csv; charset=utf-8"),
    "json": (presenters.as_json, "application/json"),
}
ROWS_AT_ONCE: Final = 1000
NOT_TOLD: Final = ("original", "texts", "confidence", "filled")
"""Columns of a row that the report leaves out, and some of them are long."""


def _download(pieces: Iterable[object], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@for_those_who_add
def original(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """The bytes as they came. Their type is not trusted: no browser may show them."""
    imported = import_or_404(public_id, request.user)
    response = _download(
        importing.original_bytes(imported), "application/octet-stream", _safe_name(imported)
    )
    response["Content-Length"] = str(imported.size)
    return response


def _safe_name(imported: Import) -> str:
    """The name it came with, in characters that no system minds."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", imported.name).strip("-.")[:80]
    return name if "." in name else f"{name or imported.public_id}.txt"


@require_safe
@for_those_who_add
def report(request: HttpRequest, public_id: str, kind: str) -> StreamingHttpResponse:
    """What became of each row; `kind` is csv or json."""
    imported = import_or_404(public_id, request.user)
    write, content_type = WRITERS[kind]
    site = request.build_absolute_uri("/").rstrip("/")
    rows = imported.rows.select_related("result").defer(*NOT_TOLD).iterator(ROWS_AT_ONCE)
    lines = (presenters.report_line(row, site) for row in rows)
    return _download(write(lines), content_type, f"import-{imported.public_id}.{kind}")
