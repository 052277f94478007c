"""Progress that does something at a chosen point of the work."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection

from literature.importing.progress import Unwatched


class At(Unwatched):
    """Calls `act` at the first tick that says at least `done` rows are through."""

    def __init__(self, done: int, act: Callable[[], None]) -> None:
        self.done, self.act, self.acted = done, act, False

    def tick(self, done: int) -> None:
        if done >= self.done and not self.acted:
            self.acted = True
            self.act()


def elsewhere(act: Callable[[], object]) -> None:
    """Runs `act` to its end on a connection of its own; raises what it raises."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]
