"""An import is taken back as a whole, or not at all where something depends on it by now."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from literature import actions, importing
from literature.actions import imports
from literature.models import (
    Decision,
    DuplicatePair,
    ImportState,
    Merge,
    Notice,
    Origin,
    Outcome,
    Reference,
    ReferenceListItem,
    Relation,
    SourceText,
)
from tests import make
from tests.literature.importing.files import file_of, ris, ris_file

pytestmark = pytest.mark.django_db
BARE = ris(1, DO="")
"""The first record as another source has it, without an identifier."""


@pytest.fixture
def by():
    return make.make_user(role="researcher")


def begin(by, *records, **options):
    return imports.begin(source=file_of(*records), name="list.ris", by=by, **options)


def brought_in(by, *records, decisions=None, **options):
    imported = begin(by, *records, **options)
    imports.decide(imported=imported, decisions=decisions or {}, by=by)
    return imports.save(imported=imported, by=by)


def outcomes(imported):
    return list(imported.rows.values_list("outcome", flat=True))


def test_an_import_is_taken_back_without_a_trace_in_the_library(by):
    imported = brought_in(by, ris(1), ris(2, AB="What was found, in short."), licence="CC BY 4.0")
    assert importing.would_undo(imported) == importing.Undoing(2, 0, 0, 1)
    imports.undo(imported=imported, by=by)
    assert imported.state == ImportState.UNDONE
    assert not Reference.objects.exists()
    assert not Origin.objects.exists()
    with pytest.raises(ValidationError, match="undone"):
        imports.undo(imported=imported, by=by)


def test_an_import_that_fills_its_own_row_is_taken_back(by):
    imported = brought_in(by, BARE, ris(1), decisions={2: Decision.FILL})
    assert outcomes(imported) == [Outcome.ADDED, Outcome.FILLED]
    imports.undo(imported=imported, by=by)
    assert not Reference.objects.exists()


def test_two_rows_that_fill_one_reference_are_taken_back_together(by):
    brought_in(by, BARE)
    before = Reference.objects.get().csl
    imported = brought_in(
        by, ris(1), ris(1, DO="", IS="4"), decisions={1: Decision.FILL, 2: Decision.FILL}
    )
    assert outcomes(imported) == [Outcome.FILLED, Outcome.FILLED]
    held = Reference.objects.get()
    assert (held.csl["DOI"], held.csl["issue"]) == ("10.5555/course.1", "4")
    imports.undo(imported=imported, by=by)
    held.refresh_from_db()
    assert held.csl == before


def test_what_was_filled_and_then_edited_is_not_taken_back(by):
    brought_in(by, BARE)
    imported = brought_in(by, ris(1), decisions={1: Decision.FILL})
    held = Reference.objects.get()
    held.csl = {**held.csl, "publisher": "A publisher"}
    actions.save(reference=held, by=by)
    with pytest.raises(ValidationError, match="Row 1: It was changed since"):
        imports.undo(imported=imported, by=by)


def edited(reference, by):
    reference.csl = {**reference.csl, "title": "Another title"}
    actions.save(reference=reference, by=by)


def described(reference, by):
    Reference.objects.filter(pk=reference.pk).update(patients_covered=3)


def with_text(reference, by):
    SourceText.objects.create(
        reference=reference, language="en", depth="abstract", licence="CC0", text="In short."
    )


def with_fact(reference, by):
    reference.facts.create(label="Response", position=1, count=1, of=2)


def related(reference, by):
    Relation.objects.create(reference=reference, to=make.make_reference(), kind="preprint_of")


def with_notice(reference, by):
    Notice.objects.create(reference=reference, kind="retraction", source="person", added_by=by)


def decided_pair(reference, by):
    first, second = sorted([reference, make.make_reference()], key=lambda each: each.pk)
    DuplicatePair.objects.create(
        first=first, second=second, likeness="probable", reason="Alike.", state="distinct",
        decided_by=by, decided_at=timezone.now(),
    )  # fmt: skip


def merge(kept, gone, by):
    return Merge.objects.create(
        kept=kept, kept_was=kept.public_id, gone=gone.public_id, gone_row={}, kept_before={},
        kept_after={}, steps=[], citing={}, by=by,
    )  # fmt: skip


def merged_into(reference, by):
    gone = make.make_reference()
    merge(reference, gone, by)
    gone.delete()


def merged_away(reference, by):
    kept = make.make_reference()
    merge(kept, reference, by)
    reference.delete()


def listed(reference, by):
    ReferenceListItem.objects.create(work=make.make_reference(), number=1, reference=reference)


def listing(reference, by):
    ReferenceListItem.objects.create(work=reference, number=1, raw="An item")


def imported_again(reference, by):
    brought_in(by, ris(1))


def list_of_its_own_waits(reference, by):
    begin(by, ris(9), attach_to=reference)


def cited(reference, by):
    make.make_citation(make.make_event(), reference)


@pytest.mark.parametrize(
    ("depend", "reason"),
    [
        (edited, "It was changed since."),
        (described, "It was changed since."),
        (with_text, "A text was added to it since."),
        (with_fact, "Facts were taken from it."),
        (related, "It is related to another reference."),
        (with_notice, "A person added or withdrew a notice about it."),
        (decided_pair, "It was decided that it is no duplicate of another."),
        (merged_into, "Another record was merged into it."),
        (merged_away, "It was merged into another record."),
        (listed, "Another work lists it."),
        (listing, "It has a reference list of its own by now."),
        (imported_again, "Another import is tied to it."),
        (list_of_its_own_waits, "Another import is its reference list."),
        (cited, "It is cited."),
    ],
)
def test_what_something_depends_on_is_named_and_nothing_is_taken_back(by, depend, reason):
    imported = brought_in(by, ris(1), ris(2))
    depend(imported.rows.get(position=1).result, by)
    before = Reference.objects.count()
    with pytest.raises(ValidationError) as caught:
        imports.undo(imported=imported, by=by)
    assert caught.value.messages == [f"Row 1: {reason}"]
    assert Reference.objects.count() == before
    imported.refresh_from_db()
    assert imported.state == ImportState.DONE


def test_a_record_that_was_deleted_by_hand_does_not_stand_in_the_way(by):
    imported = brought_in(by, ris(1), ris(2))
    actions.remove(reference=imported.rows.get(position=1).result, by=by)
    imports.undo(imported=imported, by=by)
    assert not Reference.objects.exists()


def test_a_number_of_the_list_that_was_tied_otherwise_since_stands_in_the_way(by):
    work = make.make_reference()
    imported = brought_in(by, ris(1), ris(2), attach_to=work)
    work.list_items.filter(number=2).update(reference=make.make_reference())
    with pytest.raises(ValidationError, match="Number 2 of the reference list was tied"):
        imports.undo(imported=imported, by=by)
    assert work.list_items.count() == 2


def test_many_reasons_are_told_in_part(by):
    imported = imports.save(
        imported=imports.begin(source=ris_file(*range(1, 31)), name="many", by=by), by=by
    )
    Reference.objects.update(patients_covered=1)
    with pytest.raises(ValidationError) as caught:
        imports.undo(imported=imported, by=by)
    assert len(caught.value.messages) == 21
    assert caught.value.messages[-1] == "And 10 more."
