"""Cancelled at any time, at once; and what others do while an import is on its way."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from literature.actions import imports
from literature.importing import cleaning, leases, saving, staging
from literature.importing.meanwhile import MEANWHILE
from literature.importing.working import Worker
from literature.models import Import, ImportState, Outcome, Reference
from tests import make
from tests.literature.importing.files import file_of, ris, ris_file
from tests.literature.importing.watching import At, elsewhere

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by():
    return make.make_user()


@pytest.fixture
def large(by, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE_BYTES", 10)
    monkeypatch.setattr(imports, "AT_ONCE_ROWS", 2)
    return imports.begin(source=ris_file(*range(1, 1201)), name="large.ris", by=by)


@pytest.fixture
def saved(large, by):
    """As a worker has claimed it, to be brought in."""
    Worker().run_one()
    large.refresh_from_db()
    imports.save(imported=large, by=by)
    return leases.claim("one")


def state(imported) -> str:
    return Import.objects.get(pk=imported.pk).state


def test_a_reading_can_be_cancelled(large, by):
    claimed = leases.claim("one")

    def cancel():
        elsewhere(lambda: imports.cancel(imported=large, by=by))

    with pytest.raises(leases.LostError):
        staging.read(claimed, At(500, cancel))
    assert state(large) == ImportState.CANCELLED
    assert not large.rows.exists()


def test_a_cancelled_bringing_in_leaves_nothing_and_keeps_the_decisions(large, by, saved):
    def cancel():
        elsewhere(lambda: imports.cancel(imported=large, by=by))

    with pytest.raises(leases.LostError):
        saving.save(saved, At(1200, cancel))
    assert state(large) == ImportState.READY
    assert not Reference.objects.exists()
    imports.save(imported=large, by=by)
    Worker().run_one()
    assert Reference.objects.count() == 1200


def test_cancelled_twice_in_the_middle_it_waits_for_nobody_and_its_rows_go_later(large, by, saved):
    def cancel_twice():
        elsewhere(lambda: imports.cancel(imported=large, by=by))
        elsewhere(lambda: imports.cancel(imported=large, by=by))
        assert state(large) == ImportState.CANCELLED
        assert large.rows.exists()

    with pytest.raises(leases.LostError):
        saving.save(saved, At(1200, cancel_twice))
    assert not Reference.objects.exists()
    cleaning.sweep()
    assert not large.rows.exists()


def test_what_is_written_at_this_moment_cannot_be_cancelled_and_says_so(large, by, saved):
    """Between its last statement and the commit."""
    with transaction.atomic():
        saving.save(saved)
        with pytest.raises(ValidationError, match="this very moment"):
            elsewhere(lambda: imports.cancel(imported=large, by=by))
    assert state(large) == ImportState.DONE
    with pytest.raises(ValidationError, match="brought in"):
        imports.cancel(imported=large, by=by)


def test_identifiers_that_somebody_adds_in_between_are_tied(large, saved):
    """Not even the same transaction sees it coming: the constraint does."""

    def add():
        elsewhere(
            lambda: make.make_reference(
                {"DOI": "10.5555/course.1100", "title": "Somebody was quicker"}
            )
        )

    saving.save(saved, At(1100, add))
    assert Reference.objects.count() == 1200
    row = large.rows.get(position=1100)
    assert (row.outcome, row.result.title) == (Outcome.TIED, "Somebody was quicker")


def test_what_is_committed_while_an_import_is_read_is_tied(by, monkeypatch):
    """A record without identifiers, added after its row was compared and before reading ended."""
    monkeypatch.setattr(staging, "BATCH", 1)
    record = ris(1, DO="")
    other = imports.begin(source=file_of(record), name="other.ris", by=by)
    monkeypatch.setattr(imports, "AT_ONCE_BYTES", 10)
    imported = imports.begin(source=file_of(record, ris(2)), name="this.ris", by=by)
    claimed = leases.claim("one")
    staging.read(claimed, At(1, lambda: imports.save(imported=other, by=by)))
    assert list(imported.rows.values_list("verdict", flat=True)) == ["new", "new"]
    imports.save(imported=imported, by=by)
    row = imported.rows.get(position=1)
    assert (row.outcome, row.outcome_reason) == (Outcome.TIED, MEANWHILE)
    assert Reference.objects.count() == 2


def test_a_small_import_that_has_to_wait_for_another_becomes_the_workers(by, monkeypatch):
    first, second = (
        imports.begin(source=ris_file(1, 2), name=name, by=by) for name in ("one", "two")
    )
    with transaction.atomic():
        imports.save(imported=first, by=by)
        elsewhere(lambda: imports.save(imported=second, by=by))
        assert state(second) == ImportState.SAVING
    assert Worker().run_one()
    assert list(second.rows.values_list("outcome", flat=True)) == [Outcome.TIED] * 2
    assert Reference.objects.count() == 2
