"""Whether this program knows the database of a backup."""

from __future__ import annotations

from django.db.migrations.loader import MigrationLoader

from casebase.backups import BackupError
from casebase.backups.manifest import Manifest


def known() -> set[str]:
    loader = MigrationLoader(None)
    replaced = {key for made in loader.replacements.values() for key in made.replaces}
    return {".".join(key) for key in {*loader.disk_migrations, *replaced}}


def ensure_known(manifest: Manifest) -> None:
    """Raises BackupError where the database is newer than this program."""
    if unknown := sorted(set(manifest.migrations) - known()):
        raise BackupError(
            f"The backup was taken by a newer Casebase, or by another one: {unknown[0]} is not "
            "known here. Restore it with that Casebase."
        )


def left_to_apply(manifest: Manifest) -> bool:
    return not known() <= set(manifest.migrations)
