"""That a curator holds that a derived result does not fit a case."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from literature.public_ids import new_public_id
from patients.models.case import Case

MAX_REASON = 300
RULE_PATTERN = "^[a-z0-9_]+$"
SUBJECT_PATTERN = (
    "^(event|finding|lesion)-[0-9A-HJKMNP-TV-Z]{10}"
    r"(\.(event|finding|lesion)-[0-9A-HJKMNP-TV-Z]{10})?$"
)


class DerivedSetAside(models.Model):
    """One derived result, set aside with a reason that readers see with the next version.

    It names the result by its rule and what it is about, so that it stands while the record is
    mended and is about nothing where the result is gone. One that was taken back stays as a row of
    what was done.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="derived_set_asides")
    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    rule = models.CharField(max_length=20, help_text="Key of the rule")
    subject = models.CharField(max_length=40, help_text="What the result is about")
    reason = models.CharField(max_length=MAX_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "derived result set aside"
        verbose_name_plural = "derived results set aside"
        ordering = ("-at", "-pk")
        default_permissions = ()
        permissions = [("set_aside_derived", "Can set derived results aside")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rule", "subject"],
                condition=Q(undone_at__isnull=True),
                name="set_aside_stands_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="set_aside_has_reason"),
            models.CheckConstraint(
                condition=Q(rule__regex=RULE_PATTERN), name="set_aside_rule_pattern"
            ),
            models.CheckConstraint(
                condition=Q(subject__regex=SUBJECT_PATTERN), name="set_aside_subject_pattern"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True),
                name="set_aside_undone_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} set aside: {self.reason}"

    @property
    def key(self) -> str:
        """The id of the result."""
        return f"{self.rule}.{self.subject}"
