"""The derived results as the case document holds them: the one source for page, API and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Final

from patients.derived.grade import grades
from patients.derived.intervals import intervals
from patients.derived.model import Derived, Input
from patients.derived.response import responses
from patients.derived.vessels import courses
from patients.document.derived_model import (
    DerivedData,
    DerivedInputData,
    RuleData,
    SetAsideData,
)
from patients.document.model import DERIVED_SINCE, CaseDocument

NOTHING_ASIDE: Final[Mapping[str, SetAsideData]] = {}


def all_derived(document: CaseDocument) -> list[Derived]:
    """By rule; within a rule in time order."""
    return [
        *responses(document),
        *courses(document),
        *grades(document),
        *intervals(document),
    ]


def block_of(
    document: CaseDocument, set_aside: Mapping[str, SetAsideData] = NOTHING_ASIDE
) -> list[RuleData]:
    """What follows from `document` by the rules as they are now. `set_aside` goes by the ids of
    results; one that no result has is about nothing any more."""
    found = groupby(all_derived(document), lambda row: row.rule)
    return [
        RuleData(
            key=rule.key,
            name=rule.name,
            version=rule.version,
            source=rule.source,
            note=rule.note,
            results=[_data(row, set_aside) for row in rows],
        )
        for rule, rows in found
    ]


def with_block(document: CaseDocument) -> CaseDocument:
    """`document`; where its schema is older than the block, with what follows from it now. That
    its `schema_version` stays as it was says so."""
    if document.schema_version >= DERIVED_SINCE:
        return document
    return replace(document, derived=block_of(document))


def standing(document: CaseDocument, rule: str) -> list[DerivedData]:
    """The results of one rule, by its key, that no curator set aside, as the document has them."""
    return [
        row
        for each in document.derived
        if each.key == rule
        for row in each.results
        if row.set_aside is None
    ]


def result_with(document: CaseDocument, key: str) -> tuple[RuleData, DerivedData] | None:
    """The result with this id and its rule; None where there is none."""
    for rule in document.derived:
        for row in rule.results:
            if row.id == key:
                return rule, row
    return None


def _data(row: Derived, set_aside: Mapping[str, SetAsideData]) -> DerivedData:
    key = f"{row.rule.key}.{row.target}"
    low, high = row.days
    return DerivedData(
        id=key,
        subject=row.target,
        heading=row.heading,
        result=row.result,
        words=row.words,
        reason=row.reason,
        reported=row.reported,
        reported_words=row.reported_words,
        disagrees=row.disagrees,
        inputs=[_input(each) for each in row.inputs],
        set_aside=set_aside.get(key),
        low_days=low,
        high_days=high,
    )


def _input(row: Input) -> DerivedInputData:
    kind, _, public_id = row.target.partition("-")
    return DerivedInputData(row.words, kind, public_id)
