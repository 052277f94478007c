"""Crossref's REST API: the records of DOIs. Source: its documentation of `/works`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from literature.identifiers import normalise_doi
from literature.importers.decoding import storable
from literature.lookup.checked_json import checked_json
from literature.lookup.client import Client
from literature.lookup.errors import BadAnswer, NotFound
from literature.lookup.services import CROSSREF

BATCH = 40
"""DOIs asked for at once: a record with its references has up to some hundred kilobytes."""
_JSON = "application/json"


def fetch(client: Client, dois: Sequence[str]) -> dict[str, str]:
    """By DOI its record as JSON; those that Crossref does not know are left out.

    Raises LookupProblem.
    """
    # In a filter a comma divides, so such a DOI is asked for by itself.
    alone = [doi for doi in dois if "," in doi or len(dois) == 1]
    together = [doi for doi in dois if doi not in alone]
    found: dict[str, str] = {}
    for start in range(0, len(together), BATCH):
        found |= _many(client, together[start : start + BATCH])
    for doi in alone:
        found |= _one(client, doi)
    return found


def _one(client: Client, doi: str) -> dict[str, str]:
    try:
        message = _message(client, f"/works/{quote(doi, safe='')}", {})
    except NotFound:
        return {}
    # A DOI that was given another since is answered with the record of that other.
    return {doi: _text(message)} if _doi_of(message) else {}


def _many(client: Client, dois: list[str]) -> dict[str, str]:
    query = {"filter": ",".join(f"doi:{doi}" for doi in dois), "rows": str(len(dois))}
    items = _message(client, "/works", query).get("items")
    if not isinstance(items, list):
        raise BadAnswer(CROSSREF.name)
    records = {_doi_of(item): item for item in items if isinstance(item, dict)}
    return {doi: _text(records[doi]) for doi in dois if doi in records}


def _message(client: Client, path: str, query: dict[str, str]) -> dict[str, Any]:
    query = {**query, "mailto": client.contact}
    body = client.ask(CROSSREF, path, accept=_JSON, query=query)
    try:
        answer = checked_json(body)
    except ValueError as error:
        raise BadAnswer(CROSSREF.name) from error
    message = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(message, dict):
        raise BadAnswer(CROSSREF.name)
    return message


def _doi_of(record: dict[str, Any]) -> str:
    try:
        return normalise_doi(str(record.get("DOI", "")))
    except ValueError:
        return ""


def _text(record: dict[str, Any]) -> str:
    return storable(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
