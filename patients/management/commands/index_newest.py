"""`manage.py index_newest`: a search of a large base looks through its newest cases first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from patients.searching import newest_index


class Command(BaseCommand):
    help = (
        "Indexes the newest cases of a large base by themselves, so that a search finds the first "
        "hits sooner. Says so where it is not worth it yet, or still good. Safe to run while the "
        "server runs, and again, such as once a month."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        newest_index.make(self.stdout.write)
