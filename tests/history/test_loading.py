"""Leaving rows out of the history is for who could drop its triggers, for added rows, and for one
transaction."""

from __future__ import annotations

import pytest
from django.db import connection

from literature.models import Change
from patients.loading.writing import LEAVE_OUT, TAKE_UP
from patients.models import Patient
from tests.make import make_patient

pytestmark = pytest.mark.django_db


def say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def recorded(patient: Patient) -> list[str]:
    rows = Change.objects.filter(table="patients_patient", row=patient.pk)
    return list(rows.order_by("pk").values_list("kind", flat=True))


@pytest.mark.usefixtures("as_web_role")
def test_the_web_role_leaves_nothing_out() -> None:
    say(LEAVE_OUT)
    assert recorded(make_patient()) == ["added"]


def test_the_owner_leaves_added_rows_out_until_taken_up() -> None:
    say(LEAVE_OUT)
    patient = make_patient()
    assert recorded(patient) == []
    say(TAKE_UP)
    assert recorded(make_patient()) == ["added"]


def test_what_is_changed_or_removed_is_recorded_all_the_same() -> None:
    say(LEAVE_OUT)
    patient = make_patient()
    key = patient.pk
    Patient.objects.filter(pk=key).update(country="FR")
    patient.delete()
    patient.pk = key
    assert recorded(patient) == ["changed", "removed"]


def test_what_was_said_in_another_transaction_does_not_count() -> None:
    say("SELECT set_config('casebase.loading', '12345', true)")
    assert recorded(make_patient()) == ["added"]
