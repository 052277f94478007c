"""Personal data typed by mistake goes from records, versions, listings, imports and history."""

from __future__ import annotations

import hashlib
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from literature.actions import imports
from literature.history.purging import LEAST, places_of
from literature.models import Change, Import, ImportChunk, Purge, Reference
from patients.actions import cases, edits
from patients.document import checksum, from_builtins
from patients.history.purging import purge, texts_of_field
from patients.models import Case, CaseEdit, CaseVersion, KnownWord, Listing
from tests.make import make_case, make_event, make_published_case, make_reference, make_term

pytestmark = pytest.mark.django_db
NAME = 'Zhang "San" 张三\\x'


def forget(*texts: str) -> Purge:
    return purge(texts=texts, by="The data officer", reason="A name was typed")


def named_case() -> Case:
    """Published with a name in its summary and in an event, which was then mended."""
    case = make_published_case()
    Case.objects.filter(pk=case.pk).update(summary=f"Seen by {NAME} in spring.")
    event = case.events.first()
    assert event is not None
    event.label = f"Visit of {NAME}"
    edits.save_rows(case=case, rows=[event], words=f"Visit of {NAME}", by=None)
    cases.publish(case=case, by=None)
    Case.objects.filter(pk=case.pk).update(summary="Seen in spring.")
    cases.publish(case=case, by=None)
    return case


def test_it_goes_from_everything_and_versions_keep_their_numbers() -> None:
    case = named_case()
    before = list(case.versions.values_list("number", "checksum"))
    tables = {place.table for place in places_of(NAME)}
    assert {"patients_event", "patients_caseversion", "patients_caseedit", "patients_listing",
            "literature_change"} - tables <= {"patients_listing"}  # fmt: skip
    done = forget(NAME)
    assert places_of(NAME) == []
    assert "Zhang" not in str(list(Change.objects.values()))
    versions = {version.number: version for version in case.versions.all()}
    assert sorted(versions) == sorted(number for number, _ in before)
    for number, was in before:
        version = versions[number]
        assert version.checksum == checksum(from_builtins(version.document))
        assert (version.checksum != was) == (version.purged_at is not None)
    assert versions[max(versions)].purged_at is not None
    assert CaseEdit.objects.get(case=case).words == "Visit of [removed]"
    assert done.by == "The data officer"
    assert "Zhang" not in str(done.places)
    assert {"table": "patients_event", "row": case.events.get(label="Visit of [removed]").pk,
            "column": "label"} in done.places  # fmt: skip


def test_it_cannot_be_searched_for_any_more() -> None:
    case = named_case()

    def found() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM patients_searchentry WHERE vector @@ to_tsquery('zhang')"
            )
            return int(cursor.fetchone()[0])

    assert found() == KnownWord.objects.filter(word="zhang").count() == 2
    listed_at = Listing.objects.get(case=case, audience="public").listed_at
    forget(NAME)
    assert found() == KnownWord.objects.filter(word="zhang").count() == 0
    assert Listing.objects.get(case=case, audience="public").listed_at == listed_at


def test_the_purge_itself_is_on_record_without_the_text() -> None:
    case = named_case()
    forget(NAME)
    purged = Change.objects.filter(reason="Purged: A name was typed", table="patients_event")
    assert purged.exists()
    from tests.admin.browsing import signed_in

    page = signed_in().get(f"{case.get_absolute_url()}history/").content.decode()
    assert "Text was purged from this row" in page
    assert "Zhang" not in page


def test_structured_fields_keep_their_keys_and_lists_are_reached() -> None:
    reference = make_reference({"title": "About volume", "volume": "volume 12"})
    term = make_term(synonyms=["volume 12", "another"])
    forget("volume 12")
    reference.refresh_from_db()
    term.refresh_from_db()
    assert reference.csl["volume"] == "[removed]"
    assert reference.title == "About volume"
    assert term.synonyms == ["[removed]", "another"]


def test_the_bytes_of_an_import_are_reached_across_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("literature.importing.stored.CHUNK", 64)
    monkeypatch.setattr("literature.history.purging.CHUNK", 64)
    title = "A study of " * 4
    text = f"TY  - JOUR\r\nTI  - {title}\r\nN1  - told by Ada Lovelace of here\r\nER  - \r\n"
    imported = imports.begin(source=BytesIO(text.encode()), name="list.ris", by=None)
    assert ImportChunk.objects.filter(imported=imported).count() > 1
    done = forget("Ada Lovelace")
    data = b"".join(
        bytes(chunk.data)
        for chunk in ImportChunk.objects.filter(imported=imported).order_by("position")
    )
    assert b"told by [removed] of here" in data
    stored = Import.objects.get(pk=imported.pk)
    assert (stored.size, stored.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert {"table": "literature_import", "row": imported.pk, "column": "bytes"} in done.places


def test_other_text_is_left_as_it_is() -> None:
    case = make_case(title="Zhang San", summary="Nothing here")
    make_event(case, label="Another")
    other = make_published_case()
    version = other.versions.get()
    forget("Zhang San")
    assert CaseVersion.objects.get(pk=version.pk).checksum == version.checksum
    assert other.versions.get().purged_at is None


@pytest.mark.parametrize("text", ["", "  ", "a", "abc", " abc "])
def test_what_is_too_short_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match=f"shorter than {LEAST}"):
        forget(text)


def test_what_stands_nowhere_is_said() -> None:
    with pytest.raises(ValidationError, match="stands nowhere"):
        forget("Nobody wrote this")
    assert not Purge.objects.exists()


def test_a_log_that_would_say_it_is_refused() -> None:
    make_case(title="Zhang San")
    with pytest.raises(ValidationError, match="would say what is purged"):
        purge(texts=["Zhang San"], by="x", reason="The name Zhang San was typed")


def test_a_word_that_documents_are_built_with_changes_nothing() -> None:
    case = make_published_case()
    with pytest.raises(ValidationError, match="nothing was purged|would be no case document"):
        forget("source")
    assert case.versions.get().purged_at is None


def test_all_that_a_field_ever_said() -> None:
    case = make_case(title="A title", summary="First words of it")
    Case.objects.filter(pk=case.pk).update(summary="Second words of it")
    texts = texts_of_field(case.accession, "summary")
    assert texts == {"First words of it", "Second words of it"}
    forget(*texts)
    case.refresh_from_db()
    assert case.summary == "[removed]"
    assert "words of it" not in str(list(Change.objects.values()))


@pytest.mark.parametrize(("record", "field", "says"), [
    ("CB-0000000", "summary", "There is no record"), ("", "status", "free text is one of"),
    ("", "nothing", "free text is one of"), ("", "age_low", "free text is one of"),
])  # fmt: skip
def test_a_field_that_is_none_is_refused(record: str, field: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        texts_of_field(record or make_case().accession, field)


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("purge_text", *arguments, stdout=out)
    return out.getvalue()


def file_of(folder: Path, text: str) -> str:
    path = folder / "text"
    path.write_text(text + "\n", encoding="utf-8")
    return str(path)


def test_the_command_shows_first_and_purges_when_told(tmp_path: Path) -> None:
    make_case(title="Zhang San")
    path = file_of(tmp_path, "Zhang San")
    told = command("--text-from", path)
    assert "patients_case" in told
    assert "Nothing was changed" in told
    assert places_of("Zhang San")
    told = command("--text-from", path, "--yes", "--by", "Ada", "--reason", "A name")
    assert "dumps and backups made before now" in told
    assert "Zhang" not in told
    assert not places_of("Zhang San")


def test_the_command_asks_for_what_it_logs(tmp_path: Path) -> None:
    case = make_case(title="Zhang San")
    arguments = ["--record", case.accession, "--field", "title", "--yes"]
    with pytest.raises(CommandError, match="--by"):
        command(*arguments)
    with pytest.raises(CommandError, match="--reason"):
        command(*arguments, "--by", "Ada")
    with pytest.raises(CommandError, match="cannot be read"):
        command("--text-from", str(tmp_path / "none"))
    assert Reference.objects.count() == 0


@pytest.mark.usefixtures("as_web_role")
def test_the_web_role_may_not_purge() -> None:
    case: Any = make_case(title="Zhang San")
    with pytest.raises(CommandError, match="Only the owner of the database may purge"):
        command("--record", case.accession, "--field", "title")
