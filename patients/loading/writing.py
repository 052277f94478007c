"""Prepared lines → the rows of published cases, from the works they cite to their listings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.db import connection

from literature.models import Notice, Reference
from literature.public_ids import new_public_id
from patients.actions import quotes
from patients.document import CaseDocument, canonical_json
from patients.document.model import NoticeData
from patients.loading.copying import Json, Table
from patients.loading.decoding import Read
from patients.loading.keys import take
from patients.loading.known import Known
from patients.loading.listed import Listings
from patients.loading.preparing import Prepared
from patients.loading.references import Work, as_the_library_has_it
from patients.loading.rows import Ready, Rows, citations_of
from patients.loading.terms import KnownTerm
from patients.models import Case, CaseVersion, Citation, Patient, StatusChange
from patients.vocabulary import Status, StatusAct

LEAVE_OUT: Final = "SELECT set_config('casebase.loading', pg_current_xact_id()::text, true)"
TAKE_UP: Final = "SELECT set_config('casebase.loading', '', true)"
"""Around rows that stand in the history as one line a case and a batch; see ADR 29."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of prepared lines."""

    checksums: list[str]
    works: dict[str, Work]
    terms: dict[str, KnownTerm]
    words: set[str]


def write(
    prepared: Prepared, known: Known, *, at: datetime, by: Any, name: str, for_reading: bool = False
) -> Written:
    """Inside a transaction. `at` is when they are published, `name` that of the load.

    `for_reading` leaves out what readers do not search and read: the rows that curators edit.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEAVE_OUT)
        works = _make_works(cursor, prepared, at, by)
        terms = prepared.terms.make()
        documents = [as_the_library_has_it(line.document, cited) for line, cited in prepared.lines]
        patients = _make_patients(cursor, prepared, documents, at)
        keys = take(cursor, Case, len(documents))
        term_keys = {slug: term.pk for slug, term in {**known.terms, **terms}.items()}
        cases = [
            Ready(document, next(keys), patients[document.patient.id],
                  _keys(cited, works), term_keys, _canonical(line, document))
            for document, (line, cited) in zip(documents, prepared.lines, strict=True)
        ]  # fmt: skip
        rows = Rows(cursor, documents, at, alone=for_reading)
        for ready in cases:
            rows.add(ready)
        rows.copy(cursor)
        listings = Listings(cursor, len(cases), at, for_reading=for_reading)
        versions, checksums = _make_versions(cursor, cases, at, by, beside=listings.add)
        words = listings.write(cursor, known.words)
        cursor.execute(TAKE_UP)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    _tell(cases, versions, prepared, at, by, name)
    if not for_reading:
        _check_quotes(cases)
    cited = {id: work for _, of_line in prepared.lines for id, work in of_line.items()}
    kept = {id: work if work.pk else replace(work, pk=works[id], csl=None)
            for id, work in cited.items() if id == work.data.id}  # fmt: skip
    return Written(checksums, kept, terms, words)


def _canonical(line: Read, document: CaseDocument) -> bytes:
    return line.canonical if document is line.document else canonical_json(document)


def _keys(cited: Mapping[str, Work], made: Mapping[str, int]) -> dict[str, int]:
    return {work.data.id: made.get(work.data.id, work.pk) for work in cited.values()}


def _make_works(cursor: Any, prepared: Prepared, at: datetime, by: Any) -> dict[str, int]:
    """Keys of the works that are new, by public id."""
    new = prepared.library.new
    keys = dict(zip(new, take(cursor, Reference, len(new)), strict=True))
    table = Table(Reference)
    for id, work in new.items():
        table.add(
            id=keys[id], public_id=id, csl=Json(work.csl), study_design=work.data.study_design,
            added_by_id=by.pk if by else None, created_at=at, updated_at=at,
        )  # fmt: skip
    table.copy(cursor)
    Notice.objects.bulk_create(
        notice for id, work in new.items() for told in work.data.notices
        for notice in _notices(keys[id], told)
    )  # fmt: skip
    return keys


def _notices(reference: int, told: NoticeData) -> Iterator[Notice]:
    """One row for each source, and one for each further identifier that the document tells."""
    source = next(iter(told.sources), "")
    for place in range(max(len(told.dois), len(told.pmids), len(told.sources), 1)):
        yield Notice(
            public_id=new_public_id(), reference_id=reference, kind=told.kind, year=told.year,
            source=told.sources[place] if place < len(told.sources) else source,
            doi=told.dois[place] if place < len(told.dois) else "",
            pmid=told.pmids[place] if place < len(told.pmids) else "",
        )  # fmt: skip


def _make_patients(
    cursor: Any, prepared: Prepared, documents: Sequence[CaseDocument], at: datetime
) -> dict[str, int]:
    """Keys by public id, of those that were there too."""
    told = {document.patient.id: document.patient for document in documents}
    new = [patient for id, patient in told.items() if id not in prepared.patients]
    table, keys = Table(Patient), dict(prepared.patients)
    for patient, key in zip(new, take(cursor, Patient, len(new)), strict=True):
        keys[patient.id] = key
        table.add(id=key, public_id=patient.id, sex=patient.sex, country=patient.country,
                  created_at=at)  # fmt: skip
    table.copy(cursor)
    return keys


def _make_versions(
    cursor: Any, cases: Sequence[Ready], at: datetime, by: Any, *, beside: Callable[[Ready], None]
) -> tuple[list[int], list[str]]:
    """Their keys and checksums. `beside` is what is to be done with each case while the database
    takes the documents in, which keeps it longest."""
    table, checksums = Table(CaseVersion), [sha256(each.canonical).hexdigest() for each in cases]
    keys = list(take(cursor, CaseVersion, len(cases)))

    def lines() -> Iterator[str]:
        for key, checksum, ready in zip(keys, checksums, cases, strict=True):
            yield table.line(
                id=key, case_id=ready.case, number=1, document=Json(ready.canonical),
                checksum=checksum, is_current=True, published_at=at,
                published_by_id=by.pk if by else None,
            )  # fmt: skip
            beside(ready)

    table.stream(cursor, lines())
    return keys, checksums


def _check_quotes(cases: Sequence[Ready]) -> None:
    """What was found elsewhere stands in the version; the working rows say what is found here."""
    quoting = [
        ready.case for ready in cases if any(row.quote for row in citations_of(ready.document))
    ]
    if quoting:
        quotes.check_new(Citation.objects.filter(case__in=quoting).exclude(quote=""))


def _tell(
    cases: Sequence[Ready], versions: Sequence[int], prepared: Prepared, at: datetime, by: Any,
    name: str,
) -> None:  # fmt: skip
    """How each case came to its readers. The history has it too."""
    StatusChange.objects.bulk_create(
        StatusChange(
            case_id=ready.case, act=StatusAct.PUBLISHED, was=Status.DRAFT, now=Status.PUBLISHED,
            reason=f"Brought in as it was published elsewhere: line {line.number} of {name}.",
            version_id=version, by=by, at=at,
        )
        for ready, version, (line, _) in zip(cases, versions, prepared.lines, strict=True)
    )  # fmt: skip
