"""Clients that write to a site all the time, as those of `tests.survival.writers` do."""

from __future__ import annotations

from typing import Any

from tests.scaling.cluster import wait_for
from tests.survival.running import Site
from tests.survival.test_killed import acknowledged
from tests.survival.writers import Writer

CLIENTS, TIMES = 4, 5
PUBLISHABLE = 12


def begin_to_write(site: Site) -> tuple[list[Writer], dict[str, Any]]:
    """Returns when each of them was answered several times, with what `site` was prepared with."""
    told = site.say(f"prepare {PUBLISHABLE}")
    site.fill()
    writers = [Writer(site, told, number) for number in range(CLIENTS)]
    for writer in writers:
        writer.start()
    wait_for_more_of_each(writers)
    return writers, told


def wait_for_more_of_each(writers: list[Writer]) -> None:
    """Returns when every client has been acknowledged some more times."""
    before = [acknowledged([writer]) for writer in writers]

    def are_heard() -> bool:
        nobody_failed(writers)
        return all(acknowledged([w]) >= n + TIMES for w, n in zip(writers, before, strict=True))

    wait_for(are_heard, "Somebody is not answered.")


def nobody_failed(writers: list[Writer]) -> None:
    """Raises what a client was not prepared for."""
    for writer in writers:
        if writer.error is not None:
            raise AssertionError(f"Client {writer.number}: {writer.error!r}") from writer.error


def end(writers: list[Writer], published: str) -> None:
    """Returns when something of each kind is written and nobody writes any more. `published` was
    acknowledged too, and nobody withdraws it."""
    for kind in ("references", "words", "imported"):
        wait_for(lambda kind=kind: any(getattr(w, kind) for w in writers), f"There are no {kind}.")
    for writer in writers:
        writer.ending.set()
    for writer in writers:
        writer.join()
    writers[0].published.append(published)
    nobody_failed(writers)
