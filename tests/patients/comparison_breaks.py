"""One write for each way to violate a constraint of saved comparisons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from patients.models import SavedComparison
from tests.constraints import Break, update
from tests.make import make_user

TWO = ["CB-1111111", "CB-2222222"]


def make_comparison(owner: Any = None, **changes: Any) -> SavedComparison:
    fields = {"name": "Two courses", "accessions": TWO, **changes}
    return SavedComparison.objects.create(owner=owner or make_user(), **fields)


def changed(**changes: Any) -> Callable[[], None]:
    return lambda: update(make_comparison(), **changes)


def one_name_twice() -> None:
    make_comparison(make_comparison().owner)


COMPARISON_BREAKS: list[Break] = [
    ("saved_comparison_has_name", changed(name="")),
    ("saved_comparison_of_two_to_six", changed(accessions=TWO[:1])),
    ("saved_comparison_of_two_to_six", changed(accessions=[])),
    ("saved_comparison_of_two_to_six", changed(accessions=[f"CB-{n}111111" for n in range(7)])),
    ("saved_comparison_align_known", changed(align="birth")),
    ("saved_comparison_name_unique", one_name_twice),
]
