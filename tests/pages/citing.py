"""Where a citation is made, and by whom."""

from __future__ import annotations

from patients.models import Case, Event
from tests import make


def event_of(case: Case) -> Event:
    return case.events.order_by("position")[0]


def cite_url(case: Case, event: Event | None = None) -> str:
    event = event or event_of(case)
    return f"/cases/{case.accession}/events/{event.public_id}/cite/"


def signed_in(client, role="researcher"):
    user = make.make_user(role)
    client.force_login(user)
    return user
