"""An import from its bytes to a preview, and from the preview into the library."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError

from literature import importing
from literature.actions import imports
from literature.importers.model import UnreadableError
from literature.models import (
    Decision,
    Import,
    ImportState,
    Origin,
    Outcome,
    Reference,
    ReferenceListItem,
    SourceText,
    Verdict,
)
from tests import make
from tests.literature.importing.files import file_of, ris, ris_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def researcher():
    return make.make_user(role="researcher")


def begin(source, by, **options):
    return imports.begin(source=source, name="list.ris", by=by, **options)


def verdicts(imported):
    return list(imported.rows.values_list("verdict", flat=True))


def outcomes(imported):
    return list(imported.rows.values_list("outcome", flat=True))


def test_nothing_is_in_the_library_before_it_is_said_so(researcher):
    imported = begin(ris_file(1, 2, 3), researcher)
    assert imported.state == ImportState.READY
    assert verdicts(imported) == [Verdict.NEW] * 3
    assert (imported.format, imported.done, imported.total) == ("ris", 3, 3)
    assert not Reference.objects.exists()
    assert importing.plan(imported) == importing.Plan(3, 0, 0, 0, 0)


def test_what_was_decided_is_brought_in_with_its_origin(researcher):
    imported = imports.save(imported=begin(ris_file(1, 2), researcher), by=researcher)
    assert imported.state == ImportState.DONE
    assert outcomes(imported) == [Outcome.ADDED] * 2
    reference = Reference.objects.get(doi="10.5555/course.1")
    assert reference.added_by == researcher
    assert reference.csl["page"] == "101-110"
    origin = Origin.objects.get(reference=reference)
    assert (origin.format, origin.imported) == ("ris", imported)
    assert "DO  - 10.5555/course.1" in origin.original


def test_the_bytes_are_kept_as_they_came(researcher):
    data = ("\ufeff" + ris(1).replace("\n", "\r\n")).encode()
    imported = begin(BytesIO(data), researcher)
    assert b"".join(importing.original_bytes(imported)) == data
    assert imported.size == len(data)


def test_what_the_library_holds_is_tied_and_not_added_again(researcher):
    imports.save(imported=begin(ris_file(1), researcher), by=researcher)
    again = begin(ris_file(1, 2), researcher)
    assert verdicts(again) == [Verdict.SAME, Verdict.NEW]
    row = again.rows.get(position=1)
    assert row.match.doi == "10.5555/course.1"
    assert row.match_reason
    imports.save(imported=again, by=researcher)
    assert outcomes(again) == [Outcome.TIED, Outcome.ADDED]
    assert Reference.objects.count() == 2


def test_what_comes_twice_is_added_once(researcher):
    imported = begin(ris_file(1, 2, 1), researcher)
    assert verdicts(imported) == [Verdict.NEW, Verdict.NEW, Verdict.TWICE]
    assert imported.rows.get(position=3).match_row == 1
    imports.save(imported=imported, by=researcher)
    assert Reference.objects.count() == 2
    assert outcomes(imported) == [Outcome.ADDED, Outcome.ADDED, Outcome.LEFT]


def test_what_is_probable_waits_for_a_person(researcher):
    make.make_reference(
        {
            "title": "Course number 5 of a rare tumour of the liver",
            "author": [{"family": "Author5", "given": "A"}],
            "issued": {"date-parts": [[1995]]},
            "container-title": None,
        }
    )
    imported = begin(file_of(ris(5, DO="", SP="", EP="", VL="")), researcher)
    assert verdicts(imported) == [Verdict.PROBABLE]
    with pytest.raises(ValidationError, match="1 row is still to be decided"):
        imports.save(imported=imported, by=researcher)
    imports.decide_all(
        imported=imported, verdict=Verdict.PROBABLE, decision=Decision.EXISTING, by=researcher
    )
    imports.save(imported=imported, by=researcher)
    assert outcomes(imported) == [Outcome.TIED]
    assert Reference.objects.count() == 1


def test_filling_adds_what_is_empty_and_leaves_what_stands(researcher):
    held = make.make_reference(
        {
            "title": "A long enough title of ours",
            "DOI": "10.5555/course.5",
            "author": None,
            "container-title": None,
            "issued": None,
            "volume": None,
            "page": None,
        }
    )
    imported = begin(file_of(ris(5, TI="A long enough title of ours")), researcher)
    assert verdicts(imported) == [Verdict.SAME]
    imports.decide(imported=imported, decisions={1: Decision.FILL}, by=researcher)
    imports.save(imported=imported, by=researcher)
    held.refresh_from_db()
    assert outcomes(imported) == [Outcome.FILLED]
    assert held.csl["container-title"] == "Journal of Rare Courses"
    assert held.csl["title"] == "A long enough title of ours"
    imports.undo(imported=imported, by=researcher)
    held.refresh_from_db()
    assert "container-title" not in held.csl


def test_a_broken_row_stays_beside_good_ones_and_can_be_mended(researcher):
    imported = begin(file_of(ris(1), ris(2, TI=""), ris(3)), researcher)
    assert verdicts(imported) == [Verdict.NEW, Verdict.BROKEN, Verdict.NEW]
    row = imported.rows.get(position=2)
    with pytest.raises(ValidationError, match="Row 2: it is broken"):
        imports.decide(imported=imported, decisions={2: Decision.ADD}, by=researcher)
    with pytest.raises(ValidationError):
        imports.mend_row(row=row, csl={"type": "article-journal"}, by=researcher)
    imports.mend_row(row=row, csl={**row.csl, "title": "A title after all"}, by=researcher)
    row.refresh_from_db()
    assert (row.verdict, row.decision) == (Verdict.NEW, Decision.ADD)
    imports.save(imported=imported, by=researcher)
    assert Reference.objects.count() == 3


def test_a_mended_row_is_compared_with_rows_before_it(researcher):
    imported = begin(file_of(ris(1), ris(2, TI="")), researcher)
    row = imported.rows.get(position=2)
    imports.mend_row(row=row, csl=imported.rows.get(position=1).csl, by=researcher)
    row.refresh_from_db()
    assert (row.verdict, row.match_row) == (Verdict.TWICE, 1)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04zip", b"\x00" * 100, b"<html><body>"])
def test_what_cannot_be_read_is_refused_in_a_sentence_and_not_kept(researcher, data):
    with pytest.raises(UnreadableError):
        begin(BytesIO(data), researcher)
    assert not Import.objects.exists()


def test_what_was_added_meanwhile_is_tied(researcher):
    first, second = begin(ris_file(1, 2), researcher), begin(ris_file(2, 3), researcher)
    imports.save(imported=first, by=researcher)
    imports.save(imported=second, by=researcher)
    assert outcomes(second) == [Outcome.TIED, Outcome.ADDED]
    assert Reference.objects.count() == 3
    assert "meanwhile" in second.rows.get(position=1).outcome_reason


def test_an_import_can_be_the_reference_list_of_a_work(researcher):
    work = make.make_reference({"title": "A chapter"})
    held = make.make_reference({"title": "Of another kind"})
    ReferenceListItem.objects.create(work=work, number=1, raw="as printed")
    ReferenceListItem.objects.create(work=work, number=2, reference=held)
    imported = begin(ris_file(1, 2, 3), researcher, attach_to=work)
    imports.save(imported=imported, by=researcher)
    items = list(work.list_items.values_list("number", "reference__doi", "raw"))
    assert items[0] == (1, "10.5555/course.1", "as printed")
    assert items[1][:2] == (2, None)
    assert items[2][:2] == (3, "10.5555/course.3")
    assert "stays tied" in imported.rows.get(position=2).outcome_reason
    imports.undo(imported=imported, by=researcher)
    assert list(work.list_items.values_list("number", "reference")) == [(1, None), (2, held.pk)]


def test_abstracts_are_held_only_with_a_licence(researcher):
    record = ris(1, AB="What the study found, in a sentence or two.")
    without = imports.save(imported=begin(file_of(record), researcher), by=researcher)
    assert not SourceText.objects.exists()
    imports.undo(imported=without, by=researcher)
    imports.save(imported=begin(file_of(record), researcher, licence="CC BY 4.0"), by=researcher)
    text = SourceText.objects.get()
    assert (text.depth, text.licence, text.shown_as) == ("abstract", "CC BY 4.0", "full")
    assert text.text == "What the study found, in a sentence or two."


def test_an_import_that_is_thrown_away_leaves_nothing(researcher):
    imported = begin(ris_file(1), researcher)
    imports.cancel(imported=imported, by=researcher)
    assert imported.state == ImportState.CANCELLED
    assert not imported.rows.exists()
    with pytest.raises(ValidationError, match="cancelled"):
        imports.save(imported=imported, by=researcher)


def test_who_sees_which_imports(researcher):
    imported = begin(ris_file(1), researcher)
    other, curator = make.make_user(role="researcher"), make.make_user(role="curator")
    assert list(Import.objects.visible_to(researcher)) == [imported]
    assert list(Import.objects.visible_to(curator)) == [imported]
    assert not Import.objects.visible_to(other).exists()
