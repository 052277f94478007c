"""Rows of imports that were cancelled."""

from __future__ import annotations

import structlog
from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef

from literature.importing.limits import no_statement_limit, short_waits
from literature.models import Import, ImportRow, ImportState

log = structlog.get_logger(__name__)


def remove_rows(imported: Import) -> None:
    """Where somebody still holds one of them, they stay for `sweep`."""
    try:
        with transaction.atomic(), no_statement_limit(), short_waits():
            imported.rows.all().delete()
    except OperationalError:
        log.info("import_rows_left_for_later", imported=imported.public_id)


def sweep() -> None:
    """What `remove_rows` left. For a worker that has nothing else to do."""
    left = Exists(ImportRow.objects.filter(imported=OuterRef("pk")))
    for imported in Import.objects.filter(left, state=ImportState.CANCELLED):
        remove_rows(imported)
