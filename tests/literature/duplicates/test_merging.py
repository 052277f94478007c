"""Two records made one: what moves, what is asked, what shows, and that all of it comes back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from literature.actions import merging, save
from literature.actions.merging_rules import clashes
from literature.duplicates.merged import kept_of
from literature.models import (
    DuplicatePair,
    Merge,
    OtherIdentifier,
    Reference,
    ReferenceListItem,
    Relation,
    SourceText,
    StudyFact,
)
from literature.search import search_references
from patients.actions import cases
from patients.models import CaseVersion, Citation, ListedItem
from tests import make

pytestmark = pytest.mark.django_db
KEPT_DOI, GONE_DOI = "10.5555/kept", "10.5555/gone"


@pytest.fixture
def kept() -> Reference:
    return make.make_reference({"title": "A work", "DOI": KEPT_DOI})


@pytest.fixture
def gone() -> Reference:
    return make.make_reference({"title": "A work.", "DOI": GONE_DOI, "PMID": "123"})


def merge(kept: Reference, gone: Reference, **options: Any) -> Merge:
    csl = options.pop("csl", {**kept.csl, "PMID": "123"})
    return merging.merge(kept=kept, gone=gone, csl=csl, by=None, **options)


def text(reference: Reference, words: str = "Words.", **changes: Any) -> SourceText:
    fields = {"language": "en", "depth": "abstract", "licence": "CC BY 4.0", **changes}
    return SourceText.objects.create(reference=reference, text=words, **fields)


def everything() -> dict[str, Any]:
    """All rows that a merge may touch, by table, without what follows from them."""
    derived = {"updated_at", *Citation.derived}
    rows: dict[str, Any] = {}
    for model in (Reference, ReferenceListItem, SourceText, StudyFact, Relation, DuplicatePair,
                  OtherIdentifier, Citation):  # fmt: skip
        found = model._base_manager.order_by("pk").values()
        rows[model.__name__] = [
            {name: value for name, value in row.items() if name.removesuffix("_id") not in derived}
            for row in found
        ]
    return rows


def published_ids(case: Any) -> list[str]:
    version = case.versions.get(is_current=True)
    return [reference["id"] for reference in version.document["references"]]


def test_the_record_that_went_is_found_under_all_it_was_known_by(
    kept: Reference, gone: Reference
) -> None:
    merge(kept, gone)
    assert not Reference.objects.filter(public_id=gone.public_id).exists()
    assert kept_of(gone.public_id) == kept
    kept.refresh_from_db()
    assert (kept.doi, kept.pmid) == (KEPT_DOI, "123")
    assert list(kept.other_identifiers.values_list("kind", "value")) == [("DOI", GONE_DOI)]
    assert list(search_references({"q": GONE_DOI}, AnonymousUser())) == [kept]
    assert list(Reference.objects.with_identifier({"DOI": GONE_DOI.upper()})) == [kept]


def test_its_other_doi_cannot_be_added_again(kept: Reference, gone: Reference) -> None:
    merge(kept, gone)
    with pytest.raises(ValidationError, match=kept.public_id):
        save(reference=Reference(csl=make.make_csl(DOI=GONE_DOI)), by=None)


def test_the_record_may_take_the_identifier_of_the_one_that_goes(
    kept: Reference, gone: Reference
) -> None:
    merged = merge(kept, gone, csl={**kept.csl, "DOI": GONE_DOI})
    kept.refresh_from_db()
    assert kept.doi == GONE_DOI
    assert set(kept.other_identifiers.values_list("kind", "value")) == {
        ("DOI", KEPT_DOI), ("PMID", "123"),
    }  # fmt: skip
    merging.take_back(merged=merged, by=None)
    kept.refresh_from_db()
    assert kept.doi == KEPT_DOI
    assert not OtherIdentifier.objects.exists()


def test_all_that_names_it_moves_and_comes_back(kept: Reference, gone: Reference) -> None:
    third = make.make_reference()
    text(gone, language="de")
    StudyFact.objects.create(reference=gone, label="Deaths", count=2, of=9)
    ReferenceListItem.objects.create(work=third, number=4, reference=gone)
    ReferenceListItem.objects.create(work=gone, number=1, reference=third)
    Relation.objects.create(reference=gone, to=third, kind="preprint_of")
    DuplicatePair.objects.create(first=kept, second=gone, likeness="probable", reason="Alike.")
    DuplicatePair.objects.create(first=gone, second=third, likeness="related", reason="Alike.")
    make.make_citation(make.make_event(), gone)
    before = everything()

    merged = merge(kept, gone)
    assert kept.texts.get().language == "de"
    assert kept.facts.get().label == "Deaths"
    assert kept.listed_in.get().work == third
    assert kept.list_items.get().reference == third
    assert kept.relations.get().to == third
    assert Citation.objects.get().reference == kept
    pair = DuplicatePair.objects.get()
    assert {pair.first, pair.second} == {kept, third}

    assert merging.take_back(merged=merged, by=None).public_id == gone.public_id
    assert everything() == before
    assert kept_of(gone.public_id) is None


def test_what_both_say_alike_needs_no_question(kept: Reference, gone: Reference) -> None:
    third = make.make_reference()
    for reference in (kept, gone):
        text(reference)
        StudyFact.objects.create(reference=reference, label="Deaths", count=2, of=9)
    ReferenceListItem.objects.create(work=kept, number=1, raw="Doe J. Not yet found.")
    ReferenceListItem.objects.create(work=gone, number=1, reference=third)
    before = everything()
    assert clashes(kept, gone) == []
    merged = merge(kept, gone)
    assert (kept.texts.count(), kept.facts.count()) == (1, 1)
    assert kept.list_items.get().reference == third  # the number that is identified
    merging.take_back(merged=merged, by=None)
    assert everything() == before


def test_texts_that_differ_are_chosen_between(kept: Reference, gone: Reference) -> None:
    text(kept, "One wording.")
    text(gone, "Another wording.")
    before = everything()
    with pytest.raises(ValidationError, match=r"abstract \(en\)"):
        merge(kept, gone)
    assert everything() == before
    [clash] = clashes(kept, gone)
    merged = merge(kept, gone, choices={clash.slot: "gone"})
    assert kept.texts.get().text == "Another wording."
    merging.take_back(merged=merged, by=None)
    assert everything() == before


def test_two_citations_in_one_place_become_one(kept: Reference, gone: Reference) -> None:
    event = make.make_event(make.make_case(), 0, is_index=True)
    make.make_citation(event, kept, note="It measured this.", quote="nine of twelve")
    make.make_citation(event, gone, note="It is the larger series.", number=7,
                       quote="most of them", locator="p. 3")  # fmt: skip
    before = everything()
    merged = merge(kept, gone)
    citation = Citation.objects.get()
    assert (citation.reference, citation.number) == (kept, 7)
    assert citation.note == (
        "It measured this. It is the larger series. Also quoted: “most of them” (p. 3)."
    )
    assert citation.quote == "nine of twelve"
    merging.take_back(merged=merged, by=None)
    assert everything() == before


def test_reasons_that_are_too_long_together_refuse_the_merge(
    kept: Reference, gone: Reference
) -> None:
    event = make.make_event()
    make.make_citation(event, kept, note="a" * 1500)
    make.make_citation(event, gone, note="b" * 1500)
    before = everything()
    with pytest.raises(ValidationError, match=event.case.accession):
        merge(kept, gone)
    assert everything() == before


def test_published_cases_show_it_at_once_and_nothing_of_the_draft(
    kept: Reference, gone: Reference
) -> None:
    case = make.make_case()
    make.make_source(case)
    event = make.make_event(case, 0, is_index=True)
    make.make_citation(event, gone)
    make.make_citation(event, kept, role="background")
    first = cases.publish(case=case, by=None)
    event.label = "Not yet published"
    cases.save(row=event, by=None)

    merged = merge(kept, gone)
    second = case.versions.get(is_current=True)
    assert second.number == 2
    assert gone.public_id in second.reason
    assert published_ids(case).count(kept.public_id) == 1
    assert gone.public_id not in str(second.document)
    assert "Not yet published" not in str(second.document)
    cited = {c["reference"] for c in second.document["events"][0]["citations"]}
    assert cited == {kept.public_id}
    numbers = {c["reference_number"] for c in second.document["events"][0]["citations"]}
    assert numbers == {2}
    old = CaseVersion.objects.get(pk=first.pk)
    assert (old.document, old.checksum) == (first.document, first.checksum)
    assert not ListedItem.objects.filter(data__reference=gone.public_id).exists()

    merging.take_back(merged=merged, by=None)
    third = case.versions.get(is_current=True)
    assert third.number == 3
    assert third.document["references"] == first.document["references"]
    assert third.document["events"] == first.document["events"]
    assert set(published_ids(case)) >= {kept.public_id, gone.public_id}


def test_a_case_that_does_not_cite_it_gets_no_version(kept: Reference, gone: Reference) -> None:
    other = make.make_published_case()
    merge(kept, gone)
    assert other.versions.count() == 1


def test_edits_of_a_case_can_be_taken_back_after_a_merge(kept: Reference, gone: Reference) -> None:
    from patients.actions import edits

    event = make.make_event()
    citation = Citation(case=event.case, event=event, reference=gone, role="supports")
    edits.save_rows(case=event.case, rows=[citation], words="Cited", by=None)
    merged = merge(kept, gone)
    edits.undo(case=event.case, by=None)
    assert not Citation.objects.exists()
    edits.redo(case=event.case, by=None)
    assert Citation.objects.get().reference == kept
    merging.take_back(merged=merged, by=None)
    edits.undo(case=event.case, by=None)
    edits.redo(case=event.case, by=None)
    assert Citation.objects.get().reference == gone


def test_merged_on_and_taken_back_one_after_the_other(kept: Reference, gone: Reference) -> None:
    last = make.make_reference()
    make.make_citation(make.make_event(), gone)
    before = everything()
    one = merge(kept, gone)
    kept.refresh_from_db()
    two = merge(last, kept, csl=last.csl)
    assert kept_of(gone.public_id) == last
    with pytest.raises(ValidationError, match="itself been merged"):
        merging.take_back(merged=one, by=None)
    merging.take_back(merged=two, by=None)
    merging.take_back(merged=one, by=None)
    assert everything() == before


def test_two_into_one_are_taken_back_last_first(kept: Reference, gone: Reference) -> None:
    other = make.make_reference()
    one = merge(kept, gone)
    kept.refresh_from_db()
    two = merge(kept, other, csl=kept.csl)
    with pytest.raises(ValidationError, match=other.public_id):
        merging.take_back(merged=one, by=None)
    merging.take_back(merged=two, by=None)
    merging.take_back(merged=one, by=None)
    with pytest.raises(ValidationError, match="already"):
        merging.take_back(merged=one, by=None)


def test_an_edit_since_stands_against_taking_it_back(kept: Reference, gone: Reference) -> None:
    merged = merge(kept, gone)
    kept.refresh_from_db()
    kept.csl = {**kept.csl, "title": "A better title"}
    save(reference=kept, by=None)
    with pytest.raises(ValidationError, match="edited since"):
        merging.take_back(merged=merged, by=None)


def test_what_was_cited_since_stays_with_the_kept_record(kept: Reference, gone: Reference) -> None:
    merged = merge(kept, gone)
    kept.refresh_from_db()
    citation = make.make_citation(make.make_event(), kept)
    merging.take_back(merged=merged, by=None)
    citation.refresh_from_db()
    assert citation.reference == kept


@pytest.mark.parametrize("direction", ["kept lists gone", "gone lists kept", "related", "itself"])
def test_records_that_name_each_other_are_not_merged(
    kept: Reference, gone: Reference, direction: str
) -> None:
    match direction:
        case "kept lists gone":
            ReferenceListItem.objects.create(work=kept, number=1, reference=gone)
        case "gone lists kept":
            ReferenceListItem.objects.create(work=gone, number=1, reference=kept)
        case "related":
            Relation.objects.create(reference=gone, to=kept, kind="erratum_of")
        case "itself":
            gone = kept
    before = everything()
    with pytest.raises(ValidationError):
        merge(kept, gone)
    assert everything() == before


def test_a_bad_record_changes_nothing_and_names_the_field(kept: Reference, gone: Reference) -> None:
    before = everything()
    with pytest.raises(ValidationError) as caught:
        merge(kept, gone, csl={**kept.csl, "DOI": "nonsense"})
    assert "csl.DOI" in caught.value.message_dict
    assert everything() == before
