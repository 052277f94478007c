"""Filling in the editor's forms as a browser does: what a form shows is what is sent back."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client

HTMX = {"HX-Request": "true"}


class _Fields(HTMLParser):
    """The values of the fields of the form with id `form_id`, or of the first that has a token."""

    def __init__(self, form_id: str) -> None:
        super().__init__(convert_charrefs=True)
        self.form_id, self.inside = form_id, False
        self.values: dict[str, str] = {}
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        at = dict(attrs)
        if tag == "form":
            self.inside = at.get("id") == self.form_id
        if not self.inside:
            return
        name = at.get("name") or ""
        if tag == "input" and name and (at.get("type") != "checkbox" or "checked" in at):
            self.values[name] = at.get("value") or ("on" if at.get("type") == "checkbox" else "")
        elif tag == "select":
            self.select = name
            self.values.setdefault(name, "")
        elif tag == "option" and self.select and "selected" in at:
            self.values[self.select] = at.get("value") or ""
        elif tag == "textarea":
            self.textarea = name
            self.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.textarea:
            self.values[self.textarea] += data.removeprefix("\n")


def edit_url(case: Any) -> str:
    return f"/cases/{case.accession}/edit/"


def row_url(row: Any, kind: str) -> str:
    return f"{edit_url(row.case)}{kind}/{row.public_id}/"


def shown(client: Client, url: str, key: str, **query: str) -> dict[str, str]:
    """What the form of the row `key` holds when it is opened."""
    answer = client.get(url, query, headers=HTMX)
    assert answer.status_code == 200
    reader = _Fields(f"{key}-row")
    reader.feed(answer.content.decode())
    return reader.values


def fill(client: Client, row: Any, kind: str, **changes: str) -> dict[str, str]:
    """The form of `row` as it is shown, with some fields typed anew."""
    return {**shown(client, row_url(row, kind), f"{kind}-{row.public_id}"), **changes}


def begin(client: Client, case: Any, kind: str, **query: str) -> tuple[str, dict[str, str]]:
    """The address and the fields of a new row's form."""
    answer = client.get(f"{edit_url(case)}new/", {"kind": kind, **query}, headers=HTMX)
    assert answer.status_code == 200, answer
    text = answer.content.decode()
    url = text.split('action="', 1)[1].split('"', 1)[0]
    key = f"{kind}-{url.rstrip('/').rsplit('/', 1)[1]}"
    reader = _Fields(f"{key}-row")
    reader.feed(text)
    return url, reader.values
