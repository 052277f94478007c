"""Every named constraint of the library refuses what it is there to refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F

from literature.models import AnsweredRequest, Reference, ReferenceListItem, SourceText, StudyFact
from tests.constraints import as_parameters, expect_refusal, named_constraints, update
from tests.literature import notice_breaks
from tests.literature.duplicates import breaks as duplicate_breaks
from tests.literature.importing import breaks as import_breaks
from tests.make import make_csl, make_reference, make_user

pytestmark = pytest.mark.django_db


def csl(**changes: Any) -> Callable[[], None]:
    """Stores a record that `normalise_csl` would have refused."""
    return lambda: Reference.objects.bulk_create([Reference(csl=make_csl(**changes))])


def twice(field: str, first: str, second: str) -> Callable[[], None]:
    def write() -> None:
        make_reference({field: first})
        csl(**{field: second})()

    return write


def text(**changes: Any) -> Callable[[], None]:
    def write() -> None:
        fields = {"language": "en", "depth": "abstract", "licence": "CC BY 4.0", "text": "Words."}
        reference = changes.get("reference") or make_reference()
        row = SourceText(**{**fields, **changes, "reference": reference})
        SourceText.objects.bulk_create([row])

    return write


def same_text_twice() -> None:
    reference = make_reference()
    text(reference=reference)()
    text(reference=reference, text="Other words.")()


def fact(**changes: Any) -> Callable[[], None]:
    return lambda: StudyFact.objects.bulk_create(
        [StudyFact(reference=make_reference(), label="step-up shown", **changes)]
    )


def same_fact_twice() -> None:
    reference = make_reference()
    StudyFact.objects.bulk_create([StudyFact(reference=reference, label="deaths")])
    StudyFact.objects.bulk_create([StudyFact(reference=reference, label="deaths", position=1)])


def list_item(**changes: Any) -> ReferenceListItem:
    return ReferenceListItem.objects.create(
        **{"work": make_reference(), "number": 1, "reference": make_reference(), **changes}
    )


def same_number_twice() -> None:
    list_item(work=list_item().work)


def same_key_twice() -> None:
    user = make_user()
    AnsweredRequest.objects.bulk_create([AnsweredRequest(user=user, key="k") for _ in range(2)])


BREAKS = [
    ("answered_request_unique", same_key_twice),
    ("reference_doi_unique", twice("DOI", "10.5555/a", "10.5555/a")),
    ("reference_doi_unique", twice("DOI", "10.5555/a", "10.5555/A")),
    ("reference_pmid_unique", twice("PMID", "1", "1")),
    ("reference_pmcid_unique", twice("PMCID", "PMC1", "PMC1")),
    ("reference_doi_pattern", csl(DOI="11.5555/a")),
    ("reference_doi_pattern", csl(DOI="10.5555/a b")),
    ("reference_doi_pattern", csl(DOI="10.5555/a\n")),
    ("reference_doi_pattern", csl(DOI="")),
    ("reference_pmid_pattern", csl(PMID="012")),
    ("reference_pmid_pattern", csl(PMID="1\n")),
    ("reference_pmid_pattern", csl(PMID="")),
    ("reference_pmcid_pattern", csl(PMCID="123")),
    ("reference_pmcid_pattern", csl(PMCID="pmc123")),
    ("reference_public_id_pattern", lambda: update(make_reference(), public_id="ABCDEFGHIJ")),
    ("reference_public_id_pattern", lambda: update(make_reference(), public_id="ABC")),
    ("reference_has_type_and_title", csl(title="")),
    ("reference_has_type_and_title", csl(title=None)),
    ("reference_has_type_and_title", csl(type=None)),
    ("reference_study_design_known", lambda: update(make_reference(), study_design="rumour")),
    ("list_item_number_unique", same_number_twice),
    ("list_item_number_positive", lambda: update(list_item(), number=0)),
    ("list_item_not_itself", lambda: update(list_item(), reference=F("work"))),
    ("source_text_unique", same_text_twice),
    ("source_text_not_empty", text(text="")),
    ("source_text_language_tag", text(language="English!")),
    ("source_text_language_tag", text(language="")),
    ("source_text_depth_known", text(depth="")),
    ("source_text_depth_known", text(depth="rumour")),
    ("source_text_shown_by_licence", text(licence="Not known", shown_as="full")),
    ("source_text_shown_by_licence", text(shown_as="part")),
    ("study_fact_label_unique", same_fact_twice),
    ("study_fact_count_within_of", fact(count=13, of=12)),
    ("study_fact_count_within_of", fact(count=None, of=12)),
    ("study_fact_unit_has_value", fact(unit="mg")),
    *notice_breaks.BREAKS,
    *duplicate_breaks.BREAKS,
    *import_breaks.BREAKS,
]


@pytest.mark.parametrize(("name", "write"), as_parameters(BREAKS))
def test_database_refuses(name: str, write: Callable[[], Any]) -> None:
    expect_refusal(name, write)


def test_every_constraint_is_broken_above() -> None:
    assert {name for name, _ in BREAKS} == named_constraints("literature")


def test_rows_that_only_look_alike_are_kept() -> None:
    make_reference()
    make_reference()  # no identifier either: nothing in common
    fact(count=9, of=12)()
    fact(count=3)()
    fact(value=1, unit="mg")()
    list_item(reference=None)
    assert StudyFact.objects.count() == 3
    assert ReferenceListItem.objects.filter(reference=None).count() == 1
    assert Reference.objects.exclude(doi=None).count() == 0
