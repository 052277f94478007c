"""`manage.py load_demo`: the demo knowledge base, loaded once; what users changed stays."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from patients.demo.files import DemoDataError
from patients.demo.load import Loader
from patients.demo.logins import ensure_logins


class Command(BaseCommand):
    help = "Loads the demo knowledge base. Safe to run again: nothing is loaded twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=Path(settings.BASE_DIR) / "demo")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            Loader(folder, self.stdout.write).load()
        except DemoDataError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if settings.DEMO:
            self.stdout.write(f"{ensure_logins()} new demo logins")
