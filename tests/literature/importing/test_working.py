"""Long imports: taken up by a worker, handed over, taken up again after a crash."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from literature import importing
from literature.actions import imports
from literature.importing import leases, saving, staging, undoing
from literature.importing.leases import LostError
from literature.importing.working import Worker
from literature.models import Import, ImportState, ImportWorker, Reference
from tests import make
from tests.literature.importing.files import ris_file
from tests.literature.importing.watching import At, elsewhere

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by():
    return make.make_user()


@pytest.fixture
def large(by, monkeypatch):
    """An import that is too large for a request, by a limit that is set low."""
    monkeypatch.setattr(imports, "AT_ONCE_BYTES", 10)
    monkeypatch.setattr(imports, "AT_ONCE_ROWS", 2)
    return imports.begin(source=ris_file(*range(1, 1201)), name="large.ris", by=by)


def state(imported) -> str:
    return Import.objects.get(pk=imported.pk).state


def to_be_saved(large, by):
    Worker().run_one()
    large.refresh_from_db()
    imports.save(imported=large, by=by)


def leases_run_out():
    Import.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_large_import_waits_for_a_worker_in_both_steps(large, by):
    assert large.state == ImportState.WAITING
    assert Worker().run_one()
    large.refresh_from_db()
    assert (large.state, large.total) == (ImportState.READY, 1200)
    assert not Reference.objects.exists()
    imports.save(imported=large, by=by)
    assert large.state == ImportState.SAVING
    assert Worker().run_one()
    assert state(large) == ImportState.DONE
    assert Reference.objects.count() == 1200
    assert not Worker().run_one()


def test_two_workers_do_not_take_up_the_same(large):
    assert leases.claim("one") == large
    assert leases.claim("two") is None


def test_a_worker_that_is_gone_is_followed_by_another(large):
    """The first was killed in the middle: its rows are thrown away and read again."""
    first = leases.claim("gone")
    assert first is not None

    def die():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        staging.read(first, At(1000, die))
    assert 0 < large.rows.count() < 1200
    assert not Worker().run_one()
    leases_run_out()
    assert Worker().run_one()
    assert (state(large), large.rows.count()) == (ImportState.READY, 1200)


def test_a_worker_that_was_followed_by_another_does_no_harm(large):
    first = leases.claim("slow")
    leases_run_out()
    assert leases.claim("quick") == large
    with pytest.raises(leases.LostError):
        staging.read(first)
    assert state(large) == ImportState.READING


@pytest.mark.parametrize("step", [ImportState.READING, ImportState.SAVING])
def test_what_always_breaks_off_is_given_up_with_a_sentence(large, by, step):
    if step == ImportState.SAVING:
        to_be_saved(large, by)
    for number in range(leases.MOST_ATTEMPTS):
        assert leases.claim(f"killed-{number}") == large
        leases_run_out()
    assert leases.claim("another") is None
    large.refresh_from_db()
    given_up = {ImportState.READING: ImportState.FAILED, ImportState.SAVING: ImportState.READY}
    assert large.state == given_up[step]
    assert "3 times" in large.error
    assert not Reference.objects.exists()


def test_what_breaks_off_after_a_given_up_step_can_be_tried_again(large, by):
    to_be_saved(large, by)
    for number in range(leases.MOST_ATTEMPTS):
        leases.claim(f"killed-{number}")
        leases_run_out()
    assert leases.claim("another") is None
    imports.save(imported=large, by=by)
    assert Worker().run_one()
    large.refresh_from_db()
    assert (large.state, large.error) == (ImportState.DONE, "")


def test_an_error_of_the_database_is_tried_again(large, by, monkeypatch):
    to_be_saved(large, by)

    def time_out(*args):
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(saving, "note_notices", time_out)
    with pytest.raises(OperationalError):
        Worker().run_one()
    monkeypatch.undo()
    assert (state(large), Reference.objects.count()) == (ImportState.SAVING, 0)
    leases_run_out()
    assert Worker().run_one()
    assert state(large) == ImportState.DONE


def test_a_worker_that_is_told_to_end_hands_back(large, by):
    to_be_saved(large, by)
    end = threading.Event()
    worker = Worker(end)
    end.set()
    worker.run_one()
    large.refresh_from_db()
    assert (large.state, large.lease_by, large.attempts) == (ImportState.SAVING, "", 0)
    assert not Reference.objects.exists()
    assert Worker().run_one()
    assert state(large) == ImportState.DONE


def test_a_worker_tells_that_it_is_there(large):
    assert not importing.worker_seen()
    end = threading.Event()
    worker = Worker(end)
    thread = threading.Thread(target=worker.run)
    thread.start()
    for _ in range(600):
        if state(large) == ImportState.READY:
            break
        end.wait(0.1)
    assert importing.worker_seen()
    end.set()
    thread.join()
    assert state(large) == ImportState.READY
    assert not importing.worker_seen()


def test_a_worker_tells_that_it_is_there_in_the_middle_of_a_long_import(large, by, monkeypatch):
    to_be_saved(large, by)
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.05)
    seen: list[bool] = []

    def note_late(*args):
        for _ in range(200):
            if importing.worker_seen():
                break
            threading.Event().wait(0.05)
        seen.append(importing.worker_seen())

    monkeypatch.setattr(saving, "note_notices", note_late)
    Worker().run_one()
    assert seen == [True]


def test_the_mark_of_a_killed_worker_is_forgotten():
    leases.note_seen("killed")
    ImportWorker.objects.update(seen_at=timezone.now() - timedelta(days=9))
    leases.note_seen("another")
    assert list(ImportWorker.objects.values_list("name", flat=True)) == ["another"]


def test_progress_shows_while_it_is_brought_in(large, by, monkeypatch):
    to_be_saved(large, by)
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.05)
    shown: list[int] = []

    def look(*args):
        for _ in range(200):
            if large.done:
                break
            threading.Event().wait(0.05)
            large.refresh_from_db()
        shown.append(large.done)

    monkeypatch.setattr(saving, "note_notices", look)
    Worker().run_one()
    assert shown == [1200]


@pytest.mark.parametrize("step", [ImportState.READING, ImportState.SAVING])
def test_what_goes_wrong_in_the_middle_leaves_nothing_and_says_so(large, by, monkeypatch, step):
    def break_down(*args):
        raise ZeroDivisionError

    if step == ImportState.SAVING:
        to_be_saved(large, by)
        monkeypatch.setattr(saving, "note_notices", break_down)
    else:
        monkeypatch.setattr(staging, "_end", break_down)
    assert Worker().run_one()
    large.refresh_from_db()
    kept = {
        ImportState.READING: (ImportState.FAILED, 0),
        ImportState.SAVING: (ImportState.READY, 1200),
    }
    assert (large.state, large.rows.count()) == kept[step]
    assert "nothing was brought in" in large.error
    assert not Reference.objects.exists()


def brought_in(large, by):
    to_be_saved(large, by)
    Worker().run_one()
    large.refresh_from_db()


def test_a_large_import_is_taken_back_by_a_worker(large, by):
    brought_in(large, by)
    imports.undo(imported=large, by=by)
    assert (large.state, large.undone_by) == (ImportState.UNDOING, by)
    assert Reference.objects.count() == 1200
    assert Worker().run_one()
    assert state(large) == ImportState.UNDONE
    assert not Reference.objects.exists()


def test_what_a_large_import_cannot_be_taken_back_for_is_told_afterwards(large, by):
    brought_in(large, by)
    for position in (3, 7):
        make.make_citation(make.make_event(), large.rows.get(position=position).result)
    imports.undo(imported=large, by=by)
    assert Worker().run_one()
    large.refresh_from_db()
    assert large.state == ImportState.DONE
    assert large.error.splitlines() == ["Row 3: It is cited.", "Row 7: It is cited."]
    assert Reference.objects.count() == 1200


def test_taking_back_is_stopped_by_cancelling_and_leaves_everything(large, by):
    brought_in(large, by)
    imports.undo(imported=large, by=by)
    cancelled = At(500, lambda: elsewhere(lambda: imports.cancel(imported=large, by=by)))
    with pytest.raises(LostError):
        undoing.undo(Import.objects.get(pk=large.pk), cancelled)
    assert cancelled.acted
    assert (state(large), Reference.objects.count()) == (ImportState.DONE, 1200)
