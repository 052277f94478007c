"""PubMed through the E-utilities: records of PMIDs, PMCIDs and DOIs.

Source: NCBI's "E-utilities Help" (efetch, elink, esearch). A record counts as that of a PMCID or
DOI only where it names it itself, whatever a link or a search says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from literature.importers.model import Entry, UnreadableError
from literature.importers.pubmed_xml import PubmedXml
from literature.lookup.checked_json import checked_json
from literature.lookup.client import Client
from literature.lookup.errors import BadAnswer, NotFound
from literature.lookup.services import PUBMED

BATCH = 200
"""Identifiers in one question: above it the E-utilities ask for another way."""
_PATH = "/entrez/eutils/"
_NO_SUCH_IDS = frozenset({400, 404})
"""efetch answers 400 where it knows none of the identifiers; ours are well-formed."""
_MOST_FOUND = 2 * BATCH
_SET = re.compile(rb"<Pubmed(?:Book)?ArticleSet[\s/>]")
_RECORD = re.compile(rb"<Pubmed(?:Book)?Article[\s>]")


def fetch(client: Client, pmids: Sequence[str]) -> dict[str, str]:
    """By PMID its record as XML; those that PubMed does not know are left out.

    Raises LookupProblem.
    """
    found: dict[str, str] = {}
    for start in range(0, len(pmids), BATCH):
        batch = pmids[start : start + BATCH]
        found |= {
            pmid: entry.original
            for entry in _records(client, batch)
            if (pmid := str(entry.csl.get("PMID", ""))) in batch
        }
    return found


def fetch_pmcids(client: Client, pmcids: Sequence[str]) -> dict[str, str]:
    """By PMCID its record as XML. Raises LookupProblem."""
    found: dict[str, str] = {}
    for start in range(0, len(pmcids), BATCH):
        batch = pmcids[start : start + BATCH]
        form = {"dbfrom": "pmc", "db": "pubmed", "linkname": "pmc_pubmed"}
        ids = ",".join(pmcid.removeprefix("PMC") for pmcid in batch)
        answer = _json(client, "elink.fcgi", {**form, "id": ids})
        found |= _naming(client, "PMCID", batch, _linked(answer))
    return found


def fetch_dois(client: Client, dois: Sequence[str]) -> dict[str, str]:
    """By DOI its record as XML, for those that PubMed has; Crossref has many that it has not, and
    the other way round. Raises LookupProblem."""
    asked = [doi for doi in dois if '"' not in doi]
    found: dict[str, str] = {}
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        term = " OR ".join(f'"{doi}"[doi]' for doi in batch)
        form = {"db": "pubmed", "term": term, "retmax": str(_MOST_FOUND)}
        result = _json(client, "esearch.fcgi", form).get("esearchresult")
        ids = result.get("idlist") if isinstance(result, dict) else None
        found |= _naming(client, "DOI", batch, _numbers(ids))
    return found


def entry_of(body: str, position: int = 1) -> Entry:
    """The entry of a record's XML. Raises ValueError where it is none."""
    entries = list(_read(body.encode()))
    if not entries:
        raise ValueError("is no record")
    first = entries[0]
    return Entry(position, 0, first.csl, first.original, problems=first.problems, texts=first.texts)


def _naming(
    client: Client, field: str, wanted: Sequence[str], pmids: Sequence[str]
) -> dict[str, str]:
    """By identifier those records among `pmids` that name it as their own."""
    return {
        value: entry.original
        for start in range(0, len(pmids), BATCH)
        for entry in _records(client, pmids[start : start + BATCH])
        if (value := str(entry.csl.get(field, ""))) in wanted
    }


def _records(client: Client, pmids: Sequence[str]) -> list[Entry]:
    form = {"db": "pubmed", "id": ",".join(pmids), "retmode": "xml", **_who(client)}
    try:
        body = client.ask(
            PUBMED, f"{_PATH}efetch.fcgi", accept="text/xml", form=form, unknown=_NO_SUCH_IDS
        )
    except NotFound:
        return []
    if not _SET.search(body):
        raise BadAnswer(PUBMED.name)
    if not _RECORD.search(body):
        return []
    try:
        entries = [entry for entry in _read(body) if entry.csl.get("PMID")]
    except ValueError as error:
        raise BadAnswer(PUBMED.name) from error
    if not entries:
        raise BadAnswer(PUBMED.name)
    return entries


def _read(body: bytes) -> list[Entry]:
    try:
        return list(PubmedXml().read(BytesIO(body)))
    except UnreadableError as error:
        raise ValueError(str(error)) from error


def _json(client: Client, program: str, form: dict[str, str]) -> dict[str, Any]:
    form = {**form, "retmode": "json", **_who(client)}
    body = client.ask(PUBMED, f"{_PATH}{program}", accept="application/json", form=form)
    try:
        answer = checked_json(body)
    except ValueError as error:
        raise BadAnswer(PUBMED.name) from error
    if not isinstance(answer, dict):
        raise BadAnswer(PUBMED.name)
    return answer


def _who(client: Client) -> dict[str, str]:
    return {"tool": "casebase", "email": client.contact}


def _linked(answer: dict[str, Any]) -> list[str]:
    """The PMIDs of an answer of elink, whether its sets came together or one by one."""
    sets = answer.get("linksets")
    found: list[str] = []
    for one in sets if isinstance(sets, list) else []:
        groups = one.get("linksetdbs") if isinstance(one, dict) else None
        for links in groups if isinstance(groups, list) else []:
            if isinstance(links, dict) and links.get("linkname") == "pmc_pubmed":
                found += _numbers(links.get("links"))
    return found


def _numbers(values: Any) -> list[str]:
    """PMIDs out of a list of an answer, each once, and no more than could be asked for."""
    words = [str(value) for value in values] if isinstance(values, list) else []
    numbers = [word for word in words if word.isascii() and word.isdecimal() and len(word) < 10]
    return list(dict.fromkeys(numbers))[:_MOST_FOUND]
