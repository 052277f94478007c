"""`manage.py load_cases FILE…`: case documents as JSON lines, brought in as published cases."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import msgspec
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from patients.loading import loads
from patients.loading.base import MixedBaseError
from patients.loading.batches import Options
from patients.loading.preparing import Rejected
from patients.loading.progress import Progress
from patients.loading.reading import UnreadableError, decompressed, lines_of, opened
from patients.management.commands.make_corpus import whole_number
from patients.models import Load

BATCH: Final = 200
"""Lines that are written in one transaction."""
NAMED: Final = 100
"""Bad lines of a file that are named on standard error; `--bad-lines` has all."""


STOPS: Final = (loads.LoadError, UnreadableError, MixedBaseError)
"""Ends of a load that somebody can do something about."""


class Command(BaseCommand):
    help = (
        "Brings case documents in as published cases: one JSON document a line, as the API gives "
        "it, or {“document”: …, “references”: {id: CSL-JSON}}. Plain, .gz, or - for standard "
        "input. A bad line is named with its field and reason; nothing of its batch is written, "
        "unless --skip-bad. Run it again after a break: it goes on behind the last whole batch."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--name", default="", help="under which the load is kept; without it, "
                            "that of the file")  # fmt: skip
        parser.add_argument("--skip-bad", action="store_true", help="leave bad lines out")
        parser.add_argument("--bad-lines", type=Path, metavar="FILE",
                            help="where all bad lines are named, as JSON lines")  # fmt: skip
        parser.add_argument("--make-terms", action="store_true",
                            help="make terms that the base does not have")  # fmt: skip
        parser.add_argument("--already-screened", action="store_true",
                            help="do not look for text that could point to a person: somebody "
                            "has")  # fmt: skip
        parser.add_argument("--keep-indexes", action="store_true",
                            help="do not make the indexes of an empty base at the end")  # fmt: skip
        parser.add_argument("--for-reading", action="store_true", help="of synthetic cases, only "
                            "what readers search and read: for very large bases")  # fmt: skip
        parser.add_argument("--batch", type=whole_number(1, 5_000), default=BATCH)
        parser.add_argument("--by", default="", metavar="USERNAME", help="who publishes them")

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        if len(files) > 1 and options["name"]:
            raise CommandError("--name is for one file.")
        by = _publisher(options["by"])
        with _open_bad_lines(options["bad_lines"]) as bad_lines:
            for file in files:
                try:
                    self._load(file, by, bad_lines, options)
                except STOPS as error:
                    raise CommandError(self._told(file, error, options)) from error

    def _load(self, file: str, by: Any, bad_lines: BinaryIO | None, options: Any) -> None:
        name = options["name"] or Path(file).name
        load = loads.begin(name=name, by=by, keep_indexes=options["keep_indexes"])
        if load.lines:
            self._tell(name, [f"goes on behind line {load.lines}"])
        flags = Options(options["skip_bad"], options["make_terms"], options["already_screened"],
                        options["for_reading"])  # fmt: skip
        try:
            with _source(file) as (source, total, place):
                progress = Progress(lambda words: self._tell(name, [words]), total, place)

                def told(cases: int, rejected: list[Rejected]) -> None:
                    self._name(name, rejected, bad_lines, load)
                    progress.add(cases)

                loads.run(load=load, lines=lines_of(source), options=flags,
                          batch=options["batch"], by=by, told=told)  # fmt: skip
        except STOPS as error:
            if isinstance(error, loads.RefusedBatchError):
                self._name(name, error.rejected, bad_lines, None)
            self._tell(name, loads.make_indexes(load=load))
            raise
        self._tell(name, [progress.end()])
        self._tell(name, loads.finish(load=load))
        self.stdout.write(f"{name}: {load.cases} cases loaded from {load.lines} lines, "
                          f"{load.skipped} bad lines skipped")  # fmt: skip

    def _tell(self, name: str, steps: Iterable[str]) -> None:
        for step in steps:
            self.stderr.write(f"{name}: {step}")

    def _name(
        self, name: str, rejected: list[Rejected], bad_lines: BinaryIO | None, load: Load | None
    ) -> None:
        named_before = load.skipped - len(rejected) if load else 0
        for number, each in enumerate(rejected, named_before + 1):
            if number <= NAMED:
                self.stderr.write(f"{name}, {each}")
            elif number == NAMED + 1:
                self.stderr.write(f"{name}: more bad lines are counted, and named by --bad-lines")
            if bad_lines is not None:
                told = {"file": name, "line": each.line, "problems": each.problems}
                bad_lines.write(msgspec.json.encode(told) + b"\n")

    def _told(self, file: str, error: Exception, options: Any) -> str:
        if not isinstance(error, loads.RefusedBatchError):
            return str(error)
        load = Load.objects.filter(name=options["name"] or Path(file).name).first()
        before = f"The {load.cases} cases before it are loaded." if load else ""
        return (
            f"Nothing of the batch with the bad lines was loaded. {before} Mend them and run this "
            "again, or leave them out with --skip-bad."
        )


def _publisher(username: str) -> Any:
    if not username:
        return None
    user = get_user_model().objects.filter(username=username, is_active=True).first()
    if user is None or not user.has_perm("patients.publish_case"):
        raise CommandError(f"{username} is nobody who may publish cases.")
    return user


@contextmanager
def _source(file: str) -> Iterator[tuple[BinaryIO, int, Callable[[], int]]]:
    """What is read, and how many bytes of how many were: of a pipe nobody knows."""
    if file == "-":
        yield decompressed(cast(BinaryIO, sys.stdin.buffer)), 0, lambda: 0
        return
    path = Path(file)
    with opened(path) as source:
        total = path.stat().st_size if path.is_file() else 0
        yield decompressed(source), total, source.tell


@contextmanager
def _open_bad_lines(path: Path | None) -> Iterator[BinaryIO | None]:
    if path is None:
        yield None
        return
    try:
        file = path.open("ab")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from error
    with file:
        yield cast(BinaryIO, file)
