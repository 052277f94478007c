"""A listing says what the document says, and can be made again from it."""

from __future__ import annotations

import pytest
from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from literature import actions as reference_actions
from literature.searching.tokens import indexed
from patients.actions import cases
from patients.actions.listings import write_listing
from patients.document import build_document
from patients.document.parts import columns, items
from patients.models import Case, ListedItem, Listing, SearchEntry, SearchStep
from patients.searching.names import STATE_SQL
from patients.vocabulary import Audience, ItemKind, Status
from tests.make import make_case, make_published_case, make_timeline
from tests.patients.rich_case import make_rich_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing() -> Listing:
    case = make_rich_case().case
    cases.publish(case=case, by=None)
    return Listing.objects.get(case=case, audience=Audience.PUBLIC)


def test_columns_are_those_of_the_document(listing: Listing) -> None:
    expected = columns(build_document(listing.case)).as_dict()
    assert listing.accession == listing.case.accession
    assert {field: getattr(listing, field) for field in expected} == expected
    assert listing.listed_at == listing.case.versions.get().published_at


def test_items_are_those_of_the_document_in_its_order(listing: Listing) -> None:
    expected = list(items(build_document(listing.case)))
    rows = listing.items.order_by("position")
    assert [(row.kind, row.public_id, row.label, row.data) for row in rows] == [
        (item.kind, item.public_id, item.label, item.data) for item in expected
    ]
    assert [row.reference and row.reference.public_id for row in rows] == [
        item.reference for item in expected
    ]


def test_writing_again_replaces_and_adds_nothing(listing: Listing) -> None:
    case, before = listing.case, ListedItem.objects.count()
    write_listing(
        case=case, audience=Audience.PUBLIC, document=build_document(case), at=timezone.now()
    )
    assert (case.listings.count(), ListedItem.objects.count()) == (2, before)


@pytest.mark.parametrize(
    ("words", "found"),
    [("liver", True), ("neuroendocrine tumours", True), ("octreotide", True), ("study", True),
     ("embolised", True), ("pancreatitis", False)],
)  # fmt: skip
def test_search_column_finds_title_terms_and_told_words(
    listing: Listing, words: str, found: bool
) -> None:
    query = SearchQuery(indexed(words).replace(" ", " & "), config="english", search_type="raw")
    assert SearchEntry.objects.filter(pk=listing.pk, vector=query).exists() == found


def test_the_index_goes_with_the_public_listing_whichever_way_a_case_is_hidden(
    listing: Listing,
) -> None:
    Case.objects.filter(pk=listing.case_id).update(status="draft")
    assert not SearchEntry.objects.filter(listing__case=listing.case, audience="public").exists()
    assert not SearchStep.objects.filter(listing=listing).exists()
    assert SearchEntry.objects.filter(listing__case=listing.case, audience="working").exists()


def test_what_was_not_indexed_can_be(listing: Listing) -> None:
    fields = ("codes", "ties", "vector", "title_key", "event_count", "source_year", "listed_at")
    before = SearchEntry.objects.filter(pk=listing.pk).values(*fields).get()
    SearchEntry.objects.all().delete()
    call_command("index_cases")
    assert SearchEntry.objects.count() == 2
    assert SearchEntry.objects.filter(pk=listing.pk).values(*fields).get() == before


def test_of_kind_and_citing(listing: Listing) -> None:
    citation = listing.case.citations.get(role="source")
    (row,) = ListedItem.objects.filter(listing=listing).citing(citation.reference)
    assert (row.public_id, row.listing.case) == (citation.public_id, listing.case)
    assert listing.items.all().of_kind(ItemKind.EVENT).count() == 5


def queries_to_publish(case: Case) -> int:
    with CaptureQueriesContext(connection) as captured:
        cases.publish(case=case, by=None)
    return len(captured)


def test_publishing_takes_no_more_queries_for_more_rows() -> None:
    case = make_published_case(events=1)
    make_timeline(case, events=1)
    few = queries_to_publish(case)
    make_timeline(case, events=10)
    assert queries_to_publish(case) == few


def test_a_corrected_reference_shows_in_the_listings_of_the_cases_that_cite_it():
    case = make_published_case()
    source = case.citations.get(role="source").reference
    source.csl = source.csl | {"issued": {"date-parts": [[1999]]}}
    reference_actions.save(reference=source, by=None)
    years = dict(Listing.objects.filter(case=case).values_list("audience", "source_year"))
    assert years == {"working": 1999, "public": 1999}
    assert case.versions.count() == 2


def test_a_reference_that_an_older_version_names_is_kept():
    case = make_published_case()
    citation = case.citations.filter(event__isnull=False).first()
    reference = citation.reference
    cases.remove(row=citation, by=None)
    cases.publish(case=case, by=None)
    with pytest.raises(ValidationError, match=f"Version 1 of {case.accession} cites it"):
        reference_actions.remove(reference=reference, by=None)


@pytest.mark.parametrize("audience", list(Audience))
def test_rows_are_those_of_the_audience(audience: Audience) -> None:
    """What the database's function gives is what the ORM would ask for."""
    published, draft, hidden = make_published_case(), make_case(), make_published_case()
    Case.objects.filter(pk=hidden.pk).update(status=Status.DRAFT)  # past the actions
    cases.save(row=draft, by=None)
    columns = ("pk", "accession", "title", "sex", "age_low", "age_words", "diagnosis", "site",
               "treatments", "outcome", "source_year", "event_count", "reference_count",
               "listed_at")  # fmt: skip
    keys = list(Listing.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        told = f"SELECT {', '.join(columns)}, status, terms FROM patients_listed_rows"
        cursor.execute(f"{told}(%s, %s::bigint[])", [str(audience), keys])
        rows = sorted(cursor.fetchall())
        cursor.execute(f"SELECT {STATE_SQL}")
        state = cursor.fetchone()[0]
    expected = Listing.objects.of_audience(audience).values_list(*columns, "case__status")
    assert [row[:-1] for row in rows] == sorted(expected)
    assert len(rows) == (1 if audience == Audience.PUBLIC else 3)
    assert {row[-1] for row in rows} == {state}
    assert {published.accession, draft.accession, hidden.accession} >= {row[1] for row in rows}
