"""Prepares what readers are sent, all at once: after an upgrade, or a large load."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from patients.actions import prepared_answers

SAYS_EVERY = 2_000


class Command(BaseCommand):
    help = (
        "Prepares pages and JSON of published cases that have none of this program. The worker "
        "does so by itself, a little at a time; until then they are made for each request."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=int, default=0, help="stop after so many cases")

    def handle(self, *args: Any, most: int, **options: Any) -> None:
        prepared_answers.forget(cases=prepared_answers.withdrawn_cases())
        last: int | None = 0
        done = 0
        while last is not None and (not most or done < most):
            last, count = prepared_answers.prepare_after(last)
            if (done + count) // SAYS_EVERY > done // SAYS_EVERY:
                self.stderr.write(f"{done + count} cases")
            done += count
        self.stdout.write(f"Prepared the answers of {done} case{'' if done == 1 else 's'}.")
