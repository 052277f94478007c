"""`manage.py look_up`: what Crossref and PubMed say of identifiers, or of the whole library."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from literature import lookup
from literature.lookup.client import from_settings
from literature.lookup.services import PATIENT
from literature.models import NoticeKind
from literature.rechecking import recheck, waiting
from literature.wording import authors_words, where_published


def days(text: str) -> timedelta:
    if not text.isdecimal() or len(text) > 5:
        raise ArgumentTypeError("must be a whole number of days")
    return timedelta(days=int(text))


class Command(BaseCommand):
    help = (
        "Looks up DOIs, PMIDs, PMCIDs or links to them and shows what was found, or with --all "
        "checks the library for retractions and corrections and keeps those. Ends with an error "
        "where something was not found or could not be asked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identifiers", nargs="*", metavar="IDENTIFIER")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--all", action="store_true", help="check the whole library")
        parser.add_argument(
            "--older-than",
            type=days,
            default=timedelta(days=30),
            metavar="DAYS",
            help="with --all: leave out what was checked within so many days; default 30",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["identifiers"]) == options["all"]:
            raise CommandError("Give identifiers, or --all.")
        try:
            client = from_settings(PATIENT)
        except lookup.SwitchedOff as problem:
            raise CommandError(problem.sentence) from problem
        with client:
            if options["all"]:
                self._check_all(client, options["older_than"])
            else:
                self._look_up(client, "\n".join(options["identifiers"]), options["json"])

    def _look_up(self, client: lookup.Client, text: str, as_json: bool) -> None:
        answers = lookup.look_up(lookup.identifiers_in(text), client=client)
        for answer in answers:
            told = _told(answer)
            if as_json:
                self.stdout.write(json.dumps(told, ensure_ascii=False))
            else:
                self.stdout.write(_in_words(told))
        missing = sum(answer.entry is None for answer in answers)
        if missing:
            raise CommandError(f"{missing} of {len(answers)} led to nothing.")

    def _check_all(self, client: lookup.Client, older_than: timedelta) -> None:
        total, done, failed = waiting(older_than).count(), 0, 0
        self.stdout.write(f"{total} references to check.")
        for checked in recheck(client, older_than):
            done += not checked.problem
            failed += bool(checked.problem)
            if checked.new or checked.problem:
                what = ", ".join(checked.new) or checked.problem
                self.stdout.write(f"{checked.reference.public_id} {checked.reference}: {what}")
        self.stdout.write(f"{done} checked.")
        if failed:
            raise CommandError(f"{failed} could not be checked. Run it again later.")


def _told(answer: lookup.Answer) -> dict[str, Any]:
    found, entry = answer.found, answer.entry
    problem = answer.error.sentence if answer.error else ""
    if not found.kind:
        problem = "is not a DOI, PMID, PMCID or a link to one"
    return {
        "identifier": found.value or found.text,
        "kind": found.kind.value,
        "service": answer.service if entry else "",
        "csl": dict(entry.csl) if entry else None,
        "problems": [problem] if problem else [],
        "notices": [
            {"kind": one.kind.value, "doi": one.doi, "pmid": one.pmid, "year": one.year}
            for one in answer.notices
            if not one.about_doi and not one.about_pmid
        ],
    }


def _in_words(told: dict[str, Any]) -> str:
    if told["csl"] is None:
        return f"{told['identifier']}: {' '.join(told['problems'])}"
    csl = told["csl"]
    authors, where = authors_words(csl), where_published(csl)
    said = ". ".join(part for part in (authors, csl.get("title", ""), where) if part)
    for one in told["notices"]:
        words = [
            str(NoticeKind(one["kind"]).label),
            str(one["year"] or ""),
            one["doi"] or one["pmid"],
        ]
        said += "\n  " + " ".join(filter(None, words))
    return f"{told['identifier']}: {said}".rstrip()
