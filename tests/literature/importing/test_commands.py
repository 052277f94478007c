"""`manage.py import_references` and `manage.py work`."""

from __future__ import annotations

import json
import sys
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command

from literature.actions import imports
from literature.management.commands import import_references
from literature.models import Import, ImportState, Reference
from tests import make
from tests.literature.importing.files import file_of, ris, ris_file

PROBABLE = ris(5, DO="", SP="", EP="", VL="")
"""Like the fifth record, if the library holds no more of it than `held` does."""


@pytest.fixture
def file(tmp_path, db):
    path = tmp_path / "list.ris"
    path.write_bytes(ris_file(1, 2).getvalue())
    return path


def run(path, *options):
    out = StringIO()
    call_command("import_references", str(path), *options, stdout=out)
    return out.getvalue()


def fails(path, *options):
    """The code it ends with, what it said, and why."""
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_references", str(path), *options, stdout=out)
    return caught.value.returncode, out.getvalue(), str(caught.value)


def held(**changes):
    return make.make_reference(
        {
            "title": "Course number 5 of a rare tumour of the liver",
            "author": [{"family": "Author5", "given": "A"}],
            "issued": {"date-parts": [[1995]]},
            "container-title": None,
            "volume": None,
            "page": None,
            **changes,
        }
    )


def test_a_file_is_brought_in(file):
    assert run(file) == "Brought in: 2 new.\n"
    assert Reference.objects.count() == 2
    imported = Import.objects.get()
    assert (imported.name, imported.state, imported.by) == ("list.ris", "done", None)


def test_a_trial_leaves_no_trace(file):
    assert run(file, "--dry-run") == "Read, not brought in: 2 new.\n"
    assert not Reference.objects.exists()
    assert not Import.objects.exists()


def test_who_and_whose_list_is_kept(file):
    user, work = make.make_user(role="researcher"), make.make_reference()
    run(file, "--by", user.username, "--attach", work.public_id)
    assert Import.objects.get().by == user
    assert [item.reference.doi for item in work.list_items.order_by("number")] == [
        "10.5555/course.1",
        "10.5555/course.2",
    ]


def test_standard_input_is_read(db, monkeypatch):
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(ris_file(1)))
    assert run("-") == "Brought in: 1 new.\n"
    assert Import.objects.get().name == "standard input"


def test_standard_input_is_not_read_beyond_the_limit(db, monkeypatch):
    monkeypatch.setattr(import_references, "MAX_BYTES", 3_000_000)
    endless = BytesIO(b"x" * 200_000_000)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(endless))
    with import_references._opened("-") as source:
        assert source.seek(0, 2) < 5_000_000
    assert endless.tell() < 5_000_000


def test_broken_rows_are_told_and_good_ones_brought_in(file):
    file.write_bytes(file_of(ris(1), ris(2, TI=""), ris(1)).getvalue())
    code, out, reason = fails(file)
    assert (code, reason) == (1, "1 row was broken.")
    assert "row 2, line 12: Broken. title: is required" in out
    assert "row 3, line 22: Twice in this import." in out
    assert Reference.objects.count() == 1


def test_the_report_names_every_row(file):
    run(file)
    file.write_bytes(file_of(ris(2), ris(3), ris(4, TI="")).getvalue())
    _, out, _ = fails(file, "--json")
    report = json.loads(out)
    assert (report["saved"], report["format"]) == (True, "ris")
    assert report["counts"] == {"new": 1, "same": 1, "probable": 0, "twice": 0, "broken": 1}
    assert [row["verdict"] for row in report["rows"]] == ["same", "new", "broken"]
    first = report["rows"][0]
    assert first["id"] == Reference.objects.get(doi="10.5555/course.2").public_id
    assert (first["row"], first["line"], first["outcome"]) == (1, 1, "tied")
    assert first["reason"]
    assert report["rows"][2]["id"] is None


def test_probable_ones_must_be_decided(file):
    held()
    file.write_bytes(file_of(PROBABLE).getvalue())
    code, _, reason = fails(file)
    assert code == 2
    assert "--on-probable" in reason
    assert not Import.objects.exists()
    assert Reference.objects.count() == 1


@pytest.mark.parametrize(("choice", "references"), [("add", 2), ("existing", 1), ("leave", 1)])
def test_probable_ones_are_decided_at_once(file, choice, references):
    held()
    file.write_bytes(file_of(PROBABLE).getvalue())
    assert run(file, "--on-probable", choice).endswith("Brought in: 1 probable.\n")
    assert Reference.objects.count() == references


def test_what_has_an_identifier_that_we_hold_is_tied_even_where_all_are_to_be_added(file):
    make.make_reference({"title": "Of quite another matter", "DOI": "10.5555/course.5"})
    file.write_bytes(ris_file(5).getvalue())
    run(file, "--on-probable", "add")
    assert Import.objects.get().rows.get().outcome == "tied"
    assert Reference.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--by", "nobody"], "There is no user nobody."),
        (["--attach", "0000000000"], "There is no reference 0000000000."),
    ],
)
def test_a_bad_option_is_named(file, options, reason):
    assert fails(file, *options) == (2, "", reason)
    assert not Import.objects.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04zip", b"TY  - JOUR\n\xff\xfe\x00" * 3])
def test_what_cannot_be_read_is_refused_in_a_sentence(file, data):
    file.write_bytes(data)
    code, _, reason = fails(file)
    assert code in (1, 2)
    assert reason.endswith(".")
    assert not Reference.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path, db):
    code, _, reason = fails(tmp_path / "none.ris")
    assert code == 2
    assert reason.endswith("No such file or directory")


def test_a_large_file_is_worked_on_here(file, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE_BYTES", 10)
    monkeypatch.setattr(imports, "AT_ONCE_ROWS", 1)
    assert run(file) == "Brought in: 2 new.\n"


def test_ended_in_the_middle_nothing_is_brought_in_later_either(file, monkeypatch):
    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(imports, "save", interrupt)
    assert fails(file) == (2, "", "Ended. Nothing was brought in.")
    assert Import.objects.get().state == ImportState.CANCELLED


def test_work_once_takes_up_what_waits(file, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE_BYTES", 10)
    for _ in range(2):
        imports.begin(source=ris_file(1, 2), name="list.ris", by=None)
    call_command("work", "--once")
    assert list(Import.objects.values_list("state", flat=True)) == [ImportState.READY] * 2
