"""The settings of transport, cookies and headers; `casebase.settings` takes all of them over."""

from csp.constants import NONE, SELF

from casebase.accounts.settings import ORCID_ON
from casebase.environment import flag

ENCRYPTED = not (flag("CASEBASE_DEMO") or flag("CASEBASE_DEBUG"))
"""The demo and a developer's server speak plain HTTP on loopback."""
SECURE_SSL_REDIRECT = ENCRYPTED
# A load balancer asks for health on plain HTTP, and Prometheus for metrics on loopback.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$", r"^api/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENCRYPTED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENCRYPTED
SECURE_HSTS_PRELOAD = ENCRYPTED
# Only where a proxy sets or strips the header: anybody else could claim to have come by TLS.
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if flag("CASEBASE_TLS_PROXY") else None
)
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENCRYPTED
WROTE_COOKIE_NAME = "__Host-wrote" if ENCRYPTED else "wrote"
if ENCRYPTED:  # browsers take a name that begins so from this very host by TLS alone
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
MESSAGE_STORAGE = "casebase.messages.MessageStorage"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "casebase.pages.csrf_failure"
X_FRAME_OPTIONS = "DENY"
# Pages of other sites have no business with our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# A case with all its events, findings and citations is one admin form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Nothing inline, nothing from elsewhere. Pages for somebody who is signed in name each script by a
# nonce (`casebase.headers`); those that are kept for everybody cannot.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A form's answer may send the browser on to ORCID, where that is set up.
        "form-action": [SELF, "https://orcid.org"] if ORCID_ON else [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": ENCRYPTED,
    }
}
