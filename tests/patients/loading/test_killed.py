"""A load that is killed goes on behind its last whole batch; no line is lost or there twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest
from django.conf import settings
from django.db import connection

from patients.loading import indexes
from patients.models import Case, CaseVersion, Listing, Load, LoadBatch
from tests.patients.loading.lines import synthetic
from tests.patients.loading.loading import file_of

pytestmark = pytest.mark.django_db(transaction=True)
CASES, BATCH, KILLS = 15, 3, 3


def test_kill_9(tmp_path: Path) -> None:
    path = file_of(tmp_path, *(synthetic(number) for number in range(CASES)))
    for _ in range(KILLS):
        child = started(path)
        before = Load.objects.values_list("lines", flat=True).first() or 0
        while child.poll() is None and lines_done() <= before:
            sleep(0.01)
        child.kill()
        child.wait()
        load = Load.objects.get()
        assert load.cases == Case.objects.count() == CaseVersion.objects.count()
        assert load.lines % BATCH == 0
    last = started(path)
    assert last.wait() == 0, (tmp_path / "said.txt").read_text()
    load = Load.objects.get()
    assert (load.lines, load.cases, load.skipped) == (CASES, CASES, 0)
    assert Case.objects.count() == CASES
    assert Listing.objects.count() == 2 * CASES
    spans = list(LoadBatch.objects.order_by("first_line").values_list("first_line", "last_line"))
    assert spans == [(first, first + BATCH - 1) for first in range(1, CASES, BATCH)]
    assert missing_indexes() == []


def lines_done() -> int:
    return Load.objects.values_list("lines", flat=True).first() or 0


def missing_indexes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
        there = {name for (name,) in cursor.fetchall()}
    return [str(index.name) for _, index in indexes.costly() if index.name not in there]


def started(path: Path) -> subprocess.Popen[bytes]:
    """The command on the test's own database, as somebody would run it."""
    database = connection.settings_dict
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database['NAME']}"
    said = (path.parent / "said.txt").open("ab")
    with said:
        return subprocess.Popen(
            [sys.executable, "manage.py", "load_cases", str(path), "--batch", str(BATCH)],
            cwd=settings.BASE_DIR, stdout=said, stderr=said, env={**os.environ,
                "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings",
                "CASEBASE_AS_OWNER": "1"},
        )  # fmt: skip
