"""What accounts answer: signing in and out, second factors, sessions and tokens of one's own."""

from __future__ import annotations

from typing import Final

from tests.matrix.expected import READER, SIGN_IN, SIGNED_IN, Answer, Answers, Row, rest, same

AT: Final = "/accounts/"
OPEN: Final = same(200)
LED_ON: Final = same(302) | {READER: 200}
"""Who is signed in already is led on."""


def mine(answer: Answer) -> Answers:
    return same(answer) | {READER: SIGN_IN}


def own(name: str, tail: str, shown: Answer | None = None, posted: Answer | None = None) -> Row:
    """A page of ours on one's own account, whatever one's role; others are asked to sign in."""
    answers: dict[str, Answers] = {}
    if shown:
        answers["GET"] = mine(shown)
    if posted:
        answers["POST"] = mine(posted)
    return Row(name, AT + tail, answers)


def allauth(name: str, tail: str, shown: Answers, posted: Answers | None = None) -> Row:
    """A page of allauth. Whoever is led on or turned away is so by every method; for others PUT
    goes the way of POST, and OPTIONS names the methods."""

    def of_method(answer: Answer) -> Answers:
        return {role: answer if told == 200 else told for role, told in shown.items()}

    answers = {"GET": shown, "OPTIONS": of_method(200)}
    if posted is not None:
        answers |= {"POST": posted, "PUT": posted}
    return Row(name, AT + tail, answers, others=of_method(405))


def always(name: str, tail: str, answers: Answers) -> Row:
    """A page that answers every method alike."""
    return Row(name, AT + tail, others=answers)


OURS: Final = [
    own("account", "", 200),
    own("roles", "roles/", 200),
    own("token-list", "tokens/", 200),
    # A session that began without a password is asked for it first.
    own("token-add", "tokens/add/", 302, 302),
    own("token-end", "tokens/0000000000/end/", None, 404),
]
ENTRANCE: Final = [
    *(allauth(name, "login/", LED_ON, LED_ON) for name in ("login", "account_login")),
    *(Row(name, f"{AT}logout/",
          {"GET": same(200) | {READER: 302}, "POST": same(302), "OPTIONS": OPEN})
      for name in ("logout", "account_logout")),
    allauth("account_inactive", "inactive/", OPEN),
    # Nobody makes an account of their own, unless a setting opens that.
    always("account_signup", "signup/", LED_ON),
    allauth("account_reauthenticate", "reauthenticate/", mine(200), mine(200)),
    allauth("account_change_password", "password/change/", mine(200), mine(200)),
    # Everybody has a password: it is changed, not set.
    allauth("account_set_password", "password/set/", mine(302), mine(302)),
    # Without mail nobody can be sent a link.
    Row("account_reset_password", f"{AT}password/reset/", {"GET": OPEN}, others=same(404)),
    allauth("account_reset_password_done", "password/reset/done/", OPEN),
    always("account_reset_password_from_key", "password/reset/key/1-nonsense/", OPEN),
    allauth("account_reset_password_from_key_done", "password/reset/key/done/", OPEN),
    allauth("account_email_verification_sent", "confirm-email/", OPEN),
    Row("account_confirm_email", f"{AT}confirm-email/nonsense/",
        {"GET": OPEN, "POST": same(404), "OPTIONS": OPEN}),
]  # fmt: skip
FACTORS: Final = [
    allauth("usersessions_list", "sessions/", mine(200), mine(302)),
    allauth("mfa_index", "2fa/", mine(200)),
    # Nobody here has begun to sign in.
    allauth("mfa_authenticate", "2fa/authenticate/", same(302) | {READER: SIGN_IN},
            same(302) | {READER: SIGN_IN}),
    *(allauth(name, tail, mine(302), mine(302)) for name, tail in {
        "mfa_reauthenticate": "2fa/reauthenticate/",
        "mfa_activate_totp": "2fa/totp/activate/",
        "mfa_generate_recovery_codes": "2fa/recovery-codes/generate/",
        "mfa_add_webauthn": "2fa/webauthn/add/",
        "mfa_remove_webauthn": "2fa/webauthn/keys/{authenticator_pk}/remove/",
        "mfa_edit_webauthn": "2fa/webauthn/keys/{authenticator_pk}/edit/",
    }.items()),
    allauth("mfa_list_webauthn", "2fa/webauthn/", mine(200)),
    # Nobody here has an app or codes yet.
    allauth("mfa_deactivate_totp", "2fa/totp/deactivate/", mine(404), mine(404)),
    Row("mfa_view_recovery_codes", f"{AT}2fa/recovery-codes/",
        {"GET": mine(404), "OPTIONS": mine(200)}, others=mine(405)),
    allauth("mfa_download_recovery_codes", "2fa/recovery-codes/download/", mine(404)),
    # What a browser needs to ask for a key is fetched by a script; others are led to the form.
    Row("mfa_login_webauthn", f"{AT}2fa/webauthn/login/",
        {"GET": mine(302), "POST": mine(302), "PUT": mine(302), "OPTIONS": LED_ON},
        others=same(302) | {READER: 405}),
    allauth("mfa_reauthenticate_webauthn", "2fa/webauthn/reauthenticate/", mine(302), mine(302)),
]  # fmt: skip
REST: Final = [
    Row("api:login", "/api/v1/auth/login/", {"POST": same(401), "OPTIONS": OPEN}),
    Row("api:logout", "/api/v1/auth/logout/",
        {"POST": rest(SIGNED_IN, 400), "OPTIONS": rest(SIGNED_IN, 200)},
        others=rest(SIGNED_IN, 405)),
    Row("api:token-list", "/api/v1/tokens/",
        {"GET": rest(SIGNED_IN, 200), "OPTIONS": rest(SIGNED_IN, 200)},
        others=rest(SIGNED_IN, 405)),
    Row("api:token-end", "/api/v1/tokens/0000000000/end/",
        {"POST": rest(SIGNED_IN, 404), "OPTIONS": rest(SIGNED_IN, 200)},
        others=rest(SIGNED_IN, 405)),
]  # fmt: skip

ROWS: Final = [*OURS, *ENTRANCE, *FACTORS, *REST]
