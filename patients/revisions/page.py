"""Everything that the page of one proposal shows, gathered once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.safestring import SafeString

from patients.document import CaseDocument, build_document
from patients.editor.page import figure_of
from patients.models import Case, Revision, RevisionComment
from patients.models.revision import DECIDED
from patients.querysets import decides_revisions, sees_unpublished
from patients.revisions.overlay import sides_of
from patients.revisions.units import Unit, Units
from patients.vocabulary import RevisionState, Status


@dataclass(frozen=True, slots=True)
class Side:
    heading: str
    figure: SafeString
    refusal: str = ""
    events: tuple[str, ...] = ()


@dataclass(slots=True)
class RevisionPage:
    """`problem` says why there is nothing to show beside what is stored."""

    revision: Revision
    user: Any
    units: list[Unit] = field(default_factory=list)
    token: str = ""
    sides: list[Side] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """What of it does not fit the record as this person sees it."""
    problem: str = ""
    version_now: int | None = None
    comments: list[RevisionComment] = field(default_factory=list)
    ticked: set[str] = field(default_factory=set)

    @property
    def is_own(self) -> bool:
        return bool(self.revision.author_id == self.user.pk)

    @property
    def is_decided(self) -> bool:
        return self.revision.state in DECIDED

    @property
    def may_decide(self) -> bool:
        return (
            decides_revisions(self.user)
            and not self.is_own
            and self.revision.state == RevisionState.SUBMITTED
        )

    @property
    def may_assign(self) -> bool:
        return decides_revisions(self.user) and not self.is_own and not self.is_decided

    @property
    def may_write(self) -> bool:
        return self.is_own and self.revision.is_writable

    @property
    def may_withdraw(self) -> bool:
        return self.is_own and (
            self.revision.is_writable or self.revision.state == RevisionState.SUBMITTED
        )

    @property
    def may_undo(self) -> bool:
        accepted = (RevisionState.ACCEPTED, RevisionState.PARTLY_ACCEPTED)
        return (
            decides_revisions(self.user)
            and not self.is_own
            and self.revision.state in accepted
            and self.revision.edit_id is not None
        )

    @property
    def is_withdrawn_case(self) -> bool:
        return self.revision.case.status == Status.WITHDRAWN

    @property
    def is_older(self) -> bool:
        """Whether the case was published again since it was begun."""
        base = self.revision.base_version
        return not self.is_decided and base is not None and self.version_now not in (None, base)

    @property
    def sees_case(self) -> bool:
        """Whether there is a page of the case for this person."""
        return self.revision.case.status == Status.PUBLISHED or sees_unpublished(self.user)

    @property
    def conflicts(self) -> list[Unit]:
        return [] if self.is_decided else [unit for unit in self.units if unit.is_conflict]

    @property
    def edit_url(self) -> str:
        args = [self.revision.case.accession]
        if self.revision.is_case:
            return reverse("patients:case-edit", args=args)
        return reverse("patients:case-propose", args=[*args, self.revision.public_id])


def page_of(revision: Revision, user: Any) -> RevisionPage:
    """Gathers the page; a proposal that is decided is told as it was made, without figures."""
    page = RevisionPage(revision, user)
    page.comments = list(revision.comments.select_related("by"))
    current = revision.case.versions.filter(is_current=True)
    page.version_now = current.values_list("number", flat=True).first()
    if revision.is_case:
        if not (page.may_write or sees_unpublished(user)):
            return page  # curators may have written in it since
        case = Case.objects.with_timeline().get(pk=revision.case_id)
        page.sides = [Side("The case as it is written", figure_of(build_document(case)))]
        return page
    if page.is_decided:
        page.units = Units(revision).all
        page.ticked = set(revision.accepted)
        return page
    try:
        sides = sides_of(revision, user)
    except ValidationError as error:
        page.problem = " ".join(error.messages)
        return page
    page.units, page.token = sides.units.all, sides.units.token
    page.refused = [words for _, words in sides.laid.refused]
    page.sides = [_side("As it is", sides.old), _side("As proposed", sides.new)]
    page.ticked = {unit.name for unit in page.units if unit.state == "fits"}
    return page


def _side(heading: str, document: CaseDocument) -> Side:
    return Side(heading, figure_of(document))


def deciders() -> Any:
    """Everybody who may decide, by name."""
    people: Any = get_user_model()._default_manager
    backend = "django.contrib.auth.backends.ModelBackend"
    return people.with_perm("patients.decide_revision", backend=backend).order_by("username")
