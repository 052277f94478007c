"""Who asks, and what a token may. Apart from the views, because REST framework imports this while
it defines its own."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils import timezone
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS

INVALID = "The token is not valid: it is wrong, has ended, or was ended by its owner."
READS_ONLY = "This token may only read. Make one that may write on the page /accounts/tokens/."
NO_SECOND_FACTOR = (
    "Your role needs a second factor. Sign in with it on the pages and make a new token there, on "
    "/accounts/tokens/."
)


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]
    """`Authorization: Token …`. The one place where a token's scope is looked at."""

    def authenticate(self, request: Any) -> Any:
        found = super().authenticate(request)
        if found is None:
            return None
        user, token = found
        if token.scope == "read" and request.method not in SAFE_METHODS and not _ends_it(request):
            raise PermissionDenied(READS_ONLY)
        return user, token

    def authenticate_credentials(self, token: bytes) -> Any:
        """User and token. Raises AuthenticationFailed, PermissionDenied."""
        from casebase.accounts import second_factor

        try:
            digest = hash_token(token.decode("utf-8"))
        except (UnicodeDecodeError, TypeError, ValueError):
            raise AuthenticationFailed(INVALID) from None
        model: Any = apps.get_model("accounts", "ApiToken")
        row = model.objects.select_related("user").filter(digest=digest).first()
        if row is None or row.expiry <= timezone.now() or not row.user.is_active:
            raise AuthenticationFailed(INVALID)
        if not row.second_factor and second_factor.needed_by(row.user):
            raise PermissionDenied(NO_SECOND_FACTOR)
        return row.user, row


def _ends_it(request: Any) -> bool:
    """Whether the request does nothing but sign its own token out."""
    return bool(request.method == "POST" and request.path == "/api/v1/auth/logout/")
