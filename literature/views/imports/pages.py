"""An import's page: its progress, its preview, or what became of it; and the list of imports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature import import_presenters as presenters
from literature import importing
from literature.forms import RecordForm
from literature.models import WORKING, Import, ImportRow, ImportState, Verdict
from literature.paging import Page, paginate
from literature.permalinks import Permalinks
from literature.views.imports.access import NOTHING_HERE, for_those_who_add, import_or_404

ROWS_A_PAGE: Final = 50
MEND: Final = "mend"
Mending = tuple[int, RecordForm]
"""The position of the row that is being mended, and its form."""


@gzip_page
@require_safe
@for_those_who_add
def import_list(request: HttpRequest) -> HttpResponse:
    found = Import.objects.visible_to(request.user).select_related("by", "attach_to")
    page = paginate(found, _page_number(request.GET), Permalinks(request.GET))
    context = {
        "section": "references",
        "imports": [presenters.listed(row, request.user) for row in page.rows],
        "page": page,
    }
    return render(request, "literature/imports/list.html", context)


@gzip_page
@require_safe
@for_those_who_add
def import_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    imported = import_or_404(public_id, request.user)
    if imported.state in WORKING:
        return _progress(request, imported)
    if imported.state == ImportState.READY:
        return preview_response(request, imported, request.GET)
    return report_response(request, imported)


def _page_number(query: Mapping[str, str]) -> int:
    text = query.get("page") or "1"
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or int(text) < 1:
        raise Http404(NOTHING_HERE)
    return int(text)


def _progress(request: HttpRequest, imported: Import) -> HttpResponse:
    context = {
        "section": "references",
        "head": presenters.page_head(imported, request.user),
        "progress": presenters.progress_view(
            imported,
            now=timezone.now(),
            seen=presenters.Seen.parse(request.GET.get("seen", "")),
            worker_seen=importing.worker_seen(),
        ),
    }
    return render(request, "literature/imports/progress.html", context)


def preview_response(
    request: HttpRequest,
    imported: Import,
    query: Mapping[str, str],
    *,
    refusal: list[str] | None = None,
    mending: Mending | None = None,
    status: int = 200,
) -> HttpResponse:
    """What was read and what would happen; `query` holds verdict, page and the row to mend."""
    counts, plan = importing.counts(imported), importing.plan(imported)
    page = _rows(imported, query)
    mending = mending or _asked_to_mend(page, query)
    context = _with_rows(request, imported, query, page, counts, mending) | {
        "preview": presenters.preview_view(imported, plan, _like_another(imported, "decision")),
        "counts": presenters.count_links(counts, _verdict(query), plan.undecided),
        "mending": mending[1] if mending else None,
        "refusal": refusal,
    }
    return render(request, "literature/imports/preview.html", context, status=status)


def report_response(
    request: HttpRequest,
    imported: Import,
    *,
    refusal: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """What became of an import that has come to its end, one way or another."""
    query = request.GET
    counts, page = importing.counts(imported), _rows(imported, query)
    outcomes = dict(imported.rows.order_by().values_list("outcome").annotate(Count("pk")))
    within = _like_another(imported, "outcome")
    undoing = importing.would_undo(imported) if imported.state == ImportState.DONE else None
    context = _with_rows(request, imported, query, page, counts, None) | {
        "report": presenters.report_view(imported, outcomes, within, undoing),
        "counts": presenters.count_links(counts, _verdict(query)) if page.count else [],
        "refusal": refusal or (imported.error.splitlines() if undoing is not None else None),
    }
    return render(request, "literature/imports/report.html", context, status=status)


def _like_another(imported: Import, field: str) -> dict[str, int]:
    """Rows that are like another row of the import, counted by `field`."""
    found = imported.rows.filter(match_row__isnull=False).order_by()
    return dict(found.values_list(field).annotate(Count("pk")))


def _verdict(query: Mapping[str, str]) -> str:
    """Raises Http404 for what is no verdict."""
    verdict = query.get("verdict", "")
    if verdict and verdict not in Verdict.values:
        raise Http404(NOTHING_HERE)
    return verdict


def _rows(imported: Import, query: Mapping[str, str]) -> Page:
    found = imported.rows.select_related("match", "result")
    verdict = _verdict(query)
    if verdict:
        found = found.filter(verdict=verdict)
    kept = QueryDict(mutable=True)
    if verdict:
        kept["verdict"] = verdict
    return paginate(found, _page_number(query), Permalinks(kept), size=ROWS_A_PAGE)


def _asked_to_mend(page: Page, query: Mapping[str, str]) -> Mending | None:
    """A row that is not on this page opens nothing: links to it outlive it."""
    for row in page.rows:
        if query.get("mend") == str(row.position):
            return row.position, RecordForm(known=row.csl, prefix=MEND)
    return None


def _with_rows(
    request: HttpRequest,
    imported: Import,
    query: Mapping[str, str],
    page: Page,
    counts: dict[str, int],
    mending: Mending | None,
) -> dict[str, Any]:
    others = _records_of_others(imported, page.rows)
    return {
        "section": "references",
        "head": presenters.page_head(imported, request.user),
        "verdict": _verdict(query),
        "page": page,
        "whole": sum(counts.values()),
        "rows": [
            presenters.row_view(
                row,
                other=others.get(row.match_row or 0),
                mending=mending is not None and mending[0] == row.position,
            )
            for row in page.rows
        ],
    }


def _records_of_others(imported: Import, rows: list[ImportRow]) -> dict[int, Any]:
    """By position, the records of the rows that `rows` are like."""
    positions = {row.match_row for row in rows if row.match_row is not None}
    if not positions:
        return {}
    found = imported.rows.filter(position__in=positions).order_by()
    return dict(found.values_list("position", "csl"))
