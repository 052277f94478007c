"""The restore drill: what is restored is what was saved, every table and every file."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from casebase.backups import BackupError, databases
from casebase.backups.restoring import restore
from casebase.backups.taking import take
from literature.models import Reference
from tests import make
from tests.survival.databases import ask, empty_database, parameters

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    for number in range(3):
        path = folder / "images" / f"a{number}" / f"a{number}.png"
        path.parent.mkdir(parents=True)
        path.write_bytes(bytes(range(number, 200)) * 50)
    return folder


@pytest.fixture
def saved(tmp_path: Path, media: Path) -> Path:
    """A backup of a base with a case of every kind of row, and words that are hard to keep."""
    make.make_published_case(title="Zürich, 肝转移, \\N \t '\"", results=1, events=3)
    make.make_reference({"DOI": "10.5555/kept"})
    return take(parameters(), media, tmp_path / "backups")


def contents(database: dict[str, Any]) -> dict[str, list[Any]]:
    tables = ask(
        database,
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
        " AND relnamespace = 'public'::regnamespace ORDER BY 1",
    )
    return {
        name: sorted(ask(database, f'SELECT whole_row::text FROM "{name}" AS whole_row'))
        for (name,) in tables
    }


MADE_OF = """
    SELECT 'column', attrelid::regclass::text, attname, format_type(atttypid, atttypmod),
        attnotnull::text || attgenerated::text || attidentity::text
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
    UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, contype::text,
        condeferred::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', tablename, indexname, '', '' FROM pg_indexes
        WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname,
        pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function', proname, pg_get_function_identity_arguments(oid), prosrc, ''
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'extension', extname, extversion, '', '' FROM pg_extension
    ORDER BY 1, 2, 3, 4, 5
"""
"""Everything but the rows. PostgreSQL words the same condition another way once it is restored."""


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_table_and_file_is_equal(saved, media, tmp_path):
    with empty_database() as target:
        done = restore(saved, target, tmp_path / "restored")
        assert contents(target) == contents(parameters())
        assert ask(target, MADE_OF) == ask(parameters(), MADE_OF)
        assert files(tmp_path / "restored") == files(media)
        assert done.manifest.tables["literature_reference"].rows == Reference.objects.count()
        assert (done.files, done.others, done.set_aside) == (3, 0, "")
        numbers = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
        assert ask(target, numbers) == ask(parameters(), numbers)


def test_what_stood_there_before_is_set_aside_as_a_whole(saved, media, tmp_path):
    with empty_database() as target:
        ask(target, "CREATE TABLE note AS SELECT 'kept' AS text")
        (media / "images" / "later.png").write_bytes(b"of before")
        with pytest.raises(BackupError, match="is not empty"):
            restore(saved, target, media)
        done = restore(saved, target, media, over=True)
        assert done.set_aside.startswith(target["dbname"])
        assert ask({**target, "dbname": done.set_aside}, "SELECT text FROM note") == [("kept",)]
        assert contents(target) == contents(parameters())
        assert (done.files, done.others) == (0, 1)


def test_a_file_that_was_damaged_meanwhile_is_mended(saved, media):
    before = files(media)
    (media / "images" / "a0" / "a0.png").write_bytes(b"damaged")
    (media / "images" / "a1" / "a1.png").unlink()
    with empty_database() as target:
        restore(saved, target, media)
    assert files(media) == before


def told(backup: Path, **changes: Any) -> None:
    path = backup / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_rows_that_are_not_those_that_were_saved_are_not_let_in(saved, tmp_path):
    """As when a server restores something else than it was given."""
    told_of = json.loads((saved / "manifest.json").read_text())["tables"]
    told_of["literature_reference"]["sum"] = "1"
    told_of["patients_event"]["rows"] += 1
    told_of["no_table"] = {"rows": 0, "sum": "0"}
    told(saved, tables=told_of)
    with empty_database() as target:
        with pytest.raises(BackupError) as raised:
            restore(saved, target, tmp_path / "restored")
        assert databases.is_empty(target)
        assert len(ask(target, NAMED_LIKE, target["dbname"])) == 1
    for words in ("no_table is missing", "of literature_reference are not what", "rows instead of"):
        assert words in str(raised.value)
    assert not (tmp_path / "restored").exists()


NAMED_LIKE = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"


def test_a_base_that_is_in_use_is_left_alone(saved, tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "MOMENT", 0.2)
    with empty_database() as target, contextlib.closing(psycopg2.connect(**target)):
        with pytest.raises(BackupError, match="end the site and its workers first"):
            restore(saved, target, tmp_path / "restored")
        assert len(ask(target, NAMED_LIKE, target["dbname"])) == 1


def test_servers_and_databases_that_will_not_do_are_said(saved, tmp_path):
    told(saved, postgresql=990000)
    with pytest.raises(BackupError, match="of PostgreSQL 99 and this server is"):
        restore(saved, parameters(), tmp_path / "restored", over=True)
    with pytest.raises(BackupError, match="There is no database nowhere_at_all"):
        restore(saved, parameters("nowhere_at_all"), tmp_path / "restored")
