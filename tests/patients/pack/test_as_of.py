"""What works and ticks said when a version was published, whatever came later."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from literature.actions import merging
from literature.models import Reference
from patients.actions import publishing
from patients.care import ITEMS
from patients.pack.as_of import care_at, works_at
from tests import make

pytestmark = pytest.mark.django_db


def now():
    """By the clock that the history goes by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def retitle(reference, title):
    Reference.objects.filter(pk=reference.pk).update(csl={**reference.csl, "title": title})


def test_a_work_is_as_it_was(django_assert_num_queries):
    one, other = make.make_reference(), make.make_reference()
    at = now()
    retitle(one, "Mended")
    retitle(one, "Mended again")
    with django_assert_num_queries(2):
        found = works_at([one.public_id, other.public_id], at)
    assert found == {one.public_id: one.csl, other.public_id: other.csl}
    assert works_at([one.public_id], now())[one.public_id]["title"] == "Mended again"
    assert works_at([one.public_id], None)[one.public_id]["title"] == "Mended again"


def test_a_work_that_came_later_is_as_it_first_was():
    at = now()
    one = make.make_reference()
    retitle(one, "Mended")
    assert works_at([one.public_id], at) == {one.public_id: one.csl}


def test_a_work_that_was_merged_since_is_as_it_was_before():
    one, other = make.make_reference(), make.make_reference()
    at = now()
    merging.merge(kept=one, gone=other, csl=one.csl, by=make.make_user("curator"))
    assert not Reference.objects.filter(public_id=other.public_id).exists()
    assert works_at([other.public_id], at) == {other.public_id: other.csl}
    assert works_at([other.public_id], None) == {other.public_id: other.csl}


def test_a_work_that_never_was_is_left_out():
    assert works_at(["NEVERWASAA"], timezone.now()) == {}


def tick(case, **states):
    publishing.record_checks(
        case=case, care={**dict.fromkeys(ITEMS, ""), **states}, consent="", consent_note="",
        class_seen="", by=make.make_user("curator"),
    )  # fmt: skip


def test_ticks_are_as_they_were():
    case = make.make_case()
    tick(case, title="present")
    at = now()
    tick(case, title="absent", consent="present")
    assert care_at(case.accession, at) == {"title": "present"}
    assert care_at(case.accession, None) == {"title": "absent", "consent": "present"}


def test_a_case_that_nobody_looked_at_has_no_ticks():
    assert care_at(make.make_case().accession, None) == {}
    assert care_at("CB-0000000", timezone.now()) == {}


def test_that_a_review_was_begun_costs_no_statement(django_assert_num_queries):
    """Else the time that a pack takes would tell."""
    begun, other = make.make_case(), make.make_case()
    at = now()
    tick(begun, title="present")
    for case in (begun, other):
        with django_assert_num_queries(2):
            assert care_at(case.accession, at) == {}
