"""Retractions and corrections that the records of an import name."""

from __future__ import annotations

from literature import lookup
from literature.actions.notices import note_found
from literature.importing.progress import Progress
from literature.models import Import

TELLING = ("crossref", "pubmed-xml", "nbib", "identifiers")
"""Formats whose records name them."""


def note_notices(imported: Import, progress: Progress) -> None:
    if imported.format not in TELLING:
        return
    rows = imported.rows.filter(result__isnull=False).exclude(outcome="left")
    for row in rows.select_related("result").order_by("position").iterator(chunk_size=500):
        progress.check()
        notices = lookup.notices_of(_format(imported.format, row.original), row.original)
        if notices and row.result is not None:
            note_found(reference=row.result, notices=notices, by=imported.by)


def _format(name: str, original: str) -> str:
    """Answers of look-ups are Crossref's JSON or PubMed's XML."""
    if name != "identifiers":
        return name
    return "pubmed-xml" if original.lstrip().startswith("<") else "crossref"
