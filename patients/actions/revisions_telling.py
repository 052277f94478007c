"""Telling people what has become of a proposal: in the app, and by e-mail where it is set up."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from patients.models import Notification, Revision

logger = logging.getLogger(__name__)
MAX_WORDS: Final = 200
KEPT: Final = 500
"""Notifications of one person; older ones go when they have been read."""


def tell(*, users: Iterable[Any], revision: Revision, words: str, by: Any) -> None:
    """Tells each of `users` once, but not who did it."""
    people = {user.pk: user for user in users if user is not None and user.pk != by.pk}
    words = words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1] + "…"
    Notification.objects.bulk_create(
        [Notification(user=user, revision=revision, words=words) for user in people.values()]
    )
    for user in people.values():
        _forget_old(user)
        address = getattr(user, "email", "")
        if address and settings.MAIL_ON:
            transaction.on_commit(partial(_send, address, words, revision.public_id))


def read(*, notifications: Any, by: Any) -> int:
    """Marks those of `by` as read; gives how many were not."""
    unread = notifications.filter(user=by, read_at__isnull=True)
    changed: int = unread.update(read_at=timezone.now())
    return changed


def unread_count(user: Any) -> int:
    return Notification.objects.filter(user=user.pk, read_at__isnull=True).count()


def _forget_old(user: Any) -> None:
    old = Notification.objects.filter(user=user, read_at__isnull=False).order_by("-pk")
    keys = list(old.values_list("pk", flat=True)[KEPT : KEPT + 100])
    if keys:
        Notification.objects.filter(pk__in=keys).delete()


def _send(address: str, words: str, public_id: str) -> None:
    """A mail says no more than the app: nothing of a patient leaves the house. One that cannot be
    sent is logged, and the proposal stands all the same."""
    text = f"{words}\n\nSee it in Casebase: proposal {public_id}.\n"
    try:
        send_mail("A proposal in Casebase", text, None, [address])
    except OSError as error:  # SMTPException is one
        logger.warning("A notification could not be sent by e-mail: %s", type(error).__name__)
