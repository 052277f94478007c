"""Everything that the editor's page shows of one case, gathered once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from patients.actions import edits
from patients.completeness import MUST, SHOULD, missing_in
from patients.document import CaseDocument, build_document
from patients.editor.addresses import Proposing, edit_url, proposing
from patients.editor.lines import Line, Lines, key_of_target
from patients.models import Case, CaseEdit, Revision
from patients.querysets import sees_unpublished
from patients.timeline import FigureOptions, Form, draw
from patients.timeline.figure import FigureTooLargeError
from patients.vocabulary import Category, RevisionKind, Status

FIGURE_WIDTH = 440
"""CSS pixels: that of the column beside the rows, and of a telephone."""
EDITS_SHOWN = 50
SEVERITIES = ((MUST, "Needed before publishing"), (SHOULD, "Worth adding"))


@dataclass(frozen=True, slots=True)
class MissingView:
    message: str
    key: str
    """Of the line that it is about."""


@dataclass(frozen=True, slots=True)
class MissingGroup:
    severity: str
    title: str
    items: list[MissingView]


@dataclass(frozen=True, slots=True)
class History:
    edits: list[CaseEdit]
    undo: str
    """What undoing would take back, in words; empty where there is nothing to undo."""
    redo: str


class EditPage:
    """One case as its editor shows it."""

    categories = [(category.value, category.label) for category in Category]

    def __init__(self, case: Case, user: Any, *, highlight: str = "") -> None:
        self.case, self.user = case, user
        self.document = build_document(case)
        self.missing = missing_in(self.document)
        self.lines = Lines(case, self.document, self.missing)
        self.figure = figure_of(self.document, highlight)
        self.history = history_of(case)
        self.own_proposal = own_proposal_url(case, user)

    @property
    def groups(self) -> list[MissingGroup]:
        """What is missing, the most pressing first; empty groups are left out."""
        by_severity: dict[str, list[MissingView]] = {}
        for row in self.missing:
            view = MissingView(row.message, key_of_target(row.target))
            by_severity.setdefault(row.severity, []).append(view)
        return [
            MissingGroup(severity, title, by_severity[severity])
            for severity, title in SEVERITIES
            if severity in by_severity
        ]

    @property
    def proposal(self) -> Proposing | None:
        """What is being written here instead of the record, if it is not the record."""
        return proposing()

    @property
    def may_review(self) -> bool:
        return self.proposal is None and sees_unpublished(self.user)

    @property
    def sees_case(self) -> bool:
        """Whether there is a page of the case that this user may open."""
        return self.case.status == Status.PUBLISHED or sees_unpublished(self.user)

    @property
    def events(self) -> list[Line]:
        return self.lines.of_events()

    @property
    def lesions(self) -> list[Line]:
        return self.lines.of_lesions()

    @property
    def case_citations(self) -> list[Line]:
        return self.lines.of_case_citations()

    @property
    def summary(self) -> Line:
        return self.lines.summary()

    @property
    def url(self) -> str:
        return edit_url("case-edit", self.case.accession)


def own_proposal_url(case: Case, user: Any) -> str:
    """The page of the proposal that this case is, for who proposed it."""
    if proposing() is not None or sees_unpublished(user):
        return ""
    own = Revision.objects.filter(case=case, author=user.pk, kind=RevisionKind.CASE)
    found = own.values_list("public_id", flat=True).first()
    return reverse("curation:revision", args=[found]) if found else ""


def figure_of(document: CaseDocument, highlight: str = "") -> SafeString:
    """The figure down the page; `highlight` is the id of an event. Escaped by `draw`."""
    options = FigureOptions(width=FIGURE_WIDTH, form=Form.VERTICAL, highlight=highlight)
    try:
        return mark_safe(draw(document, options).svg)
    except FigureTooLargeError as error:
        return format_html("<p>{}</p>", str(error))


def history_of(case: Case) -> History:
    """The last edits, newest first, with what undo and redo would touch. Three queries."""
    found = edits.edits_of(case)
    undo = found.filter(undone=False).first()
    redo = found.filter(undone=True).last()
    return History(
        list(found.select_related("by")[:EDITS_SHOWN]),
        undo.words if undo else "",
        redo.words if redo else "",
    )


def messages_of(error: ValidationError) -> str:
    return " ".join(error.messages)
