"""What the pages of derived results show: what stands, what was set aside, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from patients.derived import result_with
from patients.derived_forms import SetAsideForm
from patients.document import build_document
from patients.editor.access import may_edit
from patients.models import Case, DerivedSetAside
from patients.presenters.derived import ResultView, RuleView, derived_views, result_view, rule_view

SHOWN = 100
"""Rows of what was set aside, on one page."""


def may_set_aside(user: Any) -> bool:
    """Those who edit the working records and may set derived results aside."""
    return may_edit(user) and bool(user.has_perm("patients.set_aside_derived"))


@dataclass(frozen=True, slots=True)
class AsideView:
    row: DerivedSetAside
    heading: str
    """The rule and what the result is about; empty where it is not derived any more."""


class DerivedPage:
    """The derived results of a case that was fetched with its timeline."""

    def __init__(self, case: Case) -> None:
        self.case = case
        document = build_document(case)
        self.rules = derived_views(document)
        headings = {
            row.id: f"{rule.name}, {row.heading}" for rule in self.rules for row in rule.results
        }
        rows = list(case.derived_set_asides.select_related("by", "undone_by")[:SHOWN])
        views = [AsideView(row, headings.get(row.key, "")) for row in rows]
        self.standing = [view for view in views if view.row.undone_at is None]
        self.taken_back = [view for view in views if view.row.undone_at is not None]


class ResultPage:
    """One result. Raises LookupError where the case has none with this id, now or set aside."""

    def __init__(self, case: Case, key: str, form: SetAsideForm | None = None) -> None:
        self.case, self.key = case, key
        self.form = form or SetAsideForm()
        self.problems: list[str] = []
        found = result_with(build_document(case), key)
        self.rule: RuleView | None = rule_view(found[0]) if found else None
        self.result: ResultView | None = result_view(found[1]) if found else None
        rule, _, subject = key.partition(".")
        rows = case.derived_set_asides.select_related("by")
        self.aside = rows.filter(rule=rule, subject=subject, undone_at__isnull=True).first()
        if self.result is None and self.aside is None:
            raise LookupError(key)
