"""How visits come: as fast as can be, or each at its own time whatever happens."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Final

from bench.load.client import Book, LostError, Seen, Visitor
from bench.load.site import Site
from bench.load.visits import Visit, any_visit, bring_in_much

AT_ONCE: Final = (1, 2, 4, 8, 16)
"""Visitors of the steps of the ramp."""
VISITORS: Final = 64
"""Of the open loop, at most at one time: whoever comes then waits, and the wait counts."""
BETWEEN_LONG: Final = 60.0
"""Seconds from one long import to the next."""


@dataclass(frozen=True, slots=True)
class Step:
    at_once: int
    visits: float
    """A second."""


class FaultyError(Exception):
    """The site did not answer as it should, before there was much to do."""


def ramp(site: Site, seconds: float) -> list[Step]:
    """What the machine can do: visits a second, by how many visitors come at once, each with a new
    visit as soon as the last is over. Raises FaultyError at the first error."""
    _closed(site, max(AT_ONCE), seconds)  # so that all processes have done everything once
    return [Step(count, _closed(site, count, seconds)) for count in AT_ONCE]


def _closed(site: Site, count: int, seconds: float) -> float:
    begin, book = time.monotonic(), Book()
    until, done = begin + seconds, [0] * count

    def visit(number: int) -> None:
        visitor, dice = Visitor(site.port, book), Random(f"ramp {count} {number}")
        while time.monotonic() < until:
            with suppress(LostError):
                any_visit(dice)(visitor, site, dice)
                done[number] += 1
        visitor.close()

    _together([lambda number=number: visit(number) for number in range(count)])
    if book.errors:
        raise FaultyError("\n".join(book.errors))
    return sum(done) / (time.monotonic() - begin)


def hold(site: Site, rate: float, seconds: float) -> tuple[Book, float]:
    """Poisson arrivals, `rate` a second, for so long; and one long import after the other. The book
    of it, and when it began."""
    book, waiting = Book(), queue.Queue[tuple[float, Visit] | None]()
    begin = time.monotonic()

    def come() -> None:
        dice, at = Random("arrivals"), begin
        while (at := at + dice.expovariate(rate)) < begin + seconds:
            time.sleep(max(0.0, at - time.monotonic()))
            waiting.put((at, any_visit(dice)))
        for _ in range(VISITORS):
            waiting.put(None)

    def answer(number: int) -> None:
        visitor, dice = Visitor(site.port, book), Random(f"visitor {number}")
        while (came := waiting.get()) is not None:
            visitor.is_due(came[0])
            with suppress(LostError):
                came[1](visitor, site, dice)
        visitor.close()

    visitors = [lambda number=number: answer(number) for number in range(VISITORS)]
    _together([come, lambda: _long_imports(site, book, begin + seconds), *visitors])
    return book, begin


def _long_imports(site: Site, book: Book, until: float) -> None:
    visitor, dice = Visitor(site.port, book), Random(f"long {until}")
    while (began := time.monotonic()) < until:
        try:
            bring_in_much(visitor, site, dice)
        except LostError:
            pass  # it is in the book
        except TimeoutError as error:
            book.note(Seen("long import, look", began, time.monotonic() - began, True), str(error))
        rest = min(began + BETWEEN_LONG, until) - time.monotonic()
        time.sleep(max(0.0, rest))
    visitor.close()


def _together(tasks: list[Callable[[], None]]) -> None:
    """Returns when all are over. Raises what the first of them raised that nobody reckoned with."""
    broken: list[BaseException] = []

    def run(task: Callable[[], None]) -> None:
        try:
            task()
        except BaseException as error:
            broken.append(error)

    threads = [threading.Thread(target=run, args=[task], daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
