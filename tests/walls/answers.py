"""What is wrong with one answer, whoever made it: its headers, and what its page would run.

`tests/matrix` asks every route of the URL configuration by every method as every role, and holds
each answer against this; `test_headers` does so with what answers where no view does.
"""

from __future__ import annotations

from typing import Any, Final

from tests.walls.pages import Page, policy_of

FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
OWN_STYLES: Final = {"patients:figure-svg", "patients:version-figure", "patients:compare-figure"}
"""Routes of SVG files, which bring their styles along and may load nothing."""
DRESSED: Final = {"api:docs"}
"""Swagger UI sets styles on elements; nothing is inline in what the server sends."""
SCRIPTS: Final = {"api:docs", "admin:jsi18n"}
"""Routes that answer with a script: the start of Swagger UI, and the words of Django's admin. Both
are the same for everybody."""
BY_FILE: Final = ("api:", "admin:", "admin/")
"""Routes whose pages are a library's, which names its scripts without a nonce."""
FINE: Final = ("'self'", "'none'", "'nonce-", "data:", "https://orcid.org")
SCRIPT_TYPES: Final = ("javascript", "ecmascript", "jsonp", "text/css", "wasm")


def faults(name: str, response: Any, *, personal: bool) -> list[str]:
    """Of the answer of the route `name`; `personal` where it was asked for with a session."""
    wrong = header_faults(response) + policy_faults(name, response) + kind_faults(name, response)
    words = {word.strip() for word in response.get("Cache-Control", "").split(",")}
    if personal and not words & {"no-store", "private"}:
        wrong.append(f"others may keep it: {words}")
    if not words & {"no-store", "no-cache"} and name != "patients:case-feed":
        wrong.append(f"is kept without asking: {words}")
    return wrong


def header_faults(response: Any) -> list[str]:
    wrong = [
        f"{name}: {response.get(name)}"
        for name, value in FIXED.items()
        if response.get(name) != value
    ]
    wrong += [name for name in response.headers if name.lower().startswith("access-control-")]
    wrong += [name for name in ("Server", "X-Powered-By") if name in response]
    wrong += [
        f"no {name}"
        for name in ("X-Request-ID", "Cache-Control", "Content-Security-Policy")
        if name not in response
    ]
    if "camera=()" not in response.get("Permissions-Policy", ""):
        wrong.append("no Permissions-Policy")
    return wrong


def policy_faults(name: str, response: Any) -> list[str]:
    """A strict policy everywhere: nothing by default, nothing inline, nothing from elsewhere."""
    policy = policy_of(response)
    wrong = [
        f"{directive}: {policy.get(directive)}"
        for directive in ("default-src", "frame-ancestors")
        if policy.get(directive) != ["'none'"]
    ]
    if is_page(response):
        wrong += [
            f"{directive}: {policy.get(directive)}"
            for directive in ("object-src", "base-uri")
            if policy.get(directive) != ["'none'"]
        ]
    allowed = {"style-src"} if name in OWN_STYLES and not is_page(response) else set()
    allowed |= {"style-src-attr"} if name in DRESSED else set()
    for directive, sources in policy.items():
        if directive not in allowed and any(not each.startswith(FINE) for each in sources):
            wrong.append(f"{directive}: {sources}")
        if "data:" in sources and directive != "img-src":
            wrong.append(f"{directive}: {sources}")
    return wrong


def kind_faults(name: str, response: Any) -> list[str]:
    """A body says what it is, text with its encoding (OWASP ASVS 5.0, 4.1.1). `'self'` is as good
    as a list of files while nothing but static files is a script."""
    kind = response.get("Content-Type", "")
    wrong = []
    if not response.streaming and response.content and not kind:
        wrong.append("no Content-Type")
    if kind.startswith("text/") and "charset=" not in kind.lower():
        wrong.append(f"no charset: {kind}")
    if name not in SCRIPTS and any(each in kind for each in SCRIPT_TYPES):
        wrong.append(f"is a script: {kind}")
    return wrong


def page_faults(name: str, response: Any, *, personal: bool) -> list[str]:
    """Of the page itself, where it is one."""
    if not is_page(response) or response.streaming:
        return []
    page = Page(response.content.decode())
    wrong = page.forbidden + page.elsewhere
    if personal and page.nonces and not name.startswith(BY_FILE):
        allowed = set(policy_of(response)["script-src"])
        if allowed != {f"'nonce-{nonce}'" for nonce in page.nonces}:
            wrong.append(f"scripts {page.nonces} under {sorted(allowed)}")
    return wrong


def is_page(response: Any) -> bool:
    return bool(response.get("Content-Type", "").startswith("text/html"))
