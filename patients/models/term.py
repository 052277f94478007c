"""A coded concept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from patients.vocabulary import TermKind


class Term(models.Model):
    """A diagnosis, procedure, drug, body site or finding; a code only where one was verified."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=TermKind)
    display = models.CharField(max_length=200)
    display_zh = models.CharField("display (Chinese)", max_length=200, blank=True)
    synonyms = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    system = models.CharField(max_length=100, blank=True, help_text="Such as ATC or ICD-O-3")
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("kind", "display")
        constraints = [
            models.UniqueConstraint(fields=["kind", "display"], name="term_display_unique"),
            models.UniqueConstraint(
                fields=["system", "code"],
                condition=~Q(code=""),
                name="term_code_unique",
                violation_error_message="Another term has this code.",
            ),
            models.CheckConstraint(
                condition=Q(system="", code="") | (~Q(system="") & ~Q(code="")),
                name="term_code_has_system",
                violation_error_message="A code and its system come together.",
            ),
            models.CheckConstraint(condition=Q(kind__in=TermKind.values), name="term_kind_known"),
        ]

    def __str__(self) -> str:
        return self.display
