"""Identifiers → what Crossref and PubMed say of them, from kept answers where they are new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import timedelta

from literature.importers.model import Entry
from literature.lookup import crossref, crossref_record, pubmed
from literature.lookup.client import Client, from_settings
from literature.lookup.errors import BadAnswer, LookupProblem, NotFound
from literature.lookup.found import Answer, Found, Kind
from literature.lookup.found_notices import notices_of
from literature.lookup.kept import USED_FOR, keep, kept_bodies
from literature.lookup.services import CROSSREF, PUBMED, Service

Fetch = Callable[[Client, Sequence[str]], dict[str, str]]
Bodies = dict[str, "str | LookupProblem"]
FORMATS: Mapping[str, str] = {CROSSREF.key: "crossref", PUBMED.key: "pubmed-xml"}
_FETCHES: Mapping[Kind, tuple[Service, Fetch]] = {
    Kind.DOI: (CROSSREF, crossref.fetch),
    Kind.PMID: (PUBMED, pubmed.fetch),
    Kind.PMCID: (PUBMED, pubmed.fetch_pmcids),
}


def look_up(
    wanted: Sequence[Found], *, client: Client | None = None, max_age: timedelta = USED_FOR
) -> list[Answer]:
    """An answer for each of `wanted`, in order: an entry with its place, or why there is none.

    A DOI that Crossref does not know is looked for in PubMed, which has those of other agencies,
    such as many Chinese ones. Not to be called in a transaction: it waits for other machines.
    Raises SwitchedOff; every other problem is in the answers.
    """
    with nullcontext(client) if client else from_settings() as asking:
        bodies = {
            kind: _bodies(asking, service, kind, _values(wanted, kind), fetch, max_age)
            for kind, (service, fetch) in _FETCHES.items()
        }
        unknown = [doi for doi, body in bodies[Kind.DOI].items() if body == ""]
        elsewhere = _bodies(asking, PUBMED, Kind.DOI, unknown, pubmed.fetch_dois, max_age)
    answers = []
    for position, found in enumerate(wanted, 1):
        service = _FETCHES[found.kind][0] if found.kind else CROSSREF
        body = bodies[found.kind].get(found.value, "") if found.kind else ""
        if body == "" and found.kind is Kind.DOI and elsewhere.get(found.value):
            service, body = PUBMED, elsewhere[found.value]
        answers.append(_answer(found, service, body, position))
    return answers


def look_up_at_both(
    works: Sequence[Iterable[Found]],
    *,
    client: Client | None = None,
    max_age: timedelta = USED_FOR,
) -> list[list[Answer]]:
    """What both services say of each work, by whichever of its identifiers they know it.

    Crossref is asked by the DOI; PubMed by the first of PMID, PMCID and DOI that is there.
    """
    asked = [_questions(work) for work in works]
    groups: dict[tuple[Service, Kind], list[str]] = {}
    for service, found in (question for questions in asked for question in questions):
        values = groups.setdefault((service, found.kind), [])
        if found.value not in values:
            values.append(found.value)
    with nullcontext(client) if client else from_settings() as asking:
        bodies = {
            (service, kind): _bodies(
                asking, service, kind, values, _fetch_of(service, kind), max_age
            )
            for (service, kind), values in groups.items()
        }
    return [
        [
            _answer(found, service, bodies[service, found.kind][found.value], place)
            for place, (service, found) in enumerate(questions, 1)
        ]
        for questions in asked
    ]


def kept_at_both(work: Iterable[Found]) -> list[Answer]:
    """What `look_up_at_both` was told of one work lately; nothing is asked."""
    return [
        _answer(found, service, body, place)
        for place, (service, found) in enumerate(_questions(work), 1)
        for body in kept_bodies(service, [_name(found.kind, found.value)]).values()
    ]


def _questions(work: Iterable[Found]) -> list[tuple[Service, Found]]:
    known = {found.kind: found for found in work}
    by = [known[kind] for kind in (Kind.PMID, Kind.PMCID, Kind.DOI) if kind in known]
    at_crossref = [(CROSSREF, known[Kind.DOI])] if Kind.DOI in known else []
    return [*at_crossref, *((PUBMED, found) for found in by[:1])]


def _fetch_of(service: Service, kind: Kind) -> Fetch:
    return pubmed.fetch_dois if (service, kind) == (PUBMED, Kind.DOI) else _FETCHES[kind][1]


def _values(wanted: Iterable[Found], kind: Kind) -> list[str]:
    return list(dict.fromkeys(found.value for found in wanted if found.kind is kind))


def _bodies(
    client: Client,
    service: Service,
    kind: Kind,
    values: Sequence[str],
    fetch: Fetch,
    max_age: timedelta,
) -> Bodies:
    """By value the body, empty where it is not known there, or the problem that kept us from it."""
    known = kept_bodies(service, [_name(kind, value) for value in values], max_age)
    bodies: Bodies = {
        value: known[name] for value in values if (name := _name(kind, value)) in known
    }
    missing = [value for value in values if value not in bodies]
    if not missing:
        return bodies
    try:
        fetched = fetch(client, missing)
    except LookupProblem as problem:
        return bodies | dict.fromkeys(missing, problem)
    fetched = {value: fetched.get(value, "") for value in missing}
    keep(service, {_name(kind, value): body for value, body in fetched.items()})
    return bodies | fetched


def _name(kind: Kind, value: str) -> str:
    return f"{kind}:{value}"


def _answer(found: Found, service: Service, body: str | LookupProblem, position: int) -> Answer:
    if isinstance(body, LookupProblem):
        return Answer(found, service.name, error=body)
    if not body:
        return Answer(found, service.name, error=NotFound(service.name))
    try:
        entry = _entry(service, body, position)
    except ValueError:
        return Answer(found, service.name, error=BadAnswer(service.name))
    format = FORMATS[service.key]
    return Answer(found, service.name, entry, format, notices_of(format, body))


def _entry(service: Service, body: str, position: int) -> Entry:
    if service is CROSSREF:
        return crossref_record.entry_of(body, position)
    return pubmed.entry_of(body, position)
