"""What the worker does while no import waits. An app that has such work registers it here."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.db import Error

Task = Callable[[], bool]
"""Does a little of its work, within a second or so; says whether it may have more."""

_tasks: list[Task] = []
log = structlog.get_logger(__name__)


def register(task: Task) -> None:
    _tasks.append(task)


def work_a_little() -> bool:
    """Each task once; whether any may have more. One that fails does not keep the others from
    theirs. Raises OperationalError where the database is away."""
    have_more = [_tried(task) for task in _tasks]
    return any(have_more)


def _tried(task: Task) -> bool:
    try:
        return task()
    except Error:
        raise
    except Exception:
        log.exception("background_task_failed")
        return False
