"""Indexes are dropped while an empty base is filled, and are there again at the end, however a
load ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection

from patients.loading import indexes
from patients.models import Load
from tests.patients.loading.lines import synthetic
from tests.patients.loading.loading import file_of, load

pytestmark = pytest.mark.django_db(transaction=True)


def missing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
        there = {name for (name,) in cursor.fetchall()}
    return {str(index.name) for _, index in indexes.costly()} - there


def test_dropped_and_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile = []
    drop = indexes.drop

    def dropped() -> None:
        drop()
        meanwhile.append(missing())

    monkeypatch.setattr(indexes, "drop", dropped)
    _, err = load(file_of(tmp_path, synthetic(0)), keep_indexes=False)
    assert meanwhile == [{str(index.name) for _, index in indexes.costly()}]
    assert "index listed_item_data" in err
    assert missing() == set()
    load(file_of(tmp_path, synthetic(1), name="more"), keep_indexes=False)
    assert len(meanwhile) == 1  # the base is not empty any more


def test_there_again_where_a_load_stops(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        load(file_of(tmp_path, synthetic(0), b"{"), batch=1, keep_indexes=False)
    assert missing() == set()
    assert not Load.objects.get().without_indexes
