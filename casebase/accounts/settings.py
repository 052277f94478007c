"""The settings of accounts; `casebase.settings` takes all of them over."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from casebase.accounts import mail
from casebase.environment import flag, number, text

_DEMO = flag("CASEBASE_DEMO")
_PROXIES = number("CASEBASE_PROXIES", 0)

ACCOUNT_APPS = [
    "casebase.accounts",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    # No rule on which characters: length and what is easily guessed count.
    {"NAME": "casebase.accounts.passwords.NotARow"},
    {"NAME": "casebase.accounts.passwords.NotAboutThisSite"},
]

# Who comes in

ANONYMOUS_READING = flag("CASEBASE_ANONYMOUS", default=True)
SIGN_UP_OPEN = flag("CASEBASE_SIGNUP")
SECOND_FACTOR_REQUIRED = not _DEMO
"""Whether those who may do what only curators and admins may need a second factor."""
ACCOUNT_ADAPTER = "casebase.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "casebase.accounts.forms.SignInForm",
    "change_password": "casebase.accounts.plain_forms.ChangePassword",
    "set_password": "casebase.accounts.plain_forms.SetPassword",
    "reset_password": "casebase.accounts.plain_forms.AskForPassword",
    "reset_password_from_key": "casebase.accounts.plain_forms.ChoosePassword",
    "signup": "casebase.accounts.plain_forms.SignUp",
    "reauthenticate": "casebase.accounts.plain_forms.PasswordAgain",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Casebase: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if _DEMO or flag("CASEBASE_DEBUG") else "https"

# Mail

_MAIL_URL = text("CASEBASE_MAIL_URL")
MAIL_ON = bool(_MAIL_URL)
if MAIL_ON:
    globals().update(mail.settings_of(_MAIL_URL, text("CASEBASE_MAIL_FROM")))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if SIGN_UP_OPEN and not MAIL_ON:
    raise ImproperlyConfigured(
        "CASEBASE_SIGNUP opens sign-up, which needs mail to check addresses: set "
        "CASEBASE_MAIL_URL too, or CASEBASE_SIGNUP to 0."
    )
ACCOUNT_EMAIL_VERIFICATION = "optional" if MAIL_ON else "none"

# Second factor

MFA_ADAPTER = "casebase.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "casebase.accounts.forms.CodeForm",
    "reauthenticate": "casebase.accounts.forms.CodeAgainForm",
    "activate_totp": "casebase.accounts.plain_forms.SetUpApp",
    "add_webauthn": "casebase.accounts.plain_forms.AddKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Casebase"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# An address that is not confirmed must not keep a curator from the factor that is asked for.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Too many attempts. Failures are counted in the database, over all workers and both ways in.

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "csrfmiddlewaretoken", "next"]
AXES_USERNAME_CALLABLE = "casebase.accounts.lockout.counted_name"
AXES_CLIENT_IP_CALLABLE = "casebase.accounts.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "casebase.accounts.lockout.refusal"
ALLAUTH_TRUSTED_PROXY_COUNT = _PROXIES
# Counted by each worker for itself, on top: from one address, whatever name is tried.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,10/15m/key"}

# Sessions

SESSION_IDLE = timedelta(minutes=number("CASEBASE_SESSION_IDLE_MINUTES", 8 * 60, least=1))
SESSION_LIFE = timedelta(hours=number("CASEBASE_SESSION_HOURS", 72, least=1))
SESSION_COOKIE_AGE = int(SESSION_LIFE.total_seconds())

# API tokens

KNOX_TOKEN_MODEL = "knox.AuthToken"
REST_KNOX = {"TOKEN_TTL": timedelta(hours=number("CASEBASE_TOKEN_HOURS", 10, least=1))}

# ORCID

_ORCID_ID, _ORCID_SECRET = text("CASEBASE_ORCID_ID"), text("CASEBASE_ORCID_SECRET")
ORCID_ON = bool(_ORCID_ID and _ORCID_SECRET)
if bool(_ORCID_ID) != bool(_ORCID_SECRET):
    raise ImproperlyConfigured(
        "Set both CASEBASE_ORCID_ID and CASEBASE_ORCID_SECRET, as ORCID gave them, or neither."
    )
SOCIALACCOUNT_ADAPTER = "casebase.accounts.adapters.OrcidAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {}
if ORCID_ON:
    ACCOUNT_APPS.append("allauth.socialaccount.providers.orcid")
    SOCIALACCOUNT_PROVIDERS["orcid"] = {
        "APP": {"client_id": _ORCID_ID, "secret": _ORCID_SECRET},
    }
