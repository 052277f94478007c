"""What follows from a case by published rules, each with its rule, source and inputs.

Pure functions of the case document. Nothing here is stored or said to be what a report says.
"""

from __future__ import annotations

from patients.derived.grade import grades
from patients.derived.model import Derived, Input, Rule
from patients.derived.response import responses
from patients.derived.vessels import courses
from patients.document.model import CaseDocument

__all__ = ["Derived", "Input", "Rule", "all_derived"]


def all_derived(document: CaseDocument) -> list[Derived]:
    """By rule; within a rule in time order."""
    return [*responses(document), *courses(document), *grades(document)]
