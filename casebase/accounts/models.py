"""Tokens for programs, that a user makes, names and ends."""

from __future__ import annotations

from typing import Any

from django.db import models
from knox.models import AuthToken, AuthTokenManager

from literature.public_ids import new_public_id

NAME_LENGTH = 80


class Scope(models.TextChoices):
    READ = "read", "Read only"
    WRITE = "write", "Read and write"


class ApiToken(AuthToken):  # type: ignore[misc]
    """Only the hash of a token is kept, so it can be shown once alone, when it is made.

    Knox keeps hash, owner and end in its own table; a row there without one here opens nothing.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    scope = models.CharField(max_length=5, choices=Scope.choices)
    from_sign_in = models.BooleanField(default=False)
    """Given for a user name and a password, to a program, for some hours."""
    second_factor = models.BooleanField(default=False)
    """Made in a session that had shown a second factor."""

    objects: Any = AuthTokenManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=Scope.values), name="api_token_scope_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="api_token_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
