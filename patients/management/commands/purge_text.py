"""Removes personal data that was typed by mistake; for the owner of the database alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from literature.history.purging import places_of
from patients.history.purging import purge, texts_of_field

NEEDS_OWNER = (
    "Only the owner of the database may purge: set CASEBASE_OWNER_DATABASE_URL and run it as "
    "manage.py purge_text."
)
BACKUPS = """What this cannot reach, and you must see to:
- dumps and backups made before now, archived write-ahead log and replicas hold the text until they
  are deleted or overwritten; after restoring one of them, purge again
- the database's own files hold it until VACUUM has run and the space is used again
- files that were downloaded, mails that were sent, what a search engine or a reader has kept"""


class Command(BaseCommand):
    help = (
        "Removes a text from all records, versions, imports and the history, and logs that it did. "
        "Without --yes it says where the text stands and changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--text-from", metavar="FILE",
            help="a file that holds exactly the text, or - to read it from standard input, so "
            "that it stands in no shell's history",
        )  # fmt: skip
        what.add_argument(
            "--record", help="accession, id or slug of a record of which --field is purged"
        )
        parser.add_argument("--field", default="", help="with --record: all that it ever said")
        parser.add_argument("--by", default="", help="who asks for it")
        parser.add_argument("--reason", default="", help="why, without saying what")
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('literature_change', 'UPDATE')")
            if not cursor.fetchone()[0]:
                raise CommandError(NEEDS_OWNER)
        try:
            texts = self._texts(**options)
            if not options["yes"]:
                self._show(texts)
                return
            for name in ("by", "reason"):
                if not options[name].strip():
                    raise ValidationError(f"--{name}: say it; it is logged.")
            done = purge(texts=texts, by=options["by"], reason=options["reason"])
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(
            f"Purged {len(done.places)} places; this is on record as purge {done.pk}."
        )
        self._vacuum({place["table"] for place in done.places})
        self.stdout.write(BACKUPS)

    def _texts(self, *, text_from: str | None, record: str | None, field: str, **rest: Any) -> Any:
        if record is not None:
            return texts_of_field(record, field)
        try:
            text = sys.stdin.read() if text_from == "-" else Path(str(text_from)).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"--text-from: cannot be read: {error}") from error
        return {text.rstrip("\r\n")}

    def _show(self, texts: set[str]) -> None:
        places = [place for text in texts for place in places_of(text)]
        for place in places:
            self.stdout.write(f"{place.table} {place.row}: {place.column}")
        self.stdout.write(f"{len(places)} places. Nothing was changed: --yes purges them.")

    def _vacuum(self, tables: set[str]) -> None:
        if connection.in_atomic_block:
            return
        with connection.cursor() as cursor:
            for table in sorted(tables | {"literature_change", "patients_listing"}):
                cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
