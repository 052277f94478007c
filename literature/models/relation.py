"""Two records that belong together and are not one work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from literature.models.reference import Reference


class RelationKind(models.TextChoices):
    """What the first record is to the second."""

    PREPRINT_OF = "preprint_of", "Preprint of"
    ABSTRACT_OF = "abstract_of", "Conference abstract of"
    ERRATUM_OF = "erratum_of", "Correction of"
    RETRACTION_OF = "retraction_of", "Retraction of"
    COMMENT_ON = "comment_on", "Comment on, or reply to"
    PART_OF = "part_of", "Part of"
    TRANSLATION_OF = "translation_of", "Translation of"
    EDITION_OF = "edition_of", "Other edition of"


SEEN_FROM_THE_OTHER = {
    RelationKind.PREPRINT_OF: "Has a preprint",
    RelationKind.ABSTRACT_OF: "Has a conference abstract",
    RelationKind.ERRATUM_OF: "Has a correction",
    RelationKind.RETRACTION_OF: "Is retracted by",
    RelationKind.COMMENT_ON: "Has a comment or reply",
    RelationKind.PART_OF: "Has a part",
    RelationKind.TRANSLATION_OF: "Has a translation",
    RelationKind.EDITION_OF: "Other edition of",
}
"""What the second record is told about the first."""


class Relation(models.Model):
    """`reference` is the `kind` of `to`: "preprint of", "erratum of"."""

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=16, choices=RelationKind)
    to = models.ForeignKey(Reference, models.CASCADE, related_name="related_by")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("kind", "pk")
        constraints = [
            models.UniqueConstraint(fields=["reference", "to"], name="relation_unique"),
            models.CheckConstraint(
                condition=~Q(reference=F("to")),
                name="relation_not_itself",
                violation_error_message="A work is not related to itself.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RelationKind.values), name="relation_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.to}"
