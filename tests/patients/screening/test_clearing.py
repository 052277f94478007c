"""Findings of a case, cleared with a reason and taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from patients.actions import cases, clearing
from patients.models import Case, Clearing
from patients.screening import of_document, uncleared
from tests import make
from tests.constraints import update

pytestmark = pytest.mark.django_db
REASON = "A name from the literature."


def whole(case: Case) -> Case:
    return Case.objects.with_timeline().get(pk=case.pk)


def waiting(case: Case) -> list[str]:
    return [finding.text for finding in uncleared(whole(case))]


def clear_first(case: Case, by=None) -> Clearing:
    finding = uncleared(whole(case))[0]
    [row] = clearing.clear(case=case, reasons={finding.fingerprint: REASON}, by=by)
    return row


def test_a_finding_waits_until_it_is_cleared_and_again_once_that_is_taken_back():
    curator = make.make_user("curator")
    case = make.make_case(summary="Seen by Dr Adler. Well since.")
    assert waiting(case) == ["Dr Adler"]
    row = clear_first(case, by=curator)
    assert (row.kind, row.field, row.row_kind, row.row_id) == (
        "name", "summary", "case", case.accession,
    )  # fmt: skip
    assert (row.reason, row.by) == (REASON, curator)
    assert waiting(case) == []
    undone = clearing.take_back(clearing=row, by=curator)
    assert undone.undone_by == curator
    assert waiting(case) == ["Dr Adler"]
    with pytest.raises(ValidationError, match="already"):
        clearing.take_back(clearing=row, by=curator)
    clear_first(case, by=curator)
    assert Clearing.objects.count() == 2


def test_a_clearing_keeps_no_words_of_the_record():
    row = clear_first(make.make_case(summary="Seen by Dr Adler. Well since."))
    kept = " ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)
    assert "Adler" not in kept


@pytest.mark.parametrize(
    ("after", "waits"),
    [
        ("Seen by Dr Adler. Well since. " + "And so on. " * 5, []),
        ("Seen by Dr Adler. Worse since.", ["Dr Adler"]),
        ("Seen by Dr Adlers. Well since.", ["Dr Adlers"]),
        ("Nothing.", []),
        ("Seen by Dr Adler. Well since. Again, in spring, seen by Dr Adler.", ["Dr Adler"]),
    ],
)
def test_a_clearing_holds_while_the_words_and_those_around_them_do(after, waits):
    case = make.make_case(summary="Seen by Dr Adler. Well since. And so on, and so on, and on.")
    case.summary = case.summary if "on. And" in after else "Seen by Dr Adler. Well since."
    cases.save(row=case, by=None)
    if len(after) > 60 and not waits:
        case.summary = after + "More."
        cases.save(row=case, by=None)
    clear_first(case)
    case.summary = after
    cases.save(row=case, by=None)
    found = waiting(case)
    assert found[: len(waits)] == waits
    assert bool(found) == bool(waits)


def test_the_same_words_twice_are_two_findings():
    case = make.make_case(summary="Dr Adler\n" * 3)
    keys = {finding.fingerprint for finding in uncleared(whole(case))}
    assert len(keys) == 3
    event = make.make_event(case, label="Dr Adler", label_zh="")
    clear_first(case)
    assert len(waiting(case)) == 3
    assert uncleared(whole(case))[-1].place.id == event.public_id


def test_refused_clearings_change_nothing_and_say_which():
    case = make.make_case(summary="Dr Adler came. Much later Dr Weiss came too.")
    first, second = uncleared(whole(case))
    with pytest.raises(ValidationError) as caught:
        clearing.clear(
            case=case,
            reasons={first.fingerprint: REASON, second.fingerprint: "  ", "0" * 64: REASON},
            by=None,
        )
    assert caught.value.message_dict == {
        second.fingerprint: [clearing.NO_REASON],
        "0" * 64: [clearing.GONE],
    }
    for reason in ("x" * 301, "a\x00b"):
        with pytest.raises(ValidationError):
            clearing.clear(case=case, reasons={first.fingerprint: reason}, by=None)
    assert waiting(case) == ["Dr Adler", "Dr Weiss"]
    clearing.clear(case=case, reasons={first.fingerprint: REASON}, by=None)
    assert clearing.clear(case=case, reasons={first.fingerprint: "Other"}, by=None) == []


def test_the_number_of_queries_does_not_grow():
    case = make.make_case(summary="Dr Adler came.")
    make.make_timeline(case, 2)
    with CaptureQueriesContext(connection) as few:
        uncleared(Case.objects.get(pk=case.pk))
    make.make_timeline(case, 4)
    for event in case.events.all():
        update(event, detail="Dr Weiss came.")
    with CaptureQueriesContext(connection) as prefetched:
        fetched = whole(case)
    with CaptureQueriesContext(connection) as many:
        assert len(uncleared(fetched)) == 7
    assert len(many) == 1
    assert len(few) <= len(prefetched) + 20


def test_of_document_looks_in_the_rows_asked_for():
    from patients.document import build_document

    case = make.make_case(summary="Dr Adler came.")
    event = make.make_event(case, detail="Dr Weiss came.")
    document = build_document(whole(case))
    assert [finding.text for finding in of_document(document, {event.public_id})] == ["Dr Weiss"]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_clear_a_finding_once():
    case = make.make_case(summary="Dr Adler came.")
    key = uncleared(whole(case))[0].fingerprint

    def one(number: int) -> int:
        try:
            return len(clearing.clear(case=case, reasons={key: f"Reason {number}"}, by=None))
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(one, range(20)))
    assert sum(made) == 1
    assert Clearing.objects.count() == 1


def test_the_words_around_a_finding_are_cut_between_words():
    words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    case = make.make_case(summary=f"{words} Dr Adler, {words}")
    [finding] = uncleared(whole(case))
    assert finding.before.startswith("…")
    assert f" {finding.before[1:]}" in f" {words} "
    assert finding.after.startswith(", one two")
    assert finding.after.endswith("…")
    assert f"{finding.after[2:-1]} " in words
