"""The case document put into words for templates. Pure: documents in, words out, no query."""

from patients.presenters.case import CaseView, case_view
from patients.presenters.case_list import CaseRow, case_rows

__all__ = ["CaseRow", "CaseView", "case_rows", "case_view"]
