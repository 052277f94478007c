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
ensure_database()

from casebase.settings import *  # noqa: E402, F403
from casebase.settings import DATABASES, REST_FRAMEWORK, STORAGES  # noqa: E402

MEDIA_ROOT = media_folder()
IMAGE_SECONDS = 120  # the machine that tests may be busy
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
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
