"""manage.py verify_quotes: every quote checked anew against the texts that the library holds."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from literature.quotes.states import QuoteState
from patients.actions.rechecking import check_cases
from patients.models import Case, Citation

CASES_AT_ONCE = 50


class Command(BaseCommand):
    help = (
        "Checks every quote against the texts that the library holds, and says what has changed. "
        "Published cases in which something has get their next version."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--case", metavar="ACCESSION", help="only the quotes of this case")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = _quoting(options["case"])
        changes = []
        keys = list(found.values_list("pk", flat=True))
        for start in range(0, len(keys), CASES_AT_ONCE):  # a transaction each: none is long
            changes += check_cases(wanted=keys[start : start + CASES_AT_ONCE])
        states = Counter(
            Citation.objects.filter(case__in=keys)
            .exclude(quote="")
            .order_by()
            .values_list("quote_state", flat=True)
        )
        counts = {state.value: states[state.value] for state in QuoteState}
        if options["json"]:
            told = [
                {name: getattr(row, name) for name in ("accession", "citation", "before", "after")}
                for row in changes
            ]
            self.stdout.write(json.dumps({"quotes": counts, "changed": told}, indent=2))
            return
        for row in changes:
            self.stdout.write(
                f"{row.accession} {row.citation}: {row.before or 'not checked'} → {row.after}"
            )
        total = sum(counts.values())
        told_counts = ", ".join(f"{QuoteState(name).label} {n}" for name, n in counts.items())
        self.stdout.write(f"{total} quotes in {len(keys)} cases. {told_counts}.")


def _quoting(accession: str | None) -> QuerySet[Case]:
    """Raises CommandError where there is no such case."""
    if accession and not Case.objects.filter(accession=accession).exists():
        raise CommandError(f"There is no case {accession}.")
    quotes = Citation.objects.exclude(quote="", quote_state="").values("case")
    found = Case.objects.filter(pk__in=quotes).order_by("pk")
    return found.filter(accession=accession) if accession else found
