"""What of cases is made in the background, by the worker."""

from __future__ import annotations

import time
from typing import Final

import structlog

from patients.actions import likeness, prepared_answers, same_patient

ALL_AGAIN_SECONDS: Final = 600.0
NEW_SECONDS: Final = 2.0
log = structlog.get_logger(__name__)


class PrepareAnswers:
    """Keeps what readers are sent: all that is missing once at the start and now and then, and in
    between what was published since."""

    def __init__(self) -> None:
        self._last = 0
        self._next_look = self._next_pass = 0.0

    def __call__(self) -> bool:
        now = time.monotonic()
        if now < self._next_look:
            return False
        if now >= self._next_pass:
            self._last, self._next_pass = 0, now + ALL_AGAIN_SECONDS
            prepared_answers.forget(cases=prepared_answers.withdrawn_cases())
        last, _ = prepared_answers.prepare_after(self._last)
        if last is None:
            self._next_look = now + NEW_SECONDS
            return False
        self._last = last
        return True


class FindLikenesses:
    """Finds which published cases are like each other: those that wait for it, some at a time. What
    came in without an action (a load, an upgrade) is taken up as `PrepareAnswers` does."""

    def __init__(self) -> None:
        self._last = 0
        self._common: set[int] = set()
        self._next_look = self._next_pass = 0.0

    def __call__(self) -> bool:
        now = time.monotonic()
        if now < self._next_look:
            return False
        if now >= self._next_pass:
            self._last, self._next_pass = 0, now + ALL_AGAIN_SECONDS
            self._common.clear()
            likeness.leave_hidden()
        last = likeness.keep_features_after(self._last)
        if last is not None:
            # All of them first: what is found before its likes are known is found twice.
            self._last = last
            return True
        if likeness.find_stale(common=self._common):
            return True
        self._next_look = now + NEW_SECONDS
        return False


class FindSamePatients:
    """Looks for cases that may be of one patient: what has changed lately, and all in passes."""

    def __init__(self) -> None:
        self._last: int | None = 0
        self._next_look = self._next_pass = 0.0

    def __call__(self) -> bool:
        now = time.monotonic()
        if now < self._next_look:
            return False
        if now >= self._next_pass:
            self._last, self._next_pass = 0, now + ALL_AGAIN_SECONDS
        if same_patient.look_at_latest():
            return True
        if self._last is not None:
            self._last = same_patient.look_after(self._last)
            return self._last is not None
        self._next_look = now + NEW_SECONDS
        return False
