"""All settings, read from the environment. What is insecure or missing is refused in a sentence
that says what to set; `docs/running.md` lists the variables."""

import importlib.util
import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from casebase import logs
from casebase.accounts.settings import *  # noqa: F403
from casebase.accounts.settings import ACCOUNT_APPS
from casebase.browser_settings import *  # noqa: F403
from casebase.database_settings import *  # noqa: F403
from casebase.environment import flag, number, path, text, words

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
SECRET_LENGTH = 50
"""The least that `manage.py check --deploy` accepts."""
METRICS_TOKEN_LENGTH = 32


DEBUG = flag("CASEBASE_DEBUG")
DEMO = flag("CASEBASE_DEMO")
ALLOWED_HOSTS = words("CASEBASE_HOSTS")
DATA = Path(os.environ.get("CASEBASE_DATA") or BASE_DIR / ".casebase").expanduser().absolute()
SECRET_KEY = os.environ.get("CASEBASE_SECRET_KEY", "")

if (DEMO or DEBUG) and not ALLOWED_HOSTS:
    ALLOWED_HOSTS = sorted(LOOPBACK)
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "Set CASEBASE_HOSTS to the host names that this site answers to, separated by commas."
    )
if DEBUG and not LOOPBACK.issuperset(ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "CASEBASE_DEBUG shows settings and data to everyone: unset it, or set CASEBASE_HOSTS to "
        "localhost alone."
    )
if DEMO and not LOOPBACK.issuperset(ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "The demo has known passwords and serves on loopback alone: unset CASEBASE_DEMO, or set "
        "CASEBASE_HOSTS to localhost."
    )
if not SECRET_KEY:
    raise ImproperlyConfigured(
        f"Set CASEBASE_SECRET_KEY to a random text of at least {SECRET_LENGTH} characters "
        "(`make run` makes one for the demo)."
    )
if len(SECRET_KEY) < SECRET_LENGTH or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured(
        f"CASEBASE_SECRET_KEY is too easily guessed: set it to a random text of at least "
        f"{SECRET_LENGTH} characters."
    )
SECRET_KEY_FALLBACKS = words("CASEBASE_OLD_SECRET_KEYS")
if any(len(key) < SECRET_LENGTH for key in SECRET_KEY_FALLBACKS):
    raise ImproperlyConfigured(
        "CASEBASE_OLD_SECRET_KEYS holds secrets of before, separated by commas; one is too short."
    )

# Database

if importlib.util.find_spec("psycopg"):
    raise ImproperlyConfigured(
        "Uninstall psycopg 3: Django would use it instead of psycopg2, with which Casebase is "
        "measured and tested."
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Application

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_structlog",
    "csp",
    *ACCOUNT_APPS,
    "literature",
    "patients",
]
MIDDLEWARE = [
    "casebase.metrics.middleware.Measured",
    # What these add stands on files, redirects and refusals too: nothing answers before them.
    "casebase.middleware.RequestLog",
    "casebase.headers.Headers",
    "casebase.headers.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "casebase.transport.Transport",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "casebase.replicas.middleware.ReadFrom",
    "casebase.fast_lane.FastLane",
    "casebase.deadline.Deadline",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "literature.history.middleware.Acting",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "casebase.accounts.session_age.SessionAge",
    "casebase.limits.Limits",
    "casebase.accounts.middleware.WhoMayEnter",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "casebase.urls"
WSGI_APPLICATION = "casebase.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "patients.revisions.menu.notifications",
            ]
        },
    }
]
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# Files

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("CASEBASE_MEDIA") or DATA / "media").expanduser().absolute()
for served in (STATIC_ROOT, *STATICFILES_DIRS):
    if MEDIA_ROOT.is_relative_to(served) or served.is_relative_to(MEDIA_ROOT / "images"):
        raise ImproperlyConfigured(
            f"Images would be kept where everybody is served from ({served}): set CASEBASE_MEDIA "
            "to a folder of its own."
        )
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

IMAGE_SECONDS = number("CASEBASE_IMAGE_SECONDS", 5, least=1)
"""After which reading an image is given up."""

# Look-up at Crossref and PubMed: both ask for an address of who is asking.

LOOKUP_CONTACT = os.environ.get("CASEBASE_CONTACT", "").strip()
if LOOKUP_CONTACT and not re.fullmatch(
    r"[!-?A-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", LOOKUP_CONTACT
):
    raise ImproperlyConfigured(
        "Set CASEBASE_CONTACT to one e-mail address, at which Crossref and PubMed can reach you."
    )
LOOKUP_WANTED = flag("CASEBASE_LOOKUP")
if LOOKUP_WANTED and not LOOKUP_CONTACT:
    raise ImproperlyConfigured(
        "CASEBASE_LOOKUP is 1, but Crossref and PubMed are asked only with a contact address: set "
        "CASEBASE_CONTACT, or CASEBASE_LOOKUP to 0."
    )
LOOKUP_ON = LOOKUP_WANTED or (bool(LOOKUP_CONTACT) and not os.environ.get("CASEBASE_LOOKUP"))

# Where readers find the site: pages that are kept name it in their permalinks.

SITE_ORIGIN = os.environ.get("CASEBASE_ORIGIN", "").strip().rstrip("/")
if SITE_ORIGIN and not re.fullmatch(r"https?://[A-Za-z0-9.\[\]:-]{1,255}", SITE_ORIGIN):
    raise ImproperlyConfigured(
        "Set CASEBASE_ORIGIN to the address of the site without a path, such as "
        "https://casebase.example.org."
    )
if not SITE_ORIGIN and not (DEMO or DEBUG) and ALLOWED_HOSTS[0][0] not in ".*":
    SITE_ORIGIN = f"https://{ALLOWED_HOSTS[0]}"

# API

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["literature.rest.rendering.Renderer"],
    "DEFAULT_PARSER_CLASSES": ["literature.rest.body.StrictJSONParser"],
    # The first one says how to sign in when somebody has not.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "casebase.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    # A view says who may: one that forgot to is closed to everybody but the staff.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_SCHEMA_CLASS": "literature.rest.openapi.ApiSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "literature.rest.throttles.AnonThrottle",
        "literature.rest.throttles.UserThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": f"{number('CASEBASE_THROTTLE_ANON', 600)}/min",
        "user": f"{number('CASEBASE_THROTTLE_USER', 1200)}/min",
        "login": f"{number('CASEBASE_THROTTLE_LOGIN', 10)}/min",
        "import": f"{number('CASEBASE_THROTTLE_IMPORT', 30)}/min",
        "page": f"{number('CASEBASE_THROTTLE_PAGES', 600)}/min",
        "search": f"{number('CASEBASE_THROTTLE_SEARCH', 240)}/min",
        "file": f"{number('CASEBASE_THROTTLE_FILES', 120)}/min",
    },
    # How many proxies stand before us and add to X-Forwarded-For; any other entry is made up.
    "NUM_PROXIES": number("CASEBASE_PROXIES", 0),
    "EXCEPTION_HANDLER": "literature.rest.problems.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Casebase",
    "DESCRIPTION": "Clinical case reports as timelines, each step tied to the studies behind it. "
    "Reading needs no sign-in; what is not published is not there. Empty text, null and an empty "
    "list mean “not reported”. Days are whole days relative to the case's day 0.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Without this Swagger UI asks a validator on another host.
    "SWAGGER_UI_SETTINGS": {
        "validatorUrl": None,
        "deepLinking": True,
        "queryConfigEnabled": False,
        "defaultModelsExpandDepth": -1,
    },
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # Choices stay where they are used, instead of becoming components with made-up names.
    "POSTPROCESSING_HOOKS": ["literature.rest.openapi.without_marks"],
}

# What operators watch: casebase.metrics.

METRICS_TOKEN = text("CASEBASE_METRICS_TOKEN")
METRICS_FOLDER = path("CASEBASE_METRICS_FOLDER")
BACKUP_STAMP = path("CASEBASE_BACKUP_STAMP")
CERTIFICATE = path("CASEBASE_CERTIFICATE")
if METRICS_TOKEN and len(METRICS_TOKEN) < METRICS_TOKEN_LENGTH:
    raise ImproperlyConfigured(
        "CASEBASE_METRICS_TOKEN is too easily guessed: set it to a random text of at least "
        f"{METRICS_TOKEN_LENGTH} characters, or leave it out."
    )
if METRICS_TOKEN and not METRICS_FOLDER and not (DEMO or DEBUG):
    raise ImproperlyConfigured(
        "Set CASEBASE_METRICS_FOLDER to a folder in memory that the web processes share, such as "
        "/run/casebase/metrics: each of them knows only its own requests."
    )

# Logs: one line of JSON a request, without names, addresses or query strings.

LOGGING = logs.configure(os.environ.get("CASEBASE_LOG", ""), console_errors=DEMO)
# What axes logs names whoever failed to sign in.
LOGGING["loggers"]["axes"] = {"level": "CRITICAL"}
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logs.DEBUG
