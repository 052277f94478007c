"""schemathesis over the whole schema: whatever is asked, the answer is one that the schema names.

Every other request is aimed at records that exist, with a precondition that holds, so that it
gets past the addresses and into the work. Each is answered within bounds of processor time and
memory. CASEBASE_FUZZ_API sets how many there are (`make fuzz`); `-m 'not fuzz'` leaves them out.
"""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from casebase.accounts import tokens
from casebase.api import schema
from tests import make
from tests.api.client import Records
from tests.fuzzing.amounts import API_CASES, share
from tests.fuzzing.bounds import bounded
from tests.matrix.expected import EVERYBODY

pytestmark = [
    pytest.mark.fuzz,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("default"),
]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OF_A_ROLE = share(API_CASES, len(EVERYBODY))
WRITERS = ("curator", "admin")


@pytest.fixture(autouse=True)
def _connection_kept():
    """The application closes its connection after a request; here it holds the test's own."""
    ends = (signals.request_started, signals.request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


def known_names(records: Records) -> dict[str, list[str]]:
    case = records.case.accession
    return {
        "accession": [case, records.draft.accession],
        "case": [case],
        "slug": [records.term.slug],
        "term": [records.term.slug],
        "site": [records.term.slug],
        "diagnosis": [records.term.slug],
        "primary_site": [records.term.slug],
        "event": [records.event.public_id],
        "anchor": [records.event.public_id],
        "finding": [records.finding.public_id],
        "lesion": [records.lesion.public_id],
        "reference": [records.reference.public_id],
        "patient": [records.patient.public_id],
    }


def id_of(path: str, records: Records) -> str:
    prefix = path.split("/")[3]
    return records.path(prefix).split("/")[1]


def aim(case: Any, names: dict[str, list[str]], records: Records, dice: random.Random) -> None:
    """Points a generated request at records that exist; at no token, or it would end its own."""
    prefix = case.operation.path.split("/")[3]
    for name in (case.path_parameters or {}) if prefix != "tokens" else ():
        known = names.get(name) or [id_of(case.operation.path, records)]
        case.path_parameters[name] = dice.choice(known)
    if isinstance(case.body, dict):
        for name in names.keys() & case.body.keys():
            case.body[name] = dice.choice(names[name])
    case.headers["If-Match"] = "*"


def requests_of(operation: Any) -> Any:
    positive = operation.as_strategy()
    with contextlib.suppress(Exception):
        return positive | operation.as_strategy(schemathesis.GenerationMode.NEGATIVE)
    return positive


@pytest.mark.parametrize("role", EVERYBODY)
def test_every_answer_is_one_that_the_schema_names(role):
    records = Records()
    names = known_names(records)
    dice = random.Random(2)
    headers = {}
    if role:
        user = make.make_user(role)
        records.comparison.owner = user
        records.comparison.save()
        _, token = tokens.make_for_program(by=user, life=timedelta(hours=1))
        headers = {"Authorization": f"Token {token}"}
    api = schemathesis.openapi.from_dict(schema())
    api.app = get_wsgi_application()
    answers: Counter[int] = Counter()

    def ask(case: Any) -> None:
        if dice.random() < 0.5:
            aim(case, names, records, dice)
        with transaction.atomic(), bounded(case):
            response = case.call(headers=headers, base_url="http://testserver")
            transaction.set_rollback(True)
        answers[response.status_code] += 1
        case.validate_response(response, checks=CHECKS, headers=headers)

    operations = [found.ok() for found in api.get_all_operations()]
    for operation in operations:
        run = given(case=requests_of(operation))(ask)
        settings(
            max_examples=share(OF_A_ROLE, len(operations)),
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(run)()
    assert answers.total() >= OF_A_ROLE, answers
    assert answers[200] > OF_A_ROLE / 25, answers
    if role in WRITERS:
        assert answers[201] > 0, answers
        assert answers[204] > 0, answers
