"""The tie: a case, event or finding cites a reference."""

import hashlib
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from literature.models import Reference, SourceText
from literature.quotes.states import QuoteState
from patients.models.constraints import known
from patients.models.event import Event
from patients.models.finding import ImagingFinding
from patients.models.part import CasePart
from patients.querysets import CitationQuerySet
from patients.vocabulary import QuoteDepth, Role


class Citation(CasePart):
    """Exactly one target: the event, else the finding, else the case itself.

    No reverse accessor on the reference: literature cannot look back.
    """

    event = models.ForeignKey(
        Event, models.CASCADE, null=True, blank=True, related_name="citations"
    )
    finding = models.ForeignKey(
        ImagingFinding, models.CASCADE, null=True, blank=True, related_name="citations"
    )
    reference = models.ForeignKey(Reference, models.PROTECT, related_name="+")
    role = models.CharField(max_length=14, choices=Role)
    number = models.PositiveIntegerField(
        null=True, blank=True, help_text="The number that the reference has in the report"
    )
    note = models.TextField(
        "reason", max_length=2000, blank=True, help_text="Why it is cited here, in our own words"
    )
    quote = models.TextField(max_length=2000, blank=True)
    locator = models.CharField(max_length=100, blank=True)
    quote_depth = models.CharField(max_length=12, choices=QuoteDepth, blank=True)

    # What the check of the quote found (`patients.actions.quotes`); no edit decides it.
    quote_state = models.CharField(
        max_length=10, choices=QuoteState, blank=True, default="", editable=False
    )
    quote_text = models.ForeignKey(
        SourceText,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        help_text="The text that holds the quote, of this reference or of another",
    )
    quote_offset = models.PositiveIntegerField(
        null=True, editable=False, help_text="Characters of that text before the quote"
    )
    found_reference = models.ForeignKey(
        Reference,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        help_text="The other reference that holds the quote",
    )
    quote_checked_at = models.DateTimeField(null=True, editable=False)
    quote_checked_as = models.CharField(
        max_length=32, default="", editable=False, help_text="Checksum of what was checked"
    )

    derived: ClassVar = frozenset({
        "quote_state", "quote_text", "quote_offset", "found_reference", "quote_checked_at",
        "quote_checked_as",
    })  # fmt: skip
    """Fields that follow from the others and from the library."""

    objects: ClassVar[Any] = CitationQuerySet.as_manager()

    class Meta(CasePart.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=True) | Q(finding__isnull=True),
                name="citation_one_target",
                violation_error_message="A citation has one target: an event or a finding or the "
                "case itself.",
            ),
            models.UniqueConstraint(
                fields=["case", "event", "finding", "reference", "role"],
                nulls_distinct=False,
                name="citation_unique",
                violation_error_message="This reference is cited here in this role already.",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(role="source", event__isnull=True, finding__isnull=True),
                name="citation_one_source_a_case",
                violation_error_message="The case has a source already: a case is one report.",
            ),
            models.CheckConstraint(
                condition=Q(quote_depth="") | ~Q(quote=""),
                name="citation_depth_has_quote",
                violation_error_message="A depth says where a quote was taken from: there is "
                "no quote.",
            ),
            known("citation", "role", Role),
            known("citation", "quote_depth", QuoteDepth, blank=True),
            known("citation", "quote_state", QuoteState, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.reference}"

    @property
    def quote_is_checked(self) -> bool:
        """Whether what is known of the quote is about these words and this reference, and the text
        that held it is still there."""
        if not self.quote:
            return not self.quote_state
        lost = self.quote_text_id is None and self.quote_state in (
            QuoteState.VERIFIED, QuoteState.ELSEWHERE,
        )  # fmt: skip
        return self.quote_checked_as == self.quote_checksum and not lost

    @property
    def quote_checksum(self) -> str:
        told = f"{self.reference_id}\0{self.quote_depth}\0{self.quote}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]
