"""The tie: a case, event or finding cites a reference."""

from django.db import models
from django.db.models import Q

from literature.models import Reference
from patients.models.constraints import known
from patients.models.event import Event
from patients.models.finding import ImagingFinding
from patients.models.part import CasePart
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
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.reference}"
