"""allauth's forms in the words of this site: no placeholder, which goes when one begins to type."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm


class Plain:
    """Relabels fields once the form has made them."""

    labels: ClassVar[dict[str, str]] = {}
    LABELS: ClassVar[dict[str, str]] = {
        "email": "E-mail",
        "username": "User name",
        "password": "Password",
        "oldpassword": "Password of now",
        "password1": "New password",
        "password2": "New password, again",
        "code": "Code",
    }
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = (self.LABELS | self.labels).get(name, field.label)
        for name in {"oldpassword", "password"} & set(self.fields):
            self.fields[name].help_text = ""


class ChangePassword(Plain, ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPassword(Plain, SetPasswordForm):  # type: ignore[misc]
    pass


class AskForPassword(Plain, ResetPasswordForm):  # type: ignore[misc]
    pass


class ChoosePassword(Plain, ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class SignUp(Plain, SignupForm):  # type: ignore[misc]
    labels: ClassVar = {"password1": "Password", "password2": "Password, again"}


class PasswordAgain(Plain, ReauthenticateForm):  # type: ignore[misc]
    pass


class SetUpApp(Plain, ActivateTOTPForm):  # type: ignore[misc]
    labels: ClassVar = {"code": "Code that the app shows"}


class AddKey(Plain, AddWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {"passwordless": "It may sign me in alone, without the password"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = "For a passkey that asks for your finger, face or PIN."
        self.fields["passwordless"].help_text = words
