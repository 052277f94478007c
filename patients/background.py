"""What of cases is made in the background, by the worker."""

from __future__ import annotations

import time
from typing import Final

import structlog

from patients.actions import likeness, listings, prepared_answers, same_patient

ALL_AGAIN_SECONDS: Final = 600.0
NEW_SECONDS: Final = 2.0
log = structlog.get_logger(__name__)


class Passes:
    """A task that takes up all there is once at the start and now and then, and in between what is
    new."""

    def __init__(self) -> None:
        self._next_look = self._next_pass = 0.0

    def __call__(self) -> bool:
        now = time.monotonic()
        if now < self._next_look:
            return False
        if now >= self._next_pass:
            self._next_pass = now + ALL_AGAIN_SECONDS
            self.begin()
        if self.step():
            return True
        self._next_look = now + NEW_SECONDS
        return False

    def begin(self) -> None:
        """Before each pass."""
        raise NotImplementedError

    def step(self) -> bool:
        """A little of it; whether there may be more."""
        raise NotImplementedError


class PrepareAnswers(Passes):
    """Keeps what readers are sent."""

    def begin(self) -> None:
        self._last = 0
        prepared_answers.forget(cases=prepared_answers.withdrawn_cases())

    def step(self) -> bool:
        last, _ = prepared_answers.prepare_after(self._last)
        self._last = self._last if last is None else last
        return last is not None


class FindLikenesses(Passes):
    """Finds which published cases are like each other: those that wait for it, some at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._common: set[int] = set()

    def begin(self) -> None:
        self._last = 0
        self._common.clear()
        likeness.leave_hidden()

    def step(self) -> bool:
        last = likeness.keep_features_after(self._last)
        if last is not None:
            # All of them first: what is found before its likes are known is found twice.
            self._last = last
            return True
        return bool(likeness.find_stale(common=self._common))


class ForgetWords(Passes):
    """Forgets the words that hidden cases alone have."""

    def begin(self) -> None:
        listings.forget_words_of_hidden()

    def step(self) -> bool:
        return False


class FindSamePatients(Passes):
    """Looks for cases that may be of one patient: what has changed lately, and all in passes."""

    def begin(self) -> None:
        self._last: int | None = 0

    def step(self) -> bool:
        if same_patient.look_at_latest():
            return True
        if self._last is not None:
            self._last = same_patient.look_after(self._last)
        return self._last is not None
