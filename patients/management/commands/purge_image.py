"""Destroys a picture that identifies somebody; for the owner of the database alone."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from patients.actions.image_files import purge_image

NEEDS_OWNER = (
    "Only the owner of the database may purge: set CASEBASE_OWNER_DATABASE_URL and run it as "
    "manage.py purge_image."
)
BACKUPS = """What this cannot reach, and you must see to:
- backups of the database and of the folder of images that were made before now
- what was downloaded, printed, or kept by a browser
- words about the picture in the history: manage.py purge_text removes them"""


class Command(BaseCommand):
    help = "Destroys a picture in the record and all versions, and logs that it did."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("image", help="its id, as its address says it")
        parser.add_argument("--by", default="", help="who asks for it")
        parser.add_argument("--reason", default="", help="why, without saying what")
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *args: Any, image: str, by: str, reason: str, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('literature_purge', 'INSERT')")
            if not cursor.fetchone()[0]:
                raise CommandError(NEEDS_OWNER)
        for name, said in (("by", by), ("reason", reason)):
            if not said.strip():
                raise CommandError(f"--{name}: say it; it is logged.")
        if not options["yes"]:
            raise CommandError("A destroyed picture cannot be brought back: say --yes to do it.")
        try:
            done = purge_image(public_id=image, by=by, reason=reason)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        versions = len(done.places) - 1
        count = "1 version" if versions == 1 else f"{versions} versions"
        self.stdout.write(f"Destroyed, also in {count}; this is on record as purge {done.pk}.")
        self.stdout.write(BACKUPS)
