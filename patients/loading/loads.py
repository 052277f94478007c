"""A whole file, batch by batch, from where an earlier run was broken off."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from literature.history import acting
from patients.loading import indexes
from patients.loading.ahead import ahead
from patients.loading.base import Base, others_are_loaded
from patients.loading.batches import Batches, Options, Outcome
from patients.loading.looking import Looked, look
from patients.loading.preparing import Rejected
from patients.loading.reading import Line, UnreadableError
from patients.models import Load, LoadBatch

WAY: Final = "command load_cases"
LOCK: Final = 7_221_018
"""The number of the lock that keeps two loads from writing at once."""
MAX_BYTES: Final = 8_000_000
"""Of the lines of one batch."""
MAX_NAME: Final = 200
FOR_LOADING: Final = """
    SET LOCAL statement_timeout = 0; SET LOCAL synchronous_commit = off; SET LOCAL work_mem = '64MB'
"""
"""A batch need not wait for the disk: a server that crashes forgets whole batches, the last ones,
and the load goes on behind those that are left. The memory holds what triggers are shown."""
COLLECTED: Final = 10
"""Batches between two looks for objects that nothing refers to any more."""
Told = Callable[[int, list[Rejected]], None]
"""Called after each batch with how many cases were loaded, and what was skipped."""


class LoadError(Exception):
    """Why a load cannot be begun or gone on with."""


class RefusedBatchError(LoadError):
    """Bad lines that are not to be skipped. Nothing of their batch was written."""

    def __init__(self, rejected: list[Rejected]) -> None:
        self.rejected = rejected
        super().__init__(f"{len(rejected)} bad lines")


def begin(*, name: str, by: Any, keep_indexes: bool = False) -> Load:
    """The load of this name, new or to be gone on with. Raises LoadError where it is done."""
    if len(name) > MAX_NAME:
        raise LoadError(f"The name has {len(name)} characters: give one of at most {MAX_NAME} with "
                        "--name.")  # fmt: skip
    load, is_new = Load.objects.get_or_create(name=name, defaults={"by": by})
    if load.finished_at is not None:
        raise LoadError(
            f"{name} is loaded: {load.cases} cases from {load.lines} lines. Give another file of "
            "this name a name of its own with --name."
        )
    if is_new and not keep_indexes and indexes.base_is_empty() and indexes.may_drop():
        with transaction.atomic():
            indexes.drop()
            Load.objects.filter(pk=load.pk).update(without_indexes=True)
        load.refresh_from_db()
    return load


def run(
    *, load: Load, lines: Iterable[Line], options: Options, batch: int, by: Any, told: Told
) -> None:
    """Raises RefusedBatchError, LoadError and UnreadableError; what was written before stays."""
    batches = Batches(Base.as_it_is(), options, by=by, name=load.name)
    parts = _parts(_after(load.lines, load.digest, _other_file(load), lines), batch)

    def next_part() -> Looked | None:
        part = next(parts, None)
        return None if part is None else look(part, screened=options.screened)

    with _few_collections() as collect, closing(ahead(next_part)) as looked:
        for number, part in enumerate(looked, 1):
            outcome = _write(load, batches, part)
            told(outcome.loaded, outcome.rejected)
            if number % COLLECTED == 0:
                collect()


@contextmanager
def _few_collections() -> Iterator[Callable[[], object]]:
    """The parts of documents are many and never in circles: looking for circles after every few
    hundred of them would take a sixth of the time. Gives what looks when it is called."""
    was_on = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield gc.collect
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


def finish(*, load: Load) -> Iterator[str]:
    """Makes the indexes that are missing, and has the planner look at the tables; gives what was
    done, step by step."""
    yield from make_indexes(load=load)
    indexes.analyse()
    Load.objects.filter(pk=load.pk).update(finished_at=timezone.now())
    load.refresh_from_db()
    yield "statistics"


def make_indexes(*, load: Load) -> Iterator[str]:
    """Those that were dropped for it, also where it ends before its time: searching without them
    would be slow. Gives what was done."""
    if load.without_indexes:
        for name in indexes.make():
            yield f"index {name}"
        Load.objects.filter(pk=load.pk).update(without_indexes=False)
        load.without_indexes = False


def _after(done: int, digest: str, other: str, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines behind those that were dealt with, which must be the same as then; `other` says
    that they are not."""
    last = 0
    for line in lines:
        last = line.number
        if line.number == done and line.digest != digest:
            raise LoadError(other)
        if line.number > done:
            yield line
    if last < done:
        raise LoadError(other)


def _other_file(load: Load) -> str:
    return (
        f"{load.lines} lines of {load.name} were loaded before, and this file begins with other "
        "ones. Give it a name of its own with --name."
    )


def _parts(lines: Iterable[Line], batch: int) -> Iterator[list[Line]]:
    """Of `batch` lines, or fewer that are long. Empty lines count as none."""
    part: list[Line] = []
    size = held = 0
    for line in lines:
        part.append(line)
        size += line.length
        held += bool(line.data) or line.length > 2
        if held >= batch or size >= MAX_BYTES or len(part) >= 10 * batch:
            yield part
            part, size, held = [], 0, 0
    if part:
        yield part


def _write(load: Load, batches: Batches, looked: Looked) -> Outcome:
    """The batch, and how far the load is then, in one transaction."""
    with acting(by=batches.by, way=WAY, reason=f"Load {load.name}"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(FOR_LOADING)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        at_hand = Load.objects.select_for_update().get(pk=load.pk)
        if at_hand.lines != load.lines:
            raise LoadError(f"{load.name} is being loaded by another process.")
        outcome = batches.load(looked)
        if outcome.rejected and not batches.options.skip_bad:
            raise RefusedBatchError(outcome.rejected)
        if outcome.loaded and others_are_loaded(synthetic=bool(batches.base.is_synthetic)):
            raise LoadError("Cases of the other kind, real or synthetic, were loaded meanwhile.")
        _keep(load, batches, looked.lines, outcome)
    return outcome


def _keep(load: Load, batches: Batches, part: list[Line], outcome: Outcome) -> None:
    if outcome.loaded:
        load.is_synthetic = batches.base.is_synthetic
        LoadBatch.objects.create(
            load=load, first_line=part[0].number, last_line=part[-1].number, cases=outcome.loaded,
            digest=outcome.digest, at=timezone.now(),
        )  # fmt: skip
    load.lines, load.digest = part[-1].number, part[-1].digest
    load.cases += outcome.loaded
    load.skipped += len(outcome.rejected)
    load.save(update_fields=["lines", "digest", "cases", "skipped", "is_synthetic"])


__all__ = ["LoadError", "RefusedBatchError", "UnreadableError", "begin", "finish", "run"]
