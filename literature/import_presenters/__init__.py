"""Imports put into words for templates. Runs no query of its own."""

from literature.import_presenters.imports import (
    PASTED,
    Seen,
    count_links,
    listed,
    may_read_again,
    page_head,
    plan_token,
    preview_view,
    progress_view,
    report_view,
)
from literature.import_presenters.report import ReportLine, as_csv, as_json, report_line
from literature.import_presenters.rows import row_view

__all__ = [
    "PASTED",
    "ReportLine",
    "Seen",
    "as_csv",
    "as_json",
    "count_links",
    "listed",
    "may_read_again",
    "page_head",
    "plan_token",
    "preview_view",
    "progress_view",
    "report_line",
    "report_view",
    "row_view",
]
