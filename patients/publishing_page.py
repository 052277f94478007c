"""Everything that the review page shows of one case, gathered once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse

from patients import publishing, versions
from patients.actions.writers import writers_of
from patients.care import CareItem, care_items
from patients.derived import with_block
from patients.document import build_document, checksum, from_builtins
from patients.models import Case, StatusChange
from patients.pairs import alternative, pictures_of
from patients.publishing import Check
from patients.publishing_forms import ChecksForm, ReasonForm
from patients.reading import Reading
from patients.vocabulary import Status

SEND_BACK = ("What should be changed", "Whoever handed it in reads this.")
WITHDRAW = (
    "Why it is withdrawn",
    "Readers see this in place of the case. Say nothing about the patient.",
)


class ReviewPage:
    """One case on its way to readers. `case` comes with its timeline."""

    def __init__(self, case: Case, user: Any) -> None:
        self.case, self.user = case, user
        self.document = build_document(case)
        self.seen = checksum(self.document)
        self.review = publishing.review_of(case)
        self.facts = publishing.facts_of(case, user, self.document, self.review)
        self.checks = publishing.checks(self.document, self.facts)
        self.send_back = ReasonForm("send-back", *SEND_BACK)
        self.withdraw = ReasonForm("withdraw", *WITHDRAW)
        self.form = self.checks_form()

    def checks_form(self, data: Any = None) -> ChecksForm:
        return ChecksForm(self.items, self.review, self.facts.class_words, data)

    @property
    def items(self) -> list[CareItem]:
        return care_items(self.document, self.review.care)

    @property
    def tasks(self) -> list[tuple[Check, str]]:
        """The checks, each with the address where it is done."""
        return [(check, self._address(check)) for check in self.checks]

    def _address(self, check: Check) -> str:
        places = {
            "edit": "patients:case-edit",
            "identifying": "patients:identifying",
            "images": "patients:case-images",
        }
        if check.place in places:
            return reverse(places[check.place], args=[self.case.accession])
        return check.place

    @property
    def waiting_images(self) -> list[tuple[str, str]]:
        """Address and words of each image that somebody has still to look at, or to credit."""
        return [
            (
                reverse("patients:image-edit", args=[self.case.accession, picture.id]),
                alternative(picture),
            )
            for picture in pictures_of(self.document)
            if not picture.image.removed
            and (picture.id not in self.facts.confirmed or not picture.image.credit)
        ]

    @property
    def done(self) -> int:
        return sum(check.done for check in self.checks)

    @property
    def is_ready(self) -> bool:
        return all(check.done for check in self.checks)

    @property
    def may_withdraw(self) -> bool:
        is_out = self.case.status == Status.PUBLISHED
        return is_out and bool(self.user.has_perm("patients.withdraw_case"))

    @property
    def may_send_back(self) -> bool:
        return self.facts.waits and (
            self.facts.may_publish or self.review.submitted_by_id == self.user.pk
        )

    @property
    def may_submit(self) -> bool:
        return not self.facts.waits and (self.current is None or self.is_changed)

    @cached_property
    def current(self) -> Reading | None:
        """The last published version; None where there is none."""
        version = self.case.versions.filter(is_current=True).first()
        if version is None:
            return None
        return Reading(
            with_block(from_builtins(version.document)), self.case.status, version.number,
            version.checksum, version.published_at, version.reason,
        )  # fmt: skip

    @property
    def is_changed(self) -> bool:
        """Whether publishing would show readers something else than they see, or anything."""
        if self.case.status != Status.PUBLISHED or self.current is None:
            return True
        return self.current.checksum != self.seen

    @cached_property
    def changes(self) -> list[versions.PartChange]:
        if self.current is None:
            return []
        return versions.changes_between(self.current.document, self.document)

    @cached_property
    def sides(self) -> list[versions.Side]:
        """The figure as readers see it and as they would see it; one where there is no other."""
        working = Reading(self.document, self.case.status, None, self.seen, None)
        sides = [versions.side("To be published", working, self.changes)]
        if self.current is not None:
            heading = f"Version {self.current.version}"
            sides.insert(0, versions.side(heading, self.current, self.changes))
        return sides

    @cached_property
    def writers(self) -> list[str]:
        """Names of those who wrote in it since it was last published."""
        users = get_user_model()._default_manager.filter(pk__in=writers_of(self.case))
        return sorted(user.get_username() for user in users)

    @cached_property
    def record(self) -> QuerySet[StatusChange]:
        return self.case.status_changes.select_related("by", "version").order_by("-pk")[:50]
