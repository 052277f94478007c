"""What is told on the way: not often, and how long it will take where that can be known."""

from __future__ import annotations

import pytest

from patients.loading.progress import EVERY, Progress, span_words


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_now_and_then_with_the_time_left() -> None:
    said: list[str] = []
    clock, place = Clock(), [0]
    progress = Progress(said.append, 1_000, lambda: place[0], clock)
    place[0] = 500  # an earlier run had come so far
    for _ in range(40):
        clock.now += 1
        place[0] += 10
        progress.add(5)
    assert len(said) == 40 // EVERY
    assert said[0] == "50 cases, 5 a second, 60 %, 40 s left"
    assert said[-1] == "200 cases, 5 a second, 90 %, 10 s left"
    assert progress.end() == "200 cases, 5 a second"


def test_of_a_pipe_nobody_knows_the_end() -> None:
    said: list[str] = []
    clock = Clock()
    progress = Progress(said.append, clock=clock)
    for _ in range(2):
        clock.now += EVERY
        progress.add(5)
    assert said == ["5 cases, 0 a second", "10 cases, 0 a second"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "5 s"), (720, "12 min"), (12_000, "3 h 20 min")]
)
def test_spans(seconds: float, words: str) -> None:
    assert span_words(seconds) == words
