"""The public world with every answer that it gives, and what a hidden world changes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random

from django.db import connection
from django.test import Client

from tests import make
from tests.matrix.asking import rolled_back
from tests.worlds.asking import Answer, Asked, Asking, difference, rows_of
from tests.worlds.hidden import KINDS, Address
from tests.worlds.public import PublicWorld, work_off
from tests.worlds.surfaces import NOBODY, SIGNED_IN, Surface, surfaces

EACH_TIME = 7
"""Surfaces that are asked for anew in each world, all of them in turn: 200 worlds do once."""
HIDDEN_EACH_TIME = 2
"""Addresses of hidden records that are tried in each world."""
PUBLIC_NAME = re.compile(r"[0-9A-Z-]{10}")


class Baseline:
    def __init__(self) -> None:
        with committing():
            self.world = PublicWorld()
        client = Client()
        client.force_login(make.make_user())
        self.asking = Asking({SIGNED_IN: client.cookies.output(header="", attrs=[])})
        self.surfaces = surfaces(self.world)
        self.asking.ask(Surface(NOBODY, "/cases/?q=clot"))  # a process remembers the names of terms
        self.asked: dict[Surface, Asked] = {each: self.asking.ask(each) for each in self.surfaces}
        read = frozenset[bytes]().union(*(asked.read for asked in self.asked.values()))
        self.rows = {statement: rows_of(statement) for statement in sorted(read)}
        self.anew = 0

    def leaks(self, number: int, kinds: list[str]) -> list[str]:
        """What differs once a hidden world of these kinds is there; it is gone afterwards."""
        random = Random(f"what is in world {number}")
        with rolled_back():
            found: list[Address] = []
            with committing():
                for kind in kinds:
                    found += KINDS[kind](self.world, random)
            work_off()
            return [*self.differing(number), *self._told_apart(found, random)]

    def differing(self, number: int) -> Iterator[str]:
        """The surfaces that have another answer now, with what is other. `number` says whose turn
        it is to be asked for anew in any case."""
        changed = {one for one, rows in self.rows.items() if rows_of(one) != rows}
        first = number * EACH_TIME
        turn = {(first + step) % len(self.surfaces) for step in range(EACH_TIME)}
        for place, surface in enumerate(self.surfaces):
            before = self.asked[surface]
            if place in turn or before.read & changed or not before.is_told_by_them:
                self.anew += 1
                if what := difference(before.answer, self.asking.ask(surface).answer):
                    yield f"{surface}: {what}"

    def _told_apart(self, found: list[Address], random: Random) -> Iterator[str]:
        """Where something hidden is answered otherwise than nothing."""
        for hidden, nothing in random.sample(found, min(HIDDEN_EACH_TIME, len(found))):
            for reader in (NOBODY, SIGNED_IN):
                self.anew += 1
                shown, absent = (
                    self.asking.ask(Surface(reader, path)).answer for path in (hidden, nothing)
                )
                if what := difference(absent, _renamed(shown, hidden, nothing)):
                    yield f"{reader or 'nobody'} at something hidden, {nothing}: {what}"

    def summary(self) -> str:
        return (
            f"{len(self.surfaces)} surfaces, {len(self.rows)} statements, "
            f"{self.anew} answers asked for anew"
        )


def _renamed(answer: Answer, hidden: str, nothing: str) -> Answer:
    """`answer` with what its own address says taken for that of nothing."""
    told, absent = (PUBLIC_NAME.findall(path) for path in (hidden, nothing))
    body, headers = answer.body, answer.headers
    for own, other in zip(told, absent, strict=True):
        body = body.replace(own.encode(), other.encode())
        headers = tuple((name, value.replace(own, other)) for name, value in headers)
    return replace(answer, body=body, headers=headers)


@contextmanager
def committing() -> Iterator[None]:
    """What waits for a commit inside is done at the end, as if there had been one."""
    before, connection.run_on_commit = connection.run_on_commit, []
    yield
    waiting, connection.run_on_commit = connection.run_on_commit, before
    for _, act, _ in waiting:
        act()
