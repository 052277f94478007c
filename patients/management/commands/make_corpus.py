"""`manage.py make_corpus N --seed S`: synthetic case documents as JSON lines, for measurement."""

from __future__ import annotations

import gzip
import os
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from patients.corpus.lines import CHUNK, LARGEST_COUNT, LARGEST_SEED, Corpus, lines_of

SAYS_EVERY = 5.0
"""Seconds."""


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text[:20]) <= most:
            raise ArgumentTypeError(f"a whole number from {least} to {most}, not {text[:30]!r}")
        return int(text)

    return read


def _compressed(plain: BinaryIO, path: Path) -> AbstractContextManager[BinaryIO]:
    """`plain`, through gzip where the name of the file asks for it."""
    if path.suffix != ".gz":
        return nullcontext(plain)
    # Without a name and a time in it: the same corpus is the same bytes.
    return cast("AbstractContextManager[BinaryIO]", gzip.GzipFile("", "wb", 5, plain, mtime=0))


class Command(BaseCommand):
    help = (
        "Writes N synthetic case documents as JSON lines for load_cases: about ten events and 25 "
        "citations each, one in five in Chinese. The same N and seed give the same bytes. They "
        "tell of nobody, say so in every title, and load_cases keeps them apart from real cases."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", metavar="N", type=whole_number(1, LARGEST_COUNT))
        parser.add_argument("--seed", type=whole_number(0, LARGEST_SEED), required=True)
        parser.add_argument("--out", type=Path, help="a file, compressed if it ends in .gz; "
                            "without it, standard output")  # fmt: skip
        parser.add_argument("--start", type=whole_number(0, LARGEST_COUNT), default=0,
                            help="number of the first case, to make a corpus in parts")  # fmt: skip
        parser.add_argument("--works", type=whole_number(100, 10**9), default=0,
                            help="how many works there are to cite; three a case")  # fmt: skip
        parser.add_argument("--workers", type=whole_number(1, 64), default=0)

    def handle(
        self, *args: Any, count: int, seed: int, out: Path | None, start: int, works: int,
        workers: int, **options: Any,
    ) -> None:  # fmt: skip
        corpus = Corpus(count, seed, start, works)
        try:
            if out is None:
                self._write(corpus, workers, cast(BinaryIO, sys.stdout.buffer))
                return
            whole = out.with_name(f"{out.name}.part")
            with whole.open("wb") as plain, _compressed(plain, out) as file:
                self._write(corpus, workers, file)
            os.replace(whole, out)
        except BrokenPipeError:
            # Who reads has had enough. Nothing is left to say it on at the end of the process.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror or error}") from error

    def _write(self, corpus: Corpus, workers: int, file: BinaryIO) -> None:
        began = said = monotonic()
        for number, block in enumerate(lines_of(corpus, workers), 1):
            file.write(block)
            now = monotonic()
            if now - said >= SAYS_EVERY:
                said, made = now, min(number * CHUNK, corpus.count)
                self.stderr.write(f"{made} of {corpus.count} cases, {made / (now - began):.0f} a "
                                  "second")  # fmt: skip
        file.flush()
        took = max(monotonic() - began, 1e-6)
        self.stderr.write(f"{corpus.count} cases, {corpus.count / took:.0f} a second")
