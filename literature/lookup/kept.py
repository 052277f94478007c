"""Answers kept in the database, so that a service is not asked twice for the same record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.utils import timezone

from literature.lookup.services import Service
from literature.models import KeptAnswer

USED_FOR = timedelta(days=7)
"""A kept answer is used so long for a look-up; that a record is not known, only a day."""
UNKNOWN_FOR = timedelta(days=1)
HELD_FOR = timedelta(days=30)
"""Older ones are thrown away as new ones come."""


def kept_bodies(
    service: Service, names: Iterable[str], max_age: timedelta = USED_FOR
) -> dict[str, str]:
    """By name (`doi:10.5555/1`) the bodies not older than `max_age`; empty: not known there."""
    now = timezone.now()
    rows = KeptAnswer.objects.filter(
        service=service.key, identifier__in=list(names), fetched_at__gt=now - max_age
    ).values_list("identifier", "body", "fetched_at")
    unknown_since = now - min(UNKNOWN_FOR, max_age)
    return {name: body for name, body, at in rows if body or at > unknown_since}


def keep(service: Service, bodies: Mapping[str, str]) -> None:
    """Keeps the bodies by name, in place of older ones, and throws away what is too old."""
    now = timezone.now()
    KeptAnswer.objects.filter(fetched_at__lt=now - HELD_FOR).delete()
    KeptAnswer.objects.bulk_create(
        [
            # In one order, so that two who keep the same at once wait and do not lock each other.
            KeptAnswer(service=service.key, identifier=name, body=body, fetched_at=now)
            for name, body in sorted(bodies.items())
        ],
        update_conflicts=True,
        unique_fields=["service", "identifier"],
        update_fields=["body", "fetched_at"],
    )
