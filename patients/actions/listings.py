"""Keeping listings, and the index that finds them, true to the documents they are taken from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from literature.models import Reference
from patients.actions import known_words
from patients.document import CaseDocument, build_document, from_builtins
from patients.document.parts import Item
from patients.listing_rows import Entry, ListingRows, listing_rows
from patients.models import Case, ListedItem, Listing, SearchEntry, SearchStep, Term
from patients.searching.texts import VECTOR_SQL, spelled_words
from patients.vocabulary import Audience, Status

ENTRY_SQL = f"""
    INSERT INTO {SearchEntry._meta.db_table}
        (listing_id, audience, listed_at, title_key, source_year, event_count, codes, ties, vector)
    VALUES (%s, %s, %s, %s, %s, %s, %s::integer[], %s::integer[], {VECTOR_SQL})
    ON CONFLICT (listing_id) DO UPDATE SET
        listed_at = EXCLUDED.listed_at, title_key = EXCLUDED.title_key,
        source_year = EXCLUDED.source_year, event_count = EXCLUDED.event_count,
        codes = EXCLUDED.codes, ties = EXCLUDED.ties, vector = EXCLUDED.vector
"""


@transaction.atomic
def write_listing(
    *, case: Case, audience: Audience, document: CaseDocument, at: datetime
) -> Listing:
    """Replaces the case's listing for `audience`, and its place in the index, by what `document`
    says."""
    pks = _references(document)
    rows = listing_rows(document, terms=_terms(document), references=pks)
    listing, _ = Listing.objects.update_or_create(
        case=case, audience=audience, defaults={**rows.listing, "listed_at": at}
    )
    _write_items(listing, rows.items, pks)
    _index(listing, rows)
    return listing


def _references(document: CaseDocument) -> dict[str, int]:
    ids = [reference.id for reference in document.references]
    return dict(Reference.objects.filter(public_id__in=ids).values_list("public_id", "pk"))


def _terms(document: CaseDocument) -> dict[str, int]:
    terms = [document.diagnosis, document.primary_site]
    for event in document.events:
        terms += [event.term, event.site]
    terms += [finding.site for finding in document.imaging_findings]
    terms += [lesion.site for lesion in document.lesions]
    slugs = {term.slug for term in terms if term is not None}
    return dict(Term.objects.filter(slug__in=slugs).values_list("slug", "pk"))


def _write_items(listing: Listing, items: Iterable[Item], references: dict[str, int]) -> None:
    listing.items.all().delete()
    ListedItem.objects.bulk_create(
        ListedItem(
            listing=listing,
            kind=item.kind,
            public_id=item.public_id,
            position=position,
            label=item.label,
            data=item.data,
            reference_id=references[item.reference] if item.reference else None,
        )
        for position, item in enumerate(items)
    )


def _index(listing: Listing, rows: ListingRows) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ENTRY_SQL, entry_values(listing, rows.entry))
    listing.steps.all().delete()
    SearchStep.objects.bulk_create(
        SearchStep(listing=listing, **asdict(step)) for step in rows.steps
    )
    known_words.learn(words=rows.words, audience=listing.audience)


def entry_values(listing: Listing, entry: Entry) -> list[Any]:
    """What `ENTRY_SQL` takes, in its order."""
    return [
        listing.pk,
        listing.audience,
        listing.listed_at,
        entry.title_key,
        entry.source_year,
        entry.event_count,
        entry.codes,
        entry.ties,
        *entry.texts.as_tuple(),
    ]


@transaction.atomic
def remove_public(*, case: Case) -> None:
    """Takes a case out of what readers find, with the words that stand in no other."""
    listing = Listing.objects.filter(case=case, audience=Audience.PUBLIC).first()
    if listing is None:
        return
    listing.delete()
    forget_words(case=case)


@transaction.atomic
def forget_words(*, case: Case) -> None:
    """Takes the words of every version of a case that readers find no more out of those that
    spelling is taken from, where they stand in no other case."""
    words: set[str] = set()
    for document in case.versions.values_list("document", flat=True):
        words.update(spelled_words(from_builtins(document)))
    known_words.forget(words=words, audience=Audience.PUBLIC)


def forget_words_of_hidden() -> None:
    """The same for cases that stopped being published by another way than the action."""
    listed = Listing.objects.filter(case=OuterRef("pk"), audience=Audience.PUBLIC)
    for case in Case.objects.exclude(status=Status.PUBLISHED).filter(Exists(listed)).order_by("pk"):
        forget_words(case=case)


@transaction.atomic
def index_again(*, listing: Listing) -> None:
    """Makes what a listing is found by anew: of a public one from the version that readers see, of
    a working one from the rows."""
    case = listing.case
    if listing.audience == Audience.PUBLIC:
        version = case.versions.filter(is_current=True).first()
        if version is None:
            return
        document = from_builtins(version.document)
    else:
        document = build_document(Case.objects.with_timeline().get(pk=case.pk))
    write_listing(
        case=case, audience=Audience(listing.audience), document=document, at=listing.listed_at
    )
