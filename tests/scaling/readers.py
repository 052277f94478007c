"""Who asks a site, and what a case is to them."""

from __future__ import annotations

from typing import Any

from tests.survival.running import Answer, Site, ask_site

FOUND, MISSING = 200, 404


def publish(site: Site, told: dict[str, Any]) -> str:
    """The accession of a case that is published now, which was acknowledged."""
    accession: str = told["publishable"].pop()
    answer = site.ask(
        "POST", f"/api/v1/cases/{accession}/publish/", {}, Authorization=f"Token {told['admin']}"
    )
    assert answer.status == FOUND, answer.body
    return accession


def read(site: Site, accession: str, **headers: str) -> Answer:
    return site.ask("GET", f"/api/v1/cases/{accession}/", **headers)


def surfaces(site: Site, accession: str, **headers: str) -> dict[str, bool]:
    """By address, whether it tells of the case."""
    asked = {
        f"/cases/{accession}/": "",
        f"/api/v1/cases/{accession}/": "",
        "/cases/": accession,
        "/api/v1/cases/": accession,
        "/cases/?q=published": accession,
        "/api/v1/cases/?q=published": accession,
        "/cases/feed/": accession,
        "/cases/results.csv": accession,
    }
    found = {}
    for path, named in asked.items():
        answer = ask_site(site.port, "GET", path, **headers)
        assert answer.status == FOUND or not named, (path, answer.status, answer.body)
        found[path] = answer.status == FOUND and named.encode() in answer.body
    return found
