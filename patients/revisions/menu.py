"""What the menu on every page says of proposals: how many notifications are unread."""

from __future__ import annotations

from django.http import HttpRequest

from patients.actions.revisions_telling import unread_count


def notifications(request: HttpRequest) -> dict[str, int]:
    """A context processor: one query for who is signed in, none for readers or for parts of a
    page, which have no menu."""
    user = getattr(request, "user", None)
    is_part = request.headers.get("HX-Request") == "true"
    if user is None or is_part or not user.is_authenticated:
        return {}
    return {"unread_notifications": unread_count(user)}
