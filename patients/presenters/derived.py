"""Derived results as pages show them, rule by rule, from the document's own block. No query."""

from __future__ import annotations

from dataclasses import dataclass

from patients.derived.intervals import RULE as INTERVALS
from patients.document.derived_model import DerivedData, DerivedInputData, RuleData
from patients.document.model import DERIVED_SINCE, CaseDocument

TIMES = INTERVALS.key


@dataclass(frozen=True, slots=True)
class InputView:
    words: str
    target: str
    """The fragment of the case page that says it."""


@dataclass(frozen=True, slots=True)
class ResultView:
    id: str
    heading: str
    target: str
    """The fragment of the case page that it is about."""
    words: str
    """The result, in a sentence; empty where there is none."""
    reason: str
    """Why it cannot be derived; empty where it can."""
    reported: str
    """What the report itself says, in words; empty where it says nothing."""
    disagrees: bool
    inputs: list[InputView]
    set_aside: str
    """A curator's reason to set it aside; empty where it stands."""


@dataclass(frozen=True, slots=True)
class RuleView:
    key: str
    name: str
    version: int
    source: str
    note: str
    results: list[ResultView]

    @property
    def shown(self) -> list[ResultView]:
        """All that a page shows at once: of times between events those that could be derived, or
        were set aside."""
        return [row for row in self.results if not self._is_folded(row)]

    @property
    def folded(self) -> list[ResultView]:
        return [row for row in self.results if self._is_folded(row)]

    def _is_folded(self, row: ResultView) -> bool:
        return self.key == TIMES and bool(row.reason) and not row.set_aside


def derived_views(document: CaseDocument) -> list[RuleView]:
    return [rule_view(rule) for rule in document.derived]


def rule_view(rule: RuleData) -> RuleView:
    return RuleView(
        rule.key, rule.name, rule.version, rule.source, rule.note,
        [result_view(row) for row in rule.results],
    )  # fmt: skip


def result_view(row: DerivedData) -> ResultView:
    return ResultView(
        id=row.id,
        heading=row.heading,
        target=row.subject.partition(".")[0],
        words=row.words,
        reason=row.reason,
        reported=row.reported_words,
        disagrees=row.disagrees,
        inputs=[_input(each) for each in row.inputs],
        set_aside=row.set_aside.reason if row.set_aside else "",
    )


def is_worked_out_now(document: CaseDocument) -> bool:
    """Whether the document is older than the block, so that today's rules gave it."""
    return document.schema_version < DERIVED_SINCE


def _input(row: DerivedInputData) -> InputView:
    return InputView(row.words, f"{row.kind}-{row.id}")
