"""`manage.py index_cases`: makes the index of the search anew, from the cases."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from patients.actions.listings import index_again
from patients.models import Listing


class Command(BaseCommand):
    help = (
        "Indexes the cases that cannot be found yet, such as after an upgrade; with --all every "
        "one. Safe to run while the server runs, and again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="those that are indexed too")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Listing.objects.all() if options["all"] else Listing.objects.filter(entry=None)
        keys = list(found.order_by("pk").values_list("pk", flat=True))
        for done, key in enumerate(keys, 1):
            listing = Listing.objects.select_related("case").filter(pk=key).first()
            if listing is not None:  # else it went in the meantime
                index_again(listing=listing)
            if done % 1000 == 0:
                self.stdout.write(f"{done} of {len(keys)}")
        if keys:
            self.stdout.write(f"{len(keys)} listings indexed")
