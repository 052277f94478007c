"""The command: what goes in, what is refused and how it is told, and what is on record."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import CommandError
from django.test import Client

from literature.models import Change, Reference
from patients.corpus.mark import NOTICE
from patients.models import (
    Case,
    CaseVersion,
    Citation,
    Event,
    ListedItem,
    Load,
    LoadBatch,
    Patient,
    StatusChange,
    Term,
)
from tests.make import make_case, make_event, make_term, make_user
from tests.patients.loading.lines import put, synthetic
from tests.patients.loading.loading import file_of, load

pytestmark = pytest.mark.django_db
TABLES = (Case, Patient, CaseVersion, Event, Citation, Term, Reference, ListedItem, LoadBatch)


def counts() -> list[int]:
    return [table._base_manager.count() for table in TABLES]


def test_loads_and_tells(tmp_path: Path) -> None:
    path = file_of(tmp_path, synthetic(0), b"", synthetic(1))
    out, err = load(path)
    assert "cases.jsonl: 2 cases loaded from 3 lines, 0 bad lines skipped" in out
    assert "a second" in err
    load_ = Load.objects.get()
    assert (load_.lines, load_.cases, load_.is_synthetic) == (3, 2, True)
    assert load_.finished_at is not None
    with pytest.raises(CommandError, match=r"is loaded: 2 cases from 3 lines"):
        load(path)


def test_compressed_files_and_other_line_ends(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + synthetic(0) + b"\r\n" + synthetic(1)
    path = tmp_path / "cases.jsonl.gz"
    path.write_bytes(gzip.compress(data))
    assert "2 cases loaded from 2 lines" in load(path)[0]


def test_a_bad_line_keeps_its_batch_out_by_default(tmp_path: Path) -> None:
    bad = synthetic(2, put("events.0.time.start.low", 5))
    path = file_of(tmp_path, synthetic(0), synthetic(1), bad, synthetic(3))
    before = counts()
    with pytest.raises(CommandError, match="Nothing of the batch"):
        load(path)
    assert counts() == before
    with pytest.raises(CommandError, match="Nothing of the batch") as caught:
        load(path, batch=2)
    assert "The 2 cases before it are loaded" in str(caught.value)
    assert Case.objects.count() == 2
    path.write_bytes(path.read_bytes().replace(bad, synthetic(2)))
    assert "4 cases loaded from 4 lines" in load(path)[0]


def test_skipped_lines_are_named_and_counted(tmp_path: Path) -> None:
    bad = synthetic(1, put("events.0.time.start.low", 5))
    path = file_of(tmp_path, b"{", synthetic(0), bad, synthetic(3)[:-9])
    names = tmp_path / "bad.jsonl"
    out, err = load(path, skip_bad=True, bad_lines=names)
    assert "1 cases loaded from 4 lines, 3 bad lines skipped" in out
    assert "line 3: document.events[0].time.start: begins after it ends" in err
    told = [msgspec.json.decode(line) for line in names.read_bytes().splitlines()]
    assert [each["line"] for each in told] == [1, 3, 4]
    assert told[1]["problems"][0]["field"] == "document.events[0].time.start"
    assert Case.objects.count() == 1


def test_names_of_bad_lines_do_not_flood(tmp_path: Path) -> None:
    _, err = load(file_of(tmp_path, *[b"{"] * 130), skip_bad=True, batch=30)
    assert err.count(", line ") == 100
    assert err.count("more bad lines are counted") == 1


def test_an_accession_goes_in_once(tmp_path: Path) -> None:
    path = file_of(tmp_path, synthetic(0), synthetic(0))
    _, err = load(path, skip_bad=True)
    assert "line 2: document.accession: CB-" in err
    assert "is that of line 1 too" in err
    again = file_of(tmp_path, synthetic(1), synthetic(0), name="again.jsonl")
    with pytest.raises(CommandError):
        load(again)
    assert Case.objects.count() == 1
    load(again, skip_bad=True)
    assert Case.objects.count() == 2


def test_what_only_the_database_knows_is_named_by_line(tmp_path: Path) -> None:
    """An id that a row of another case has: found by halving the batch."""
    taken = msgspec.json.decode(synthetic(0))["document"]["events"][0]["id"]

    def take(document: Any) -> None:
        event = document["events"][0]
        for row in event["citations"]:
            row["event"] = taken
        event["id"] = taken

    lines = [synthetic(0), synthetic(1), synthetic(2, take), synthetic(3), synthetic(4)]
    out, err = load(file_of(tmp_path, *lines), skip_bad=True)
    assert "line 3: the database refuses it: patients_event_public_id" in err
    assert "4 cases loaded from 5 lines, 1 bad lines skipped" in out
    assert Event.objects.filter(public_id=taken).count() == 1


def test_real_and_synthetic_cases_are_never_mixed(tmp_path: Path) -> None:
    make_event(make_case(title="A real draft"))
    before = counts()
    with pytest.raises(CommandError):
        load(file_of(tmp_path, synthetic(0)))
    assert counts() == before
    Case.objects.all().update(title="Synthetic record: a draft")
    assert "1 cases loaded" in load(file_of(tmp_path, synthetic(0)))[0]
    real = msgspec.json.decode(synthetic(1, put("title", "A case")))["document"]
    _, err = load(file_of(tmp_path, msgspec.json.encode(real), name="real"), skip_bad=True)
    assert "line 1: is real, and the cases of this base are synthetic" in err
    make_case(title="A real draft")
    with pytest.raises(CommandError, match="holds real and synthetic cases"):
        load(file_of(tmp_path, synthetic(2), name="more"))


def test_the_mark_shows_on_pages(tmp_path: Path) -> None:
    load(file_of(tmp_path, synthetic(0)))
    page = Client().get(f"/cases/{Case.objects.get().accession}/")
    assert NOTICE in page.content.decode()


def test_terms_that_are_not_known(tmp_path: Path) -> None:
    document = msgspec.json.decode(synthetic(0))["document"]
    document["title"] = "A case"
    path = file_of(tmp_path, msgspec.json.encode(document))
    _, err = load(path, skip_bad=True, name="first")
    assert "is no term here; --make-terms makes it" in err
    load(path, make_terms=True, name="second")
    diagnosis = Term.objects.get(slug=document["diagnosis"]["slug"])
    assert (diagnosis.kind, diagnosis.display) == ("diagnosis", document["diagnosis"]["display"])
    assert Case.objects.get().diagnosis == diagnosis


def test_terms_that_are_known_otherwise(tmp_path: Path) -> None:
    display = msgspec.json.decode(synthetic(0))["document"]["diagnosis"]["display"]
    make_term(slug="another-name", kind="diagnosis", display=display)
    _, err = load(file_of(tmp_path, synthetic(0)), skip_bad=True)
    assert "document.diagnosis: " in err
    assert "is known here as another-name" in err
    assert not Case.objects.exists()
    assert not Reference.objects.exists()


def test_text_that_could_point_to_a_person_is_looked_for(tmp_path: Path) -> None:
    document = msgspec.json.decode(synthetic(0))["document"]
    document |= {"title": "A case", "summary": "Mr Miller lives in Boston."}
    path = file_of(tmp_path, msgspec.json.encode(document))
    _, err = load(path, skip_bad=True, make_terms=True, name="first")
    assert "could point to a person" in err
    load(path, already_screened=True, make_terms=True, name="second")
    assert Case.objects.get().summary == document["summary"]


def test_who_brings_them_in(tmp_path: Path) -> None:
    path = file_of(tmp_path, synthetic(0))
    for nobody in ("nobody", make_user().get_username()):
        with pytest.raises(CommandError, match="nobody who may publish"):
            load(path, by=nobody)
    curator = make_user("curator")
    load(path, by=curator.get_username())
    assert CaseVersion.objects.get().published_by == curator
    assert Load.objects.get().by == curator


def test_the_history_has_a_line_a_case_and_a_batch(tmp_path: Path) -> None:
    curator = make_user("curator")
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    load(file_of(tmp_path, synthetic(0), synthetic(1)), by=curator.get_username())
    changes = list(Change.objects.filter(pk__gt=newest))
    tables = sorted(change.table for change in changes)
    assert tables == ["patients_loadbatch"] + ["patients_statuschange"] * 2
    assert {change.username for change in changes} == {curator.get_username()}
    assert {change.way for change in changes} == {"command load_cases"}
    case = Case.objects.order_by("pk").first()
    assert case is not None
    told = StatusChange.objects.get(case=case)
    assert "line 1 of cases.jsonl" in told.reason
    of_case = [row for row in changes if f"patients_case:{case.pk}" in (row.part_of or ())]
    assert len(of_case) == 1


def test_other_writes_of_an_owner_are_recorded_as_ever(tmp_path: Path) -> None:
    load(file_of(tmp_path, synthetic(0)))
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    Patient.objects.update(country="FR")
    make_term()
    tables = Change.objects.filter(pk__gt=newest).values_list("table", flat=True)
    assert sorted(tables) == ["patients_patient", "patients_term"]


def test_a_load_goes_on_where_it_was_broken_off(tmp_path: Path) -> None:
    lines = [synthetic(number) for number in range(5)]
    path = file_of(tmp_path, *lines[:3], lines[3][:200])
    with pytest.raises(CommandError):
        load(path, batch=2)
    file_of(tmp_path, *lines)
    out, err = load(path, batch=2)
    assert "goes on behind line 2" in err
    assert "5 cases loaded from 5 lines" in out
    spans = list(LoadBatch.objects.order_by("first_line").values_list("first_line", "last_line"))
    assert spans == [(1, 2), (3, 4), (5, 5)]


def test_another_file_does_not_go_on_under_the_same_name(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        load(file_of(tmp_path, synthetic(0), b"{"), batch=1)
    for lines in ([synthetic(1), synthetic(2)], []):
        with pytest.raises(CommandError, match="begins with other ones"):
            load(file_of(tmp_path, *lines), batch=1)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("data", [b"\x1f\x8b not gzip", "{}".encode("utf-16")])
def test_files_that_cannot_be_read(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(data)
    with pytest.raises(CommandError, match=r"damaged|UTF-16"):
        load(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        load(tmp_path / "missing.jsonl")


def test_for_reading_alone(tmp_path: Path) -> None:
    path = file_of(tmp_path, synthetic(0))
    load(path, for_reading=True)
    case = Case.objects.get()
    assert not Event.objects.exists()
    assert not ListedItem.objects.exists()
    curator = Client()
    curator.force_login(make_user("curator"))
    label = msgspec.json.decode(synthetic(0))["document"]["events"][1]["label"]
    for client in (Client(), curator):
        page = client.get(f"/cases/{case.accession}/")
        assert label in page.content.decode()
    for query in ("", "?q=synthetic", "?first=diagnosis&then=outcome"):
        assert case.title in Client().get(f"/cases/{query}").content.decode()


def test_real_cases_are_never_loaded_for_reading_alone(tmp_path: Path) -> None:
    document = msgspec.json.decode(synthetic(0, put("title", "A case")))["document"]
    path = file_of(tmp_path, msgspec.json.encode(document))
    _, err = load(path, for_reading=True, make_terms=True, skip_bad=True, already_screened=True)
    assert "--for-reading leaves out what a real case needs" in err
    assert not Case.objects.exists()


def test_a_work_that_went_away_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Merged or removed between two batches by somebody: it is looked for again, and made again."""
    from patients.loading import loads

    lines = [synthetic(0), synthetic(0, put("accession", "CB-0000001"))]
    cited = {row["id"] for row in msgspec.json.decode(lines[0])["document"]["references"]}

    def renamed(document: Any) -> None:
        """The second case: its own ids, the same works."""
        text = msgspec.json.encode(document).decode()
        for id in {part["id"] for part in ids_of(document)}:
            text = text.replace(id, id[::-1])
        document |= msgspec.json.decode(text.replace(document["accession"], "CB-0000001"))

    lines[1] = synthetic(0, renamed)
    write = loads._write

    def meddled(*arguments: Any) -> Any:
        outcome = write(*arguments)
        if Case.objects.count() == 1:
            for table in (ListedItem, Citation):
                table._base_manager.all().delete()
            Reference.objects.all().delete()
        return outcome

    monkeypatch.setattr(loads, "_write", meddled)
    out, err = load(file_of(tmp_path, *lines), batch=1)
    assert "2 cases loaded from 2 lines" in out, err
    assert set(Reference.objects.values_list("public_id", flat=True)) == cited


def ids_of(document: Any) -> list[dict[str, str]]:
    below = [*document["events"], *document["imaging_findings"]]
    parts = [*below, *document["lesions"], *document["citations"], document["patient"]]
    for part in below:
        parts += [*part["citations"], *part.get("results", []), *part.get("measurements", [])]
    return parts
