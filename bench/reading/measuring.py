"""Ratios of two ways, by slices in the order A B B A, so that a drift of the machine meets both.

A pair of slices in which other processes used more than a third of a core is left out; how many
were is told with the result. Where hardly any is left, all count, and that is told too.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median, quantiles
from time import perf_counter
from typing import Final

import psutil

SLICE_SECONDS: Final = 1.0
PAIRS: Final = 12
MOST_TRIES: Final = 2
"""Times `PAIRS`, on a machine that others use."""
OTHERS: Final = 0.3
"""Cores."""

Ask = Callable[[str], None]
"""Asks for one key and checks the answer. Raises where it is wrong."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as long the first takes as the second."""

    median: float
    low: float
    high: float
    """Quartiles."""
    pairs: int
    disturbed: int
    """Pairs in which others used the machine."""
    is_rough: bool
    """Hardly a pair was undisturbed, so all of them count."""
    milliseconds: float
    """Of one request of the first: the median of all that counted."""
    slow: float
    """95 of 100 such requests took at most so many milliseconds."""


def ratio(
    first: Ask,
    second: Ask,
    keys: Sequence[str],
    family: Sequence[int] = (),
    others: float = OTHERS,
) -> Ratio:
    """`family` are the processes that take part, by pid; their children too. Both are asked for
    the same keys in turn."""
    pairs: list[_Pair] = []
    around = {ask: itertools.cycle(keys) for ask in (first, second)}
    for ask in around:
        _slice(ask, around[ask])
    while sum(pair.is_quiet for pair in pairs) < PAIRS and len(pairs) < PAIRS * MOST_TRIES:
        order = [first, second] if len(pairs) % 2 == 0 else [second, first]
        before, began = _others(family), perf_counter()
        took = {ask: _slice(ask, around[ask]) for ask in order}
        used = (_others(family) - before) / (perf_counter() - began)
        pairs.append(_Pair(took[first], took[second], used <= others))
    return _told(pairs)


@dataclass(frozen=True, slots=True)
class _Pair:
    first: list[float]
    """Seconds of each request."""
    second: list[float]
    is_quiet: bool


def _told(pairs: list[_Pair]) -> Ratio:
    quiet = [pair for pair in pairs if pair.is_quiet]
    is_rough = len(quiet) < PAIRS // 2
    counted = pairs if is_rough else quiet
    found = [mean(pair.first) / mean(pair.second) for pair in counted]
    times = [took for pair in counted for took in pair.first]
    low, _, high = quantiles(found, n=4)
    return Ratio(
        median(found), low, high, len(counted), len(pairs) - len(quiet), is_rough,
        median(times) * 1e3, quantiles(times, n=20)[-1] * 1e3,
    )  # fmt: skip


def _slice(ask: Ask, keys: Iterator[str]) -> list[float]:
    """Seconds of each request, one after the other for `SLICE_SECONDS`."""
    took: list[float] = []
    began = now = perf_counter()
    while now - began < SLICE_SECONDS:
        ask(next(keys))
        after = perf_counter()
        took.append(after - now)
        now = after
    return took


def _others(family: Sequence[int]) -> float:
    """Seconds of processor time that others than `family` and this process have used so far."""
    times = psutil.cpu_times()
    all_of_them = times.user + times.nice + times.system
    return all_of_them - sum(_used(pid) for pid in {os.getpid(), *family})


def _used(pid: int) -> float:
    try:
        members = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return 0.0
    used = 0.0
    for each in members:
        try:
            times = each.cpu_times()
        except psutil.Error:
            continue
        used += times.user + times.system
    return used
