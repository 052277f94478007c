"""What the bench of mixed load works out by itself: its mix, its tables, its percentiles."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from bench.load.client import Seen
from bench.load.driving import Step
from bench.load.report import Load, percentiles
from bench.load.visits import MIX, any_visit, records
from bench.load.watching import Memory
from bench.reading.report import LAST, write_into
from literature.importers.registry import recognise


def load(**changes) -> Load:
    seen = [Seen("case, page", 100 + n, 0.01 * (n + 1), n == 19) for n in range(20)]
    memory = Memory([(100.0, {"site": 80.4}), (104.0, {"site": 90.6}), (111.0, {"site": 70.0})])
    told = {
        "title": "1 minute", "told": "Today.", "steps": [Step(1, 5.0), Step(2, 9.96)], "rate": 8.0,
        "seen": seen, "errors": ["case, page: 500"], "memory": memory, "begin": 100.0,
        "window": 10.0, "count": 2,
    }  # fmt: skip
    return Load(**{**told, **changes})


def test_requests_are_told_by_kind_and_by_window() -> None:
    text = str(load())
    assert "| case, page | 20 | 1 | 105.0 | 190.5 |" in text
    assert "| all | 20 | 1 | 105.0 | 190.5 |" in text
    assert "| 0–0.167 | 10 | 0 | 55.0 | 95.5 |" in text
    assert "1: 5.0, 2: 10.0. Held: 8.0." in text
    assert "- `case, page: 500`" in text


def test_memory_is_the_most_of_each_window() -> None:
    assert "| site | 91 | 70 |" in str(load())


@pytest.mark.parametrize(
    ("seconds", "told"), [([], (0, 0)), ([2.0], (2.0, 2.0)), ([1.0, 3.0], (2.0, 2.9))]
)
def test_percentiles_of_few(seconds, told) -> None:
    assert percentiles(seconds) == pytest.approx(told)


def test_every_kind_of_visit_comes_as_often_as_it_should() -> None:
    dice = Random(1)
    found = Counter(any_visit(dice).__name__ for _ in range(20_000))
    total = sum(weight for _, weight in MIX)
    for visit, weight in MIX:
        expected = 20_000 * weight / total
        assert abs(found[visit.__name__] - expected) < 6 * expected**0.5


def test_records_are_such_as_an_import_takes_and_never_the_same() -> None:
    first, second = records(3, Random(1)), records(3, Random(2))
    assert recognise(first).name == "ris"
    assert first.count(b"TY  - ") == 3
    assert first != second


def test_the_tables_have_a_section_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    path.write_text(f"Before.\n\n{LAST}\n")
    write_into(path, load())
    write_into(path, load(title="2 minutes"))
    text = path.read_text()
    assert text.count("<!-- bench load -->") == 1
    assert "### 2 minutes" in text
    assert "### 1 minute" not in text
