"""The settings of production, with what would only slow tests down or get in their way undone."""

import os

from tests.database import ensure_database
from tests.media import media_folder

os.environ["CASEBASE_SECRET_KEY"] = "only for tests, and long enough to pass the check of length"
os.environ["CASEBASE_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["CASEBASE_DEBUG"] = os.environ["CASEBASE_DEMO"] = ""
os.environ["CASEBASE_LOG"] = ""
# No test leaves the machine; those of look-up switch it on for themselves.
os.environ["CASEBASE_CONTACT"] = os.environ["CASEBASE_LOOKUP"] = ""
if os.environ.get("DJANGO_SETTINGS_MODULE") == "tests.settings":
    # The sites that tests/scaling starts have other settings.
    for name in ("REPLICA_DATABASE_URL", "CASEBASE_POOLER"):
        os.environ.pop(name, None)
ensure_database()

from casebase.settings import *  # noqa: E402, F403
from casebase.settings import (  # noqa: E402
    CONTENT_SECURITY_POLICY,
    DATABASES,
    REST_FRAMEWORK,
    STORAGES,
)

MEDIA_ROOT = media_folder()
IMAGE_SECONDS = 120  # the machine that tests may be busy
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# Browsers take names that begin with __Host- by TLS alone.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, WROTE_COOKIE_NAME = "sessionid", "csrftoken", "wrote"
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = False
# The machine that tests may be busy; tests of deadlines set one for themselves.
REQUEST_TIMEOUT = 0
# A browser keeps a thread of the live server, and so a connection, after its last request; the
# test's database could then not be dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Tests of the second factor and of rates set these for themselves.
SECOND_FACTOR_REQUIRED = False
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Static files are served from where they are written; nothing needs to be collected first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Tests of throttles set rates of their own.
REST_FRAMEWORK = REST_FRAMEWORK | {
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "1000000/min")
}
