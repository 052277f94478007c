"""The columns of a reference follow its CSL, however it is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.db.models import ProtectedError

from literature.models import Reference, ReferenceListItem, SourceText
from literature.search import search_references
from tests.make import make_csl, make_reference

pytestmark = pytest.mark.django_db
COLUMNS = (
    "type", "title", "year", "container_title", "volume", "first_page", "first_author", "doi",
    "pmid", "pmcid",
)  # fmt: skip
FULL = make_csl(title="A title", DOI="10.5555/abc", PMID="12", PMCID="PMC3")
OTHER = {
    "type": "chapter",
    "title": "Other",
    "author": [{"literal": "A group"}, {"family": "Doe"}],
    "page": "e7",
    "issued": {"date-parts": [[1999, 5], [2000]]},
}


def columns(reference: Reference) -> tuple[Any, ...]:
    return tuple(getattr(Reference.objects.get(pk=reference.pk), name) for name in COLUMNS)


FULL_COLUMNS = (
    "article-journal", "A title", 2016, "Journal of Tests", "12", "34", "Doe", "10.5555/abc",
    "12", "PMC3",
)  # fmt: skip
OTHER_COLUMNS = ("chapter", "Other", 1999, None, None, "e7", "A group", None, None, None)


def test_columns_follow_on_insert() -> None:
    assert columns(Reference.objects.create(csl=FULL)) == FULL_COLUMNS
    assert columns(Reference.objects.create(csl=OTHER)) == OTHER_COLUMNS


def test_columns_follow_on_bulk_insert() -> None:
    made = Reference.objects.bulk_create([Reference(csl=FULL), Reference(csl=OTHER)])
    assert [columns(row) for row in made] == [FULL_COLUMNS, OTHER_COLUMNS]


def test_columns_follow_on_save_and_update() -> None:
    reference = Reference.objects.create(csl=FULL)
    reference.csl = OTHER
    reference.save()
    assert columns(reference) == OTHER_COLUMNS
    Reference.objects.filter(pk=reference.pk).update(csl=FULL)
    assert columns(reference) == FULL_COLUMNS


def test_columns_cannot_be_written() -> None:
    reference = make_reference()
    with pytest.raises(ProgrammingError), transaction.atomic():
        # Django leaves generated columns out of updates, hence by hand
        Reference.objects.raw(
            "UPDATE literature_reference SET year = 1900 WHERE id = %s RETURNING id",
            [reference.pk],
        )[0]


def test_search_column_holds_words_of_the_record() -> None:
    reference = make_reference({"title": "Embolisation of metastases", "note": "seen in Utrecht"})
    for word, found in (("embolised", 1), ("Utrecht", 1), ("Doe", 1), ("article-journal", 0)):
        asked = search_references({"q": word}, AnonymousUser())
        assert asked.filter(pk=reference.pk).count() == found, word


def test_largest_allowed_record_can_be_stored() -> None:
    names = [{"family": f"Family{number:04}", "given": f"Given{number}"} for number in range(3000)]
    reference = make_reference({"author": names, "note": "词" * 5000})
    reference.full_clean()
    assert reference.first_author == "Family0000"


def test_full_clean_checks_the_record_and_the_identifiers() -> None:
    make_reference({"DOI": "10.5555/abc"})
    with pytest.raises(ValidationError, match="csl"):
        Reference(csl={"type": "song"}).full_clean()
    with pytest.raises(ValidationError):
        Reference(csl=make_csl(DOI="10.5555/abc")).full_clean()


def test_found_by_any_identifier_of_a_record() -> None:
    reference = make_reference({"DOI": "10.5555/abc", "PMID": "12"})
    make_reference()
    for record in ({"DOI": "10.5555/ABC"}, {"PMID": "12", "DOI": "10.5555/other"}):
        assert list(Reference.objects.with_identifier(record)) == [reference]
    assert not Reference.objects.with_identifier({"title": reference.title}).exists()


def test_source_text_is_immutable() -> None:
    text = SourceText.objects.create(
        reference=make_reference(), language="en", depth="abstract", licence="CC0", text="Words."
    )
    text.text = "Other words."
    with pytest.raises(ValidationError, match="cannot be changed"):
        text.save()
    text.refresh_from_db()
    assert text.text == "Words."


def test_listed_reference_is_protected_but_a_work_takes_its_list_along() -> None:
    item = ReferenceListItem.objects.create(
        work=make_reference(), number=1, reference=make_reference()
    )
    with pytest.raises(ProtectedError):
        item.reference.delete()
    item.work.delete()
    assert not ReferenceListItem.objects.exists()


def test_list_size_is_counted_in_one_query(django_assert_num_queries: Any) -> None:
    work = make_reference()
    ReferenceListItem.objects.bulk_create(
        ReferenceListItem(work=work, number=number) for number in (1, 2, 3)
    )
    with django_assert_num_queries(1):
        assert Reference.objects.with_list_size().get(pk=work.pk).list_size == 3
