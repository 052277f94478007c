"""Constraints that several models share."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q

from patients.clinical_time import MAX_DAYS
from patients.deidentification import CALENDAR_DATE_PATTERN


def ordered(low: str, high: str, **when_present: object) -> Q:
    """Both ends are missing, or both are there with the low one first and `when_present` true.

    A comparison with NULL is NULL, which PostgreSQL lets pass: hence the explicit null checks.
    """
    return Q(**{f"{low}__isnull": True, f"{high}__isnull": True}) | Q(
        **{f"{low}__isnull": False, f"{high}__isnull": False, f"{low}__lte": F(high)},
        **when_present,
    )


def known(
    model: str, field: str, choices: type[models.TextChoices], *, blank: bool = False
) -> CheckConstraint:
    """The field holds one of the choices, or nothing where that is allowed."""
    allowed = ([""] if blank else []) + list(choices.values)
    return CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=f"{model}_{field}_known")


def no_calendar_date(model: str, field: str) -> CheckConstraint:
    """Reported words hold no month and no day of a calendar."""
    return CheckConstraint(
        condition=~Q(**{f"{field}__iregex": CALENDAR_DATE_PATTERN}),
        name=f"{model}_{field}_no_date",
        violation_error_message=f"{field}: names a calendar date finer than a year.",
    )


def bounds_constraints(model: str, prefix: str, *, required: bool) -> list[CheckConstraint]:
    """Order, range and fit to the precision of `<prefix>_low` and `<prefix>_high`."""
    low, high, precision = f"{prefix}_low", f"{prefix}_high", f"{prefix}_precision"
    no_low, no_high = Q(**{f"{low}__isnull": True}), Q(**{f"{high}__isnull": True})
    fits = (
        (Q(**{precision: "day", low: F(high)}) & ~no_low & ~no_high)
        | (Q(**{f"{precision}__in": ["week", "month", "year"]}) & ~no_low & ~no_high)
        | (Q(**{precision: "before"}) & no_low & ~no_high)
        | (Q(**{precision: "after"}) & ~no_low & no_high)
        | (Q(**{precision: "unknown"}) & no_low & no_high)
    )
    if not required:
        fits |= Q(**{precision: ""}) & no_low & no_high
    within = (-MAX_DAYS, MAX_DAYS)
    return [
        CheckConstraint(
            condition=no_low | no_high | Q(**{f"{low}__lte": F(high)}),
            name=f"{model}_{prefix}_low_to_high",
            violation_error_message=f"The {prefix}: its earliest day is after its latest day.",
        ),
        CheckConstraint(
            condition=fits,
            name=f"{model}_{prefix}_fits_precision",
            violation_error_message=f"The {prefix}: its days do not fit how precisely it was "
            "reported.",
        ),
        CheckConstraint(
            condition=(no_low | Q(**{f"{low}__range": within}))
            & (no_high | Q(**{f"{high}__range": within})),
            name=f"{model}_{prefix}_within_150_years",
            violation_error_message=f"The {prefix} lies more than 150 years from day 0.",
        ),
    ]
