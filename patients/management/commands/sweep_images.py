"""Throws away the files of images that nothing needs any more; for cron, once a day or a week."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from literature.history import acting
from patients.actions import image_files


class Command(BaseCommand):
    help = (
        "Throws away images that no record, version or recent edit needs, and files without an "
        "image; names images whose files are missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=image_files.DAYS,
            help="keep a removed image this long, so that its removal can be undone",
        )

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        with acting(reason="Images that nothing needs any more were thrown away."):
            done = image_files.sweep(days=max(days, 0))
        self.stdout.write(f"Threw away {done.rows} images and {done.files} files without one.")
        for public_id in done.missing:
            self.stderr.write(f"The files of image {public_id} are missing: restore them.")
