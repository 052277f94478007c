"""Roles and what they may, as a table for people; made from `patients.roles` and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from patients.roles import DUTIES, ROLES

READER = "reader"
READS = "Read what is published: cases, references, figures"


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    may: tuple[bool, ...]
    """One for each of the table's roles."""


@dataclass(frozen=True, slots=True)
class Table:
    roles: tuple[str, ...]
    own: tuple[str, ...]
    """The roles of who looks at the page."""
    lines: tuple[Line, ...]
    reading_is_open: bool


def roles_of(user: Any) -> tuple[str, ...]:
    """The user's roles, the least first. A superuser has every permission and needs none."""
    names = set(user.groups.values_list("name", flat=True))
    return tuple(role for role in ROLES if role in names)


def table(user: Any) -> Table:
    columns = (READER, *ROLES)
    reading = Line(READS, (True,) * len(columns))
    duties = (Line(duty.words, (False, *(role in duty.roles for role in ROLES))) for duty in DUTIES)
    return Table(columns, roles_of(user), (reading, *duties), settings.ANONYMOUS_READING)
