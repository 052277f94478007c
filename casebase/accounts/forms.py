"""Signing in, codes, and tokens as forms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django import forms
from django.db import transaction

from casebase.accounts.models import NAME_LENGTH, Scope
from casebase.accounts.plain_forms import Plain

LAST_COUNTER = "last_counter"


class SignInForm(LoginForm):  # type: ignore[misc]
    """By user name or e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="User name or e-mail",
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username webauthn"}),
        )
        self.fields["password"] = forms.CharField(
            label="Password",
            max_length=4096,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        self.order_fields(["login", "password"])


class OneTimeCode:
    """A code of an app is taken once, on whichever worker; RFC 6238, section 5.2."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        authenticator = self.authenticator  # type: ignore[attr-defined]
        if authenticator.type == Authenticator.Type.TOTP and not use_up(authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OneTimeCode, Plain, AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(OneTimeCode, Plain, ReauthenticateForm):  # type: ignore[misc]
    pass


@transaction.atomic
def use_up(authenticator: Any, code: str) -> bool:
    """Notes that a right code was used; False where it, or a later one, was used before."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = get_adapter().decrypt(row.data["secret"])
    digits = "".join(code.split())
    fitting = [
        at for at in yield_hotp_counters_from_time() if f"{hotp_value(secret, at):06}" == digits
    ]
    if not fitting or max(fitting) <= row.data.get(LAST_COUNTER, -1):
        return False
    row.data[LAST_COUNTER] = max(fitting)
    row.save(update_fields=["data"])
    authenticator.data = row.data
    return True


class TokenForm(forms.Form):
    """What a new token is called, what it may do, and for how long."""

    DAYS = ((1, "1 day"), (7, "7 days"), (30, "30 days"), (90, "90 days"), (365, "1 year"))

    name = forms.CharField(
        label="Name",
        max_length=NAME_LENGTH,
        help_text="What it is for, such as “weekly export”.",
    )
    scope = forms.ChoiceField(
        label="It may", choices=Scope.choices, initial=Scope.READ, widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(label="It ends after", choices=DAYS, coerce=int, initial=30)

    @property
    def life(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])
