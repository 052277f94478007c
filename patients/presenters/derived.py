"""Derived findings as pages show them, rule by rule. Runs no query."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from patients.derived import Derived, Rule, all_derived
from patients.derived.grade import RULE as GRADE
from patients.derived.response import RULE as RESPONSE
from patients.derived.response import WORDS as RESPONSES
from patients.derived.vessels import RULE as COURSE
from patients.document.model import CaseDocument
from patients.presenters.words import label_of
from patients.vocabulary import Grade, Patency


@dataclass(frozen=True, slots=True)
class RuleView:
    name: str
    source: str
    note: str
    results: list[Derived]
    reported: list[str]
    """For each result what the report says, in words; empty where it says nothing."""

    @property
    def rows(self) -> list[tuple[Derived, str]]:
        return list(zip(self.results, self.reported, strict=True))


def derived_views(document: CaseDocument) -> list[RuleView]:
    found = all_derived(document)
    return [_rule(rule, list(rows)) for rule, rows in groupby(found, lambda row: row.rule)]


def _rule(rule: Rule, rows: list[Derived]) -> RuleView:
    return RuleView(rule.name, rule.source, rule.note, rows, [_reported(row) for row in rows])


def _reported(row: Derived) -> str:
    if not row.reported:
        return ""
    if row.rule is RESPONSE:
        return RESPONSES[row.reported]
    if row.rule is COURSE:
        return label_of(Patency, row.reported)
    assert row.rule is GRADE
    return label_of(Grade, row.reported)
