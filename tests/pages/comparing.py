"""Published cases to compare, and the addresses of their comparison."""

from __future__ import annotations

from typing import Any

from patients.actions import cases
from patients.models import Case
from patients.vocabulary import Category
from tests import make


def published(title: str, *drugs: str, **changes: Any) -> Case:
    """Found on day 0, then a drug a day."""
    case = make.make_case(title=title, **changes)
    make.make_source(case)
    make.make_event(case, day=0, is_index=True, label="Mass found")
    for day, drug in enumerate(drugs, 1):
        make.make_event(case, day=day, category=Category.DRUG, label=drug)
    cases.publish(case=case, by=None)
    return case


def address(*found: Case, ending: str = "", **more: object) -> str:
    query = "&".join([
        *(f"case={case.accession}" for case in found),
        *(f"{name}={value}" for name, value in more.items()),
    ])  # fmt: skip
    return f"/cases/compare{f'.{ending}' if ending else '/'}?{query}"
