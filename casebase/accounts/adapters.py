"""What allauth asks this project: its words, who may sign up, how secrets are kept."""

from __future__ import annotations

import base64
import hashlib
import secrets
from smtplib import SMTPException
from typing import Any, ClassVar

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from casebase.accounts import second_factor, session_age
from casebase.accounts.lockout import TOO_MANY, client_address

logger = structlog.get_logger(__name__)
WRONG = "The user name or e-mail, or the password, is wrong."
WRONG_CODE = "This code is not right, or was used before. Take the one that is shown now."
UNKNOWN_ORCID = (
    "No account here is connected with this ORCID iD. Sign in with your password and connect it "
    "on your account's page, or ask an admin for an account."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Ask an admin.",
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": "The password is wrong.",
        "enter_current_password": "Type the password that you have now.",
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": "That was too often in a short time. Wait a minute, then try again.",
        "email_taken": "Somebody has an account with this e-mail address.",
        "unknown_email": "No account has this e-mail address.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGN_UP_OPEN)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down is logged; it neither undoes what the mail is about nor tells
        by an error which addresses have an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            logger.error("mail_not_sent", kind=template_prefix, reason=type(error).__name__)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        session_age.begin(request)
        logger.info("signed_in")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The log says that it happened, not whose name was typed: it may be a password."""
        super().authentication_failed(request, **credentials)
        logger.warning("sign_in_failed")

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Use a code from your app, or a recovery code",
            "mfa_reauthenticate:webauthn": "Use a passkey or security key",
        }
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods]


class OrcidAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An ORCID iD signs in to the account that it was connected with. Where sign-up is open it may
    also make an account; such an account has no role until an admin gives it one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return bool(settings.SIGN_UP_OPEN)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        connecting = sociallogin.state.get("process") == "connect"
        if sociallogin.is_existing or connecting or self.is_open_for_signup(request, sociallogin):
            return
        messages.error(request, UNKNOWN_ORCID)
        raise ImmediateHttpResponse(redirect("login"))

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        sociallogin.user.is_staff = sociallogin.user.is_superuser = False
        return super().save_user(request, sociallogin, form)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of second factors are kept encrypted with a key made from `SECRET_KEY`: a copy
    of the database alone does not give them away."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Your role needs a second factor, and this is the only "
        "one. Set up another first.",
        "cannot_generate_recovery_codes": "Set up an app or a key first.",
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A random secret, which no code fits, where `SECRET_KEY` is another than when it was
        kept: an empty one would have codes that anybody can reckon."""
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        others = Authenticator.objects.filter(
            user_id=authenticator.user_id, type__in=second_factor.FACTORS
        ).exclude(pk=authenticator.pk)
        return others.exists() or not second_factor.needed_by(authenticator.user)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What the field for a new key's name suggests."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Key {count + 1}"


def _keys() -> MultiFernet:
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"casebase.second-factor:{key}".encode()).digest() for key in known]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
