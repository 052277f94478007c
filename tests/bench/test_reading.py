"""What the bench of reading works out by itself: pairs of questions, ratios, its table's place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.reading.asking import WrongAnswerError
from bench.reading.equal import check_equal
from bench.reading.lines import Line
from bench.reading.measuring import Ratio
from bench.reading.questions import matched
from bench.reading.report import LAST, NoPlaceError, Table, write_into

LINE = Line("one / other", lambda key: None, lambda key: None, ["key"], "≤ 1.2")


def table(name: str, median: float) -> Table:
    found = Ratio(median, median, median, 12, 0, False, 1.0, 2.0)
    return Table(name, f"{name} cases", "Today. `python`", [(LINE, found)])


def test_questions_with_as_many_hits_make_pairs() -> None:
    ones = {"轻微": 100, "病灶": 50, "观察": 10}
    others = {"mild": 95, "lesion": 300, "wait": 54, "rare": 10}
    found = matched(ones, others, least=20, most=8)
    assert found == [("轻微", "mild"), ("病灶", "wait")]


def test_no_question_stands_in_two_pairs() -> None:
    assert matched({"a": 100, "b": 101}, {"c": 100}, least=1, most=8) == [("b", "c")]


def test_a_tenth_more_is_as_many_and_no_more_than_that() -> None:
    assert matched({"a": 100}, {"b": 110}, least=1, most=8) == [("a", "b")]
    assert matched({"a": 100}, {"b": 111}, least=1, most=8) == []


def test_the_table_goes_into_its_section_and_all_else_stays(tmp_path: Path) -> None:
    file = tmp_path / "performance.md"
    file.write_text(f"Before.\n\n{LAST}\n\nBehind.\n")
    write_into(file, table("20", 1.5))
    write_into(file, table("200", 3.5))
    write_into(file, table("20", 2.5))
    text = file.read_text()
    assert text.startswith("Before.")
    assert text.endswith("Behind.\n")
    assert "| 1.50 |" not in text
    assert text.index("| 2.50 |") < text.index("| 3.50 |") < text.index(LAST)


def test_a_file_without_a_place_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "other.md"
    file.write_text("Nothing here.\n")
    with pytest.raises(NoPlaceError, match="end of bench"):
        write_into(file, table("20", 1.5))
    assert file.read_text() == "Nothing here.\n"


@pytest.mark.parametrize("other", [{"b": 2, "a": 1}, {"a": 1}, {"a": 1, "b": 3}])
def test_answers_differ_by_a_value_a_name_or_their_order(other: dict[str, int]) -> None:
    with pytest.raises(WrongAnswerError, match="other"):
        check_equal({"one": lambda key: {"a": 1, "b": 2}, "other": lambda key: other}, ["key"])


def test_equal_answers_are_let_through() -> None:
    check_equal({"one": lambda key: [key], "other": lambda key: [key]}, ["key"])
