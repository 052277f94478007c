"""What a browser would run or apply that stands in a page itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

RUN: Final = {"", "text/javascript", "application/javascript", "module", "importmap"}
"""Types of `<script>` that are run; others are data."""
ADDRESSES: Final = {"href", "src", "action", "formaction", "data", "xlink:href", "poster"}
SCRIPTED: Final = re.compile(r"\s*(javascript|vbscript|data:text/html)", re.IGNORECASE)


FOREIGN: Final = re.compile(r"(https?:)?//")


def loads(tag: str, attribute: str, given: dict[str, str]) -> bool:
    """Whether a browser fetches what the attribute names."""
    if tag == "link":
        return attribute == "href" and given.get("rel") not in ("canonical", "alternate")
    return attribute in ("src", "data", "poster")


class Page(HTMLParser):
    """Reads a page and collects what a strict policy forbids, and its scripts with their nonces."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.nonces: list[str | None] = []
        self.elsewhere: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style":
            self.forbidden.append("<style>")
        if tag == "script" and given.get("type", "").lower() in RUN:
            self.nonces.append(given.get("nonce"))
            if not given.get("src"):
                self.forbidden.append("<script> without src")
        for name, value in given.items():
            if name.startswith("on") or name.startswith("hx-on"):
                self.forbidden.append(f"{tag} {name}")
            elif name == "style":
                self.forbidden.append(f"{tag} style={value}")
            elif name in ADDRESSES and SCRIPTED.match(value):
                self.forbidden.append(f"{tag} {name}={value}")
            elif loads(tag, name, given) and FOREIGN.match(value):
                self.elsewhere.append(value)

    handle_startendtag = handle_starttag


def policy_of(response: object) -> dict[str, list[str]]:
    """Directive → sources, of the response's Content-Security-Policy."""
    header = response["Content-Security-Policy"]  # type: ignore[index]
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}
