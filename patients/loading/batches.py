"""One batch of lines: checked, then written in one transaction, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from patients.loading.base import Base
from patients.loading.decoding import Read, where_of
from patients.loading.known import Known
from patients.loading.looking import Looked
from patients.loading.preparing import Rejected, prepare
from patients.loading.problems import BadLineError, Problem, bad
from patients.loading.refusals import reason_of
from patients.loading.writing import Written, write

NEVER_MIXED: Final = (
    "is {}, and the cases of this base are {}: they are never mixed. Load it into a base of its own"
)


@dataclass(slots=True)
class Outcome:
    """What became of a batch. Unless bad lines are skipped, one that is rejected means that
    nothing of the batch was written."""

    loaded: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    digest: str = ""
    """SHA-256 of the checksums of the versions, one after the other."""


@dataclass(frozen=True, slots=True)
class Options:
    skip_bad: bool = False
    make_terms: bool = False
    screened: bool = False
    """Somebody has looked through the free texts for what could point to a person."""
    for_reading: bool = False
    """Of synthetic cases, what readers search and read, and nothing that is edited."""


class Batches:
    """Loads one batch after the other; what it remembers between them stays within bounds."""

    def __init__(self, base: Base, options: Options, *, by: Any, name: str) -> None:
        self.base, self.options, self.by, self.name = base, options, by, name
        self.known = Known()

    def load(self, looked: Looked) -> Outcome:
        """Inside a transaction, which is set to be rolled back where the batch is refused."""
        outcome = Outcome(rejected=[Rejected(*each) for each in looked.bad])
        good = list(self._fitting(looked.good, outcome))
        if self._goes_on(outcome):
            checksums = [each for part in self._write(good, outcome) for each in part.checksums]
            if self._goes_on(outcome):
                outcome.loaded = len(checksums)
                outcome.digest = hashlib.sha256("".join(checksums).encode()).hexdigest()
            else:
                transaction.set_rollback(True)
                self.known.forget()
        outcome.rejected.sort(key=lambda rejected: rejected.line)
        return outcome

    def _goes_on(self, outcome: Outcome) -> bool:
        return self.options.skip_bad or not outcome.rejected

    def _fitting(self, lines: Sequence[Read], outcome: Outcome) -> Iterator[Read]:
        """Those that go with the lines before them and with the base."""
        seen: dict[str, int] = {}
        for line in lines:
            try:
                self._refuse(line, seen)
            except BadLineError as error:
                outcome.rejected.append(Rejected(line.number, error.problems))
            else:
                seen[line.document.accession] = line.number
                yield line

    def _refuse(self, line: Read, seen: dict[str, int]) -> None:
        accession = line.document.accession
        if accession in seen:
            raise bad(f"{where_of(line)}accession", f"{accession} is that of line "
                      f"{seen[accession]} too")  # fmt: skip
        if not self.base.takes(synthetic=line.synthetic):
            kinds = ("synthetic", "real") if line.synthetic else ("real", "synthetic")
            raise bad("", NEVER_MIXED.format(*kinds))
        if self.options.for_reading and not line.synthetic:
            raise bad("", "is real: --for-reading leaves out what a real case needs")

    def _write(self, lines: Sequence[Read], outcome: Outcome) -> Iterator[Written]:
        """All lines at once; where the database refuses, each half, down to the line."""
        if not lines:
            return
        make_terms = self.options.make_terms or bool(self.base.is_synthetic)
        prepared = prepare(lines, self.known, make_terms=make_terms)
        outcome.rejected += prepared.rejected
        if not prepared.lines or not self._goes_on(outcome):
            return
        try:
            with transaction.atomic():
                written = write(
                    prepared, self.known, at=timezone.now(), by=self.by, name=self.name,
                    for_reading=self.options.for_reading,
                )  # fmt: skip
        except (IntegrityError, DataError) as error:
            left = [line for line, _ in prepared.lines]
            # What was remembered may have been merged away or removed meanwhile.
            remembered = self.known.forget()
            if len(left) == 1 and not remembered:
                problem = Problem("", reason_of(error))
                outcome.rejected.append(Rejected(left[0].number, [problem]))
                return
            half = (len(left) + 1) // 2
            yield from self._write(left[:half], outcome)
            yield from self._write(left[half:], outcome)
        else:
            self.known.keep(written.works, written.terms, written.words)
            yield written
