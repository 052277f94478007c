"""Who is let in to which address at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from rest_framework.exceptions import APIException

from casebase.accounts import second_factor
from casebase.authentication import TokenAuthentication
from literature.rest.problems import problem_response

Answer = Callable[[HttpRequest], HttpResponseBase]
ALWAYS_OPEN: Final = {"healthz", "metrics", "favicon", "logout", "account_logout"}
ENTRANCE: Final = ALWAYS_OPEN | {
    "login", "account_login", "account_signup", "account_inactive",
    "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_confirm_email", "account_email_verification_sent",
    "mfa_authenticate", "mfa_login_webauthn",
    "orcid_login", "orcid_callback", "socialaccount_signup",
    "socialaccount_login_cancelled", "socialaccount_login_error",
    "api:login",
}  # fmt: skip
"""What somebody reaches who is not signed in, where reading needs an account."""
SETTING_UP: Final = ALWAYS_OPEN | {
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn",
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "account_change_password",
}  # fmt: skip
"""What a curator or admin reaches whose second factor is not set up."""
SET_UP_FIRST = (
    "Your role needs a second factor beside the password. Set it up on the page "
    "/accounts/2fa/ first."
)
SHOW_IT = "Sign in again, with your second factor."
SIGN_IN_FIRST = "Reading needs an account here. Sign in."


class WhoMayEnter:
    """Two rules that hold for pages, the admin and the API alike: where reading needs an account,
    nobody else gets past the entrance; a curator or admin without a second factor gets no further
    than to the pages on which it is set up. Tokens are held to the second by `TokenAuthentication`.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in ALWAYS_OPEN:
            return None
        if not settings.ANONYMOUS_READING and name not in ENTRANCE and not is_known(request):
            return sign_in_first(request)
        if (
            settings.SECOND_FACTOR_REQUIRED
            and settings.SESSION_COOKIE_NAME in request.COOKIES
            and request.user.is_authenticated
        ):
            return without_second_factor(request, name)
        return None


def is_known(request: HttpRequest) -> bool:
    """Whether somebody is signed in, by a session or, under /api/, by a token."""
    if request.user.is_authenticated:
        return True
    if not request.path.startswith("/api/"):
        return False
    try:
        return TokenAuthentication().authenticate(request) is not None
    except APIException:
        return False


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    if request.path.startswith("/api/"):
        response = problem_response(401, SIGN_IN_FIRST)
        response["WWW-Authenticate"] = "Token"
        return response
    return redirect_to_login(request.get_full_path())


def without_second_factor(request: HttpRequest, name: str) -> HttpResponseBase | None:
    """Where a signed-in user is sent instead; None where the view may answer."""
    if not second_factor.needed_by(request.user):
        return None
    if not second_factor.is_set_up(request.user):
        if name in SETTING_UP:
            return None
        if request.path.startswith("/api/"):
            return problem_response(403, SET_UP_FIRST)
        return redirect("mfa_index")
    if second_factor.was_shown(request):
        return None
    # It was set up elsewhere, while this session had only a password to show.
    path = request.get_full_path()
    logout(request)
    if request.path.startswith("/api/"):
        return problem_response(401, SHOW_IT)
    messages.info(request, SHOW_IT)
    return redirect_to_login(path)
