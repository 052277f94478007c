"""A de-identified person."""

from django.db import models
from django.db.models import Q

from literature.public_ids import new_public_id
from patients.querysets import PatientQuerySet
from patients.vocabulary import Sex


class Patient(models.Model):
    """One patient may appear in several case reports. No names, dates or places below a country."""

    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    sex = models.CharField(max_length=8, choices=Sex, blank=True, help_text="Empty: not reported")
    country = models.CharField(
        max_length=2, blank=True, help_text="ISO 3166-1 alpha-2; empty: not reported"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(sex__in=["", *Sex.values]), name="patient_sex_known"
            ),
            models.CheckConstraint(
                condition=Q(country__regex=r"^([A-Z]{2})?$"),
                name="patient_country_code",
                violation_error_message="Two capital letters (ISO 3166-1), such as CN.",
            ),
        ]

    def __str__(self) -> str:
        return f"Patient {self.public_id}"
