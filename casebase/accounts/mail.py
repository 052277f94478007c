"""Where mail is sent, from one address in the environment."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PORTS = {"smtp": 587, "smtps": 465}
ADDRESS = re.compile(r"[!-?A-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
HOW = (
    "Set CASEBASE_MAIL_URL to smtp://user:password@host:port (with STARTTLS) or "
    "smtps://user:password@host:port"
)


def settings_of(url: str, sender: str) -> dict[str, Any]:
    """Django's settings for `smtp://…` (STARTTLS, port 587) and `smtps://…` (TLS, port 465).

    Only a server on this machine is spoken to in the clear. Raises ImproperlyConfigured, whose
    text never holds the password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{HOW}.") from None
    if parts.scheme not in PORTS or not parts.hostname or parts.path not in ("", "/"):
        raise ImproperlyConfigured(f"{HOW}.")
    if not ADDRESS.fullmatch(sender):
        raise ImproperlyConfigured(
            "Set CASEBASE_MAIL_FROM to the one e-mail address that mail comes from."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in LOOPBACK,
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": sender,
    }
