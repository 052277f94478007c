"""How many queries an answer takes: the same number however many rows there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from literature.models import ReferenceListItem, StudyFact
from patients.actions import cases
from tests import make
from tests.api.client import CHANGES

pytestmark = pytest.mark.django_db
PREFIXES = list(CHANGES)


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured]


def list_path(prefix, case):
    return f"lesions/?case={case.accession}" if prefix == "lesions" else f"{prefix}/"


def more_rows(records):
    """Ten rows more of everything: beside the case, in it, and on its reference."""
    for number in range(10):
        finding = make.make_finding(records.event, lesion=records.lesion)
        make.make_citation(finding, records.reference)
        make.make_result(records.result.event, term=make.make_term())
        fact = {"label": f"Fact {number}", "position": number}
        StudyFact.objects.create(reference=records.reference, **fact)
        listed = make.make_reference()
        ReferenceListItem.objects.create(
            work=records.reference, number=number + 1, reference=listed
        )
    make.make_timeline(records.case, events=10)
    cases.publish(case=records.case, by=None)
    for _ in range(3):
        make.make_published_case(patient=records.patient)


@pytest.mark.parametrize("role", ["", "curator"])
@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("kind", ["list", "detail"])
def test_ten_rows_more_take_no_query_more(api, records, prefix, role, kind):
    client = api(role)
    # A prefetch of nothing runs no query: so there is one of each before.
    ReferenceListItem.objects.create(
        work=records.reference, number=99, reference=make.make_reference()
    )
    path = list_path(prefix, records.case) if kind == "list" else records.path(prefix)
    before = queries(client, path)
    more_rows(records)
    after = queries(client, path)
    assert len(after) == len(before), after
    assert len(after) <= 17


def test_published_case_that_is_not_prepared_takes_two_queries(api, records):
    """What is prepared; the version, joined to its case. No session, no user."""
    prepared, version = queries(api(), records.path("cases"))
    assert "patients_prepared_answer" in prepared
    assert "patients_caseversion" in version


ITEMS = ["events", "imaging-findings", "images", "measurements", "laboratory-results", "citations"]


@pytest.mark.parametrize("prefix", ITEMS)
def test_part_takes_one_query_and_a_list_two(api, records, prefix):
    """The item; the count and the page."""
    assert len(queries(api(), records.path(prefix))) == 1
    assert len(queries(api(), f"{prefix}/")) == 2


def test_far_page_runs_no_offset(api, records):
    with CaptureQueriesContext(connection) as captured:
        api().get("events/?page=1000000000")
    assert len(captured) == 1
    assert "OFFSET" not in captured[0]["sql"]
