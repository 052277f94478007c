"""One write for each way to violate a constraint of pairs of perhaps one patient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from patients.models import SamePatientPair
from tests.constraints import Break, update
from tests.make import make_same_patient_pair


def of_a_pair(**changes: Any) -> Callable[[], None]:
    return lambda: update(make_same_patient_pair(), **changes)


def same_pair_twice() -> None:
    pair = make_same_patient_pair()
    make_same_patient_pair(pair.first, pair.second)


def turned_round() -> None:
    pair = make_same_patient_pair()
    SamePatientPair.objects.create(first=pair.second, second=pair.first, weight=7, reasons=[])


LIKENESS_BREAKS: list[Break] = [
    ("same_patient_pair_unique", same_pair_twice),
    ("same_patient_pair_in_order", turned_round),
    ("same_patient_pair_public_id_pattern", of_a_pair(public_id="short")),
    ("same_patient_pair_state_known", of_a_pair(state="maybe", decided_at="2026-01-01T00:00Z")),
    ("same_patient_pair_decided_has_time", of_a_pair(state="distinct")),
]
