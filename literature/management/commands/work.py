"""Takes up what is too long for a request: large imports are read and brought in here."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from literature.importing.working import Worker


class Command(BaseCommand):
    help = (
        "Reads and brings in large imports, one after the other, until it is told to end "
        "(SIGTERM or Ctrl-C). Run as many as you like; one is enough."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="end when nothing waits any more (for cron)"
        )

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        end = threading.Event()
        if threading.current_thread() is threading.main_thread():
            for each in (signal.SIGINT, signal.SIGTERM):
                signal.signal(each, lambda number, frame: end.set())
        worker = Worker(end)
        if not once:
            worker.run()
            return
        while not end.is_set() and worker.run_one():
            pass
