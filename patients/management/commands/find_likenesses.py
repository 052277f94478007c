"""Finds which published cases are like each other, all at once: after an upgrade, or a large
load."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from patients.actions import likeness

SAYS_EVERY = 1_000


class Command(BaseCommand):
    help = (
        "Finds the nearest of published cases that wait for it. The worker does so by itself, a "
        "little at a time; until then the page of likenesses works them out for each request."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=int, default=0, help="stop after so many cases")

    def handle(self, *args: Any, most: int, **options: Any) -> None:
        likeness.leave_hidden()
        last: int | None = 0
        while last is not None:
            last = likeness.keep_features_after(last)
        common: set[int] = set()
        done, found = 0, 1
        while found and (not most or done < most):
            found = likeness.find_stale(common=common)
            if (done + found) // SAYS_EVERY > done // SAYS_EVERY:
                self.stderr.write(f"{done + found} cases")
            done += found
        self.stdout.write(f"Found the likenesses of {done} case{'' if done == 1 else 's'}.")
