"""Making, finding and ending the API tokens of one user."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casebase.accounts.models import ApiToken, Scope

MAX_TOKENS = 20
"""Of one user: so many made by hand, and so many given to programs that sign in."""
SIGN_IN_NAME = "Signed in by a program"


class TooMany(Exception):
    """The user has `MAX_TOKENS` tokens that have not ended."""


def of(user: Any) -> QuerySet[ApiToken]:
    """Those that still open something, the newest first."""
    rows: QuerySet[ApiToken] = ApiToken.objects.filter(user=user, expiry__gt=timezone.now())
    return rows.order_by("-created", "public_id")


@transaction.atomic
def make(
    *, by: Any, name: str, scope: str, life: timedelta, second_factor: bool
) -> tuple[ApiToken, str]:
    """A named token and its text, which is not kept. Raises TooMany."""
    _forget_ended(by)
    if of(by).filter(from_sign_in=False).count() >= MAX_TOKENS:
        raise TooMany
    row, text = ApiToken.objects.create(
        user=by, expiry=life, name=name, scope=scope, second_factor=second_factor
    )
    return row, text


@transaction.atomic
def make_for_program(*, by: Any, life: timedelta) -> tuple[ApiToken, str]:
    """For a user name and a password. Of many such tokens the oldest go."""
    _forget_ended(by)
    newest = of(by).filter(from_sign_in=True).values_list("pk", flat=True)
    ApiToken.objects.filter(pk__in=list(newest[MAX_TOKENS - 1 :])).delete()
    row, text = ApiToken.objects.create(
        user=by, expiry=life, name=SIGN_IN_NAME, scope=Scope.WRITE, from_sign_in=True
    )
    return row, text


def _forget_ended(user: Any) -> None:
    """Locks the user, so that two requests at once do not both make the last token allowed."""
    User.objects.select_for_update().get(pk=user.pk)
    ApiToken.objects.filter(user=user, expiry__lte=timezone.now()).delete()
