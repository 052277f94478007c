"""References from a file, or from standard input, with a report of every row."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from literature.actions import imports
from literature.importers.limits import MAX_BYTES
from literature.importers.model import UnreadableError
from literature.importing import counts
from literature.importing.staging import FORMATS
from literature.importing.stored import CHUNK, IN_MEMORY
from literature.importing.working import Worker
from literature.models import WORKING, Decision, Import, ImportState, Reference, Verdict

PROBABLE = {"add": Decision.ADD, "existing": Decision.EXISTING, "leave": Decision.LEAVE}
NOT_TOLD = ("csl", "original", "texts", "confidence", "filled", "match_keys")


class Command(BaseCommand):
    help = (
        "Brings in the references of a file. Certain duplicates are tied to what the library "
        "holds; what is broken is left out and reported. Ends with 1 where a row was broken, 2 "
        "where nothing could be read or probable duplicates are undecided; all of it or nothing "
        "is brought in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file, or - for standard input")
        parser.add_argument("--dry-run", action="store_true", help="report, and bring nothing in")
        parser.add_argument("--format", default="", choices=["", *FORMATS], help="else by content")
        parser.add_argument("--by", default="", metavar="USERNAME", help="who brings them in")
        parser.add_argument("--attach", default="", metavar="ID", help="the work that lists them")
        parser.add_argument(
            "--on-probable",
            choices=sorted(PROBABLE),
            help="what to do with probable duplicates; "
            "one whose identifier we hold already is never added, but tied to what has it",
        )
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        imported = self._begin(options)
        try:
            self._bring_in(imported, options)
        except KeyboardInterrupt:
            imported.refresh_from_db()
            if imported.state in (*WORKING, ImportState.READY):
                imports.cancel(imported=imported, by=imported.by)
            raise CommandError("Ended. Nothing was brought in.", returncode=2) from None

    def _bring_in(self, imported: Import, options: dict[str, Any]) -> None:
        self._work(imported)
        if imported.state == ImportState.FAILED:
            imports.discard(imported=imported)
            raise CommandError(imported.error, returncode=2)
        self._decide(imported, options["on_probable"])
        undecided = imported.rows.filter(decision="").count()
        if not options["dry_run"] and not undecided:
            imports.save(imported=imported, by=imported.by)
            self._work(imported)
        saved, error = imported.state == ImportState.DONE, imported.error
        found = counts(imported)
        self._report(imported, found, saved, as_json=options["json"])
        if not saved:
            imports.discard(imported=imported)
        if options["dry_run"]:
            pass
        elif undecided:
            raise CommandError(_undecided(undecided), returncode=2)
        elif not saved:
            raise CommandError(error or "It was cancelled.", returncode=2)
        if found[Verdict.BROKEN]:
            broken = found[Verdict.BROKEN]
            raise CommandError(
                f"{broken} row{'s were' if broken > 1 else ' was'} broken.", returncode=1
            )

    def _decide(self, imported: Import, on_probable: str | None) -> None:
        """What cannot be added, since we hold its identifier, is tied to what has it."""
        if not on_probable:
            return
        for decision in dict.fromkeys((PROBABLE[on_probable], Decision.EXISTING)):
            imports.decide_all(
                imported=imported, verdict=Verdict.PROBABLE, decision=decision, by=imported.by
            )

    def _begin(self, options: dict[str, Any]) -> Import:
        by = _user(options["by"]) if options["by"] else None
        attach_to = _reference(options["attach"]) if options["attach"] else None
        with _opened(options["file"]) as source:
            try:
                return imports.begin(
                    source=source,
                    name="standard input" if options["file"] == "-" else Path(options["file"]).name,
                    by=by,
                    format=options["format"],
                    attach_to=attach_to,
                )
            except UnreadableError as error:
                raise CommandError(str(error), returncode=2) from None

    def _work(self, imported: Import) -> None:
        """Does here what a worker would do, whether or not one is there."""
        worker = Worker()
        while imported.state in WORKING:
            if not worker.run_this(imported):
                worker.end.wait(0.2)
            imported.refresh_from_db()

    def _report(
        self, imported: Import, found: dict[str, int], saved: bool, *, as_json: bool
    ) -> None:
        told = imported.rows.select_related("result", "match").defer(*NOT_TOLD)
        if as_json:
            rows = [_told(row) for row in told.iterator(chunk_size=1000)]
            report = {"saved": saved, "format": imported.format, "counts": found, "rows": rows}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        for row in told.exclude(verdict=Verdict.NEW).iterator(chunk_size=1000):
            self.stdout.write(
                f"row {row.position}, line {row.line}: {row.get_verdict_display()}. {_reasons(row)}"
            )
        numbers = ", ".join(f"{number} {verdict}" for verdict, number in found.items() if number)
        self.stdout.write(f"{'Brought in' if saved else 'Read, not brought in'}: {numbers}.")


def _undecided(rows: int) -> str:
    return (
        f"{rows} row{'s are' if rows > 1 else ' is'} probably in the library already, and nothing "
        "was brought in: say --on-probable add, existing or leave."
    )


def _told(row: Any) -> dict[str, Any]:
    held = row.result or row.match
    return {
        "row": row.position,
        "line": row.line,
        "number": row.number,
        "verdict": row.verdict,
        "outcome": row.outcome,
        "reason": _reasons(row),
        "id": held.public_id if held else None,
    }


def _reasons(row: Any) -> str:
    problems = [
        f"{problem['field']}: {problem['reason']}" if problem["field"] else problem["reason"]
        for problem in row.problems
    ]
    return " ".join([*problems, row.match_reason, row.outcome_reason]).strip()


def _opened(name: str) -> BinaryIO:
    if name != "-":
        try:
            return Path(name).open("rb")
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}", returncode=2) from None
    source = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    while source.tell() <= MAX_BYTES and (data := sys.stdin.buffer.read(CHUNK)):
        source.write(data)
    source.seek(0)
    return source


def _user(name: str) -> Any:
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no user {name}.", returncode=2)
    return user


def _reference(public_id: str) -> Reference:
    reference = Reference.objects.filter(public_id=public_id).first()
    if reference is None:
        raise CommandError(f"There is no reference {public_id}.", returncode=2)
    return reference
