"""Quotes are checked with every write to a case, and again where the library's texts change."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from literature import actions as library
from literature.actions.texts import add_text, remove_text
from literature.models import Reference, SourceText
from literature.quote_check import MAX_CANDIDATES
from patients.actions import cases, edits
from patients.models import Case, CaseVersion, Citation, ListedItem
from patients.reading import read_case
from tests import make

pytestmark = pytest.mark.django_db
WORDS = "Embolisation lowered the portal pressure in nine of twelve patients."
QUOTE = "lowered the portal pressure in nine of twelve"


def cited(reference: Reference | None = None, **changes: object) -> Citation:
    """A citation saved through the action that every way of writing ends in."""
    citation = make.make_citation(make.make_event(), reference, **{"quote": QUOTE, **changes})
    cases.refresh(case=citation.case)
    citation.refresh_from_db()
    return citation


def unsaved_text(reference: Reference, text: str = WORDS, **changes: object) -> SourceText:
    fields = {"language": "en", "depth": "abstract", "licence": "CC BY 4.0", "shown_as": "full"}
    return SourceText(reference=reference, text=text, **{**fields, **changes})


def test_quote_in_the_abstract_is_verified_with_its_place():
    text = make.make_text(text=WORDS)
    citation = cited(text.reference)
    assert citation.quote_state == "verified"
    assert citation.quote_text == text
    assert WORDS[citation.quote_offset :].startswith(QUOTE)
    assert citation.found_reference is None
    assert citation.quote_checked_at is not None


def test_quote_in_another_work_names_it():
    other = make.make_text(text=WORDS)
    mine = make.make_text(text="Something else altogether was studied here.")
    citation = cited(mine.reference)
    assert (citation.quote_state, citation.found_reference) == ("elsewhere", other.reference)
    assert citation.quote_text == other


def test_quote_that_no_text_holds_is_not_found_and_without_a_text_no_text():
    text = make.make_text(text="Something else altogether was studied here.")
    assert cited(text.reference).quote_state == "not_found"
    assert cited().quote_state == "no_text"


def test_no_quote_has_no_state():
    citation = cited(quote="")
    assert (citation.quote_state, citation.quote_checked_at) == ("", None)


def test_summary_of_ours_is_no_source():
    summary = make.make_text(text=WORDS, depth="summary", licence="Written for Casebase")
    assert cited(summary.reference).quote_state == "no_text"
    assert cited().quote_state == "no_text"


def test_text_of_the_depth_that_the_citation_names_comes_first():
    abstract = make.make_text(text=WORDS)
    full = make.make_text(abstract.reference, WORDS, depth="full_text")
    assert cited(abstract.reference).quote_text == abstract
    assert cited(abstract.reference, quote_depth="full_text").quote_text == full


def test_short_words_are_not_looked_for_in_other_works():
    make.make_text(text="A short one.")
    assert cited(quote="short one").quote_state == "no_text"
    make.make_text(text="门静脉高压症患者接受肝动脉栓塞治疗。")
    assert cited(quote="肝动脉栓塞").quote_state == "no_text"
    assert cited(quote="接受肝动脉栓塞治疗").quote_state == "elsewhere"


def test_phrase_that_many_works_hold_names_none_of_them():
    for _ in range(MAX_CANDIDATES):
        make.make_text(text=WORDS)
    assert cited().quote_state == "elsewhere"
    make.make_text(text=WORDS)
    assert cited().quote_state == "no_text"


def test_quote_with_an_ellipsis_is_found_elsewhere_too():
    other = make.make_text(text=WORDS)
    assert cited(quote="Embolisation lowered […] of twelve patients").found_reference == (
        other.reference
    )


def test_edit_of_the_quote_checks_it_anew_and_undo_too():
    text = make.make_text(text=WORDS)
    citation = cited(text.reference)
    citation.quote = "raised the portal pressure in nine of twelve"
    edits.save_rows(case=citation.case, rows=[citation], words="Edited", by=None)
    citation.refresh_from_db()
    assert citation.quote_state == "not_found"
    edits.undo(case=citation.case, by=None)
    citation.refresh_from_db()
    assert citation.quote_state == "verified"


def test_check_between_an_edit_and_its_undo_does_not_stand_against_it():
    reference = make.make_reference()
    citation = cited(reference)
    citation.note = "A reason"
    edits.save_rows(case=citation.case, rows=[citation], words="Edited", by=None)
    add_text(text=unsaved_text(reference), by=None)
    edits.undo(case=citation.case, by=None)
    citation.refresh_from_db()
    assert (citation.note, citation.quote_state) == ("", "verified")


def test_removed_quote_has_no_state():
    citation = cited(make.make_text(text=WORDS).reference)
    citation.quote = ""
    cases.save(row=citation, by=None)
    citation.refresh_from_db()
    assert (citation.quote_state, citation.quote_text) == ("", None)


def test_text_added_decides_quotes_of_its_work_and_of_others():
    reference = make.make_reference()
    own, foreign = cited(reference), cited()
    assert (own.quote_state, foreign.quote_state) == ("no_text", "no_text")
    add_text(text=unsaved_text(reference), by=None)
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.quote_state, foreign.quote_state) == ("verified", "elsewhere")
    assert foreign.found_reference == reference
    item = ListedItem.objects.get(public_id=foreign.public_id)
    assert item.data["found_in"]["id"] == reference.public_id


def test_text_removed_takes_its_quotes_back():
    text = make.make_text(text=WORDS)
    own, foreign = cited(text.reference), cited()
    remove_text(text=text, by=None)
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.quote_state, foreign.quote_state) == ("no_text", "no_text")
    assert foreign.found_reference is None


def test_reference_removed_is_named_by_no_quote():
    text = make.make_text(text=WORDS)
    foreign = cited()
    library.remove(reference=text.reference, by=None)
    foreign.refresh_from_db()
    assert (foreign.quote_state, foreign.found_reference) == ("no_text", None)


def published_quote(**changes: object) -> Citation:
    case = make.make_published_case(events=1, findings=0)
    citation = make.make_citation(case.events.get(), quote=QUOTE, **changes)
    cases.publish(case=case, by=None)
    citation.refresh_from_db()
    return citation


def reader_sees(case: Case) -> list[str]:
    from django.contrib.auth.models import AnonymousUser

    document = read_case(case.accession, AnonymousUser()).document
    return [row.quote_state for row in document.events[0].citations if row.quote]


def test_published_case_shows_a_new_state_at_once_and_nothing_else_new():
    citation = published_quote()
    assert reader_sees(citation.case) == ["no_text"]
    citation.case.events.update(label="Edited since, and not published")
    add_text(text=unsaved_text(citation.reference), by=None)
    assert reader_sees(citation.case) == ["verified"]
    version = CaseVersion.objects.get(case=citation.case, is_current=True)
    assert version.number == 3
    assert version.reason
    assert version.document["events"][0]["label"] != "Edited since, and not published"


def test_quote_edited_since_it_was_published_does_not_show():
    citation = published_quote()
    citation.quote = "Other words that nobody has published"
    cases.save(row=citation, by=None)
    add_text(text=unsaved_text(citation.reference, citation.quote), by=None)
    citation.refresh_from_db()
    assert citation.quote_state == "verified"
    assert reader_sees(citation.case) == ["no_text"]


def test_version_of_before_quotes_were_checked_still_reads():
    citation = published_quote()
    version = CaseVersion.objects.get(case=citation.case, is_current=True)
    for row in version.document["events"][0]["citations"]:
        for name in ("quote_state", "quote_found_at", "found_in"):
            del row[name]
    version.document["schema_version"] = 2
    version.save()
    assert reader_sees(citation.case) == [""]


def test_command_checks_everything_and_reports():
    citation = published_quote()
    make.make_text(citation.reference, WORDS)  # by a way that tells nobody
    out = StringIO()
    call_command("verify_quotes", stdout=out)
    assert f"{citation.case.accession} {citation.public_id}: no_text → verified" in out.getvalue()
    assert "1 quotes in 1 cases. Verified 1" in out.getvalue()
    assert reader_sees(citation.case) == ["verified"]
    again = StringIO()
    call_command("verify_quotes", "--json", "--case", citation.case.accession, stdout=again)
    assert '"changed": []' in again.getvalue()


def test_check_takes_the_same_queries_for_ten_works_more():
    def queries(many: int) -> int:
        case = make.make_case()
        for _ in range(many):
            text = make.make_text(text="Something else altogether.")
            make.make_citation(make.make_event(case), text.reference, quote="something else")
        with CaptureQueriesContext(connection) as captured:
            cases.refresh(case=case)
        return len([query for query in captured if "sourcetext" in query["sql"]])

    # One for the texts of all works; the words of each that holds the quote come with one more.
    assert queries(12) - queries(2) == 10


def test_an_import_with_abstracts_decides_quotes_and_its_undoing_opens_them_again():
    from literature.actions import imports
    from tests.literature.importing.files import file_of, ris

    unfound = cited()
    by = make.make_user(role="researcher")
    record = ris(1, AB=f"Before it. {WORDS} After it.")
    imported = imports.begin(source=file_of(record), name="a.ris", by=by, licence="CC BY-NC 4.0")
    imports.save(imported=imported, by=by)
    unfound.refresh_from_db()
    brought = imported.rows.get().result
    assert (unfound.quote_state, unfound.found_reference) == ("elsewhere", brought)
    assert brought.texts.get().shown_as == "held"
    imports.undo(imported=imported, by=by)
    unfound.refresh_from_db()
    assert (unfound.quote_state, unfound.found_reference) == ("no_text", None)


def test_texts_that_came_in_at_once_are_looked_through_for_quotes_not_found():
    from literature.citing import citers

    unfound, other = cited(), cited(quote="Words that nobody wrote down")
    text = make.make_text(text=WORDS)  # as an import writes it
    citers().texts_came_or_went()
    unfound.refresh_from_db()
    other.refresh_from_db()
    assert (unfound.quote_state, unfound.found_reference) == ("elsewhere", text.reference)
    assert other.quote_state == "no_text"


SCRIPTS = [
    "Plain Words, 12.5 mm",
    "ﬁ ＴＡＣＥ ½ mm² 肝动脉 パターン 한글",
    "İıſK ß Åé Ω µ ﾊﾟ",
    "e\u0301 \u1112\u1161\u11ab",
]


@pytest.mark.parametrize("text", SCRIPTS)
def test_database_and_python_take_the_same_letters_out_of_a_text(text):
    from literature.quotes.letters import sought

    row = make.make_text(text=text)
    assert SourceText.objects.values_list("sought", flat=True).get(pk=row.pk) == sought(text)


def test_long_quote_is_looked_for_by_a_piece_and_compared_whole():
    words = " ".join(f"word{number} was said" for number in range(60))
    make.make_text(text=words.replace("word59", "another"))
    held = make.make_text(text=f"Before. {words}. After.")
    assert cited(quote=words).found_reference == held.reference
