"""Looks through the whole library for records of one work, and queues them for a person."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from literature.actions import duplicates
from literature.models import DuplicatePair, PairState, Reference


class Command(BaseCommand):
    help = (
        "Compares every reference with the rest of the library and queues the pairs that may be "
        "of one work at /references/duplicates/. Nothing is merged. It can be ended and run "
        "again at any time; decided pairs are not asked about again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        looked_at, new = 0, Counter[str]()
        for keys in _batches():
            new += duplicates.queue(references=keys)
            looked_at += len(keys)
            if options["verbosity"] > 1:
                self.stderr.write(f"{looked_at} references compared")
        waiting = DuplicatePair.objects.filter(state=PairState.OPEN).count()
        report = {"references": looked_at, "new_pairs": dict(new), "waiting": waiting}
        if options["json"]:
            self.stdout.write(json.dumps(report))
            return
        found = ", ".join(f"{count} {likeness}" for likeness, count in sorted(new.items()))
        self.stdout.write(
            f"{looked_at} references compared. New pairs: {found or 'none'}. "
            f"Waiting to be decided: {waiting}."
        )


def _batches() -> Iterator[list[int]]:
    """Primary keys of all references in their order, a batch at a time."""
    last = 0
    rows = Reference.objects.order_by("pk").values_list("pk", flat=True)
    while keys := list(rows.filter(pk__gt=last)[: duplicates.BATCH]):
        yield keys
        last = keys[-1]
