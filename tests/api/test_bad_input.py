"""What is not valid is refused with a 4xx that names the field, and nothing is saved."""

import json

import pytest
from django.db import connection

from literature.rest.body import MAX_BYTES
from patients.models import Case, Citation, Event, Listing, Term
from tests import make
from tests.api.client import CHANGES, fields, problem

pytestmark = pytest.mark.django_db
TABLES = (Case, Event, Citation, Term, Listing)


@pytest.fixture
def nothing_saved(records, curator):
    """Compares what is stored before and after; who asks is there before."""

    def stored():
        with connection.cursor() as cursor:
            found = []
            for table in connection.introspection.table_names():
                if table.startswith(("patients_", "literature_")):
                    rows = "md5(string_agg(row::text, '' ORDER BY row::text))"
                    cursor.execute(f'SELECT {rows} FROM "{table}" AS row')
                    found.append((table, cursor.fetchone()[0]))
        return found

    before = stored()
    yield
    assert stored() == before


@pytest.fixture
def curator(api):
    return api("curator")


FITTING = {
    ("citations", type(None)): {"event"},  # then the target is the case
    ("measurements", int): {"low_mm"},
    ("measurements", float): {"low_mm"},
    ("laboratory-results", int): {"value"},
    ("laboratory-results", float): {"value"},
    ("cases", str): {"summary"},
}
"""Fields that take a value of this type after all."""


@pytest.mark.usefixtures("nothing_saved")
class TestBody:
    @pytest.mark.parametrize("prefix", CHANGES)
    def test_unknown_field(self, curator, records, prefix):
        body = records.body(prefix) | {"colour": "blue"}
        assert fields(curator.post(f"{prefix}/", body)) == {"colour"}
        assert fields(curator.patch(records.path(prefix), colour="blue")) == {"colour"}

    @pytest.mark.parametrize("prefix", CHANGES)
    @pytest.mark.parametrize("value", [None, True, 5, 1.5, "?" * 6000, [], {}, {"a": [1]}, [[1]]])
    def test_wrong_type_in_every_field(self, curator, records, prefix, value):
        good = records.body(prefix)
        for name in set(good) - FITTING.get((prefix, type(value)), set()):
            response = curator.post(f"{prefix}/", good | {name: value})
            if response.status_code == 201:
                pytest.fail(f"{prefix}.{name} took {value!r:.40}")
            named = fields(response)
            assert any(field.split(".")[0].split("[")[0] == name for field in named), named

    # Nothing needs to be known of a patient.
    @pytest.mark.parametrize("prefix", [prefix for prefix in CHANGES if prefix != "patients"])
    def test_required_fields(self, curator, prefix):
        assert fields(curator.post(f"{prefix}/", {}))

    @pytest.mark.parametrize(
        ("prefix", "body", "field"),
        [
            ("events", '{"label": "a\\u0000b"}', "label"),
            ("events", '{"label": "a\\ud800b"}', "label"),
            ("events", '{"markers": [{"marker": "\\udfff"}]}', "markers[0].marker"),
            ("references", '{"csl": {"title": "\\u0000"}}', "csl.title"),
            ("references", '{"csl": {"author": [{"family": "\\ud800"}]}}', "csl.author[0].family"),
            ("events", '{"label": "a", "label": "b"}', "label"),
            ("references", '{"csl": {"title": "a", "title": "b"}}', "title"),
        ],
    )
    def test_text_that_is_none(self, curator, prefix, body, field):
        assert fields(curator.post(f"{prefix}/", body.encode())) == {field}

    @pytest.mark.parametrize(
        "body",
        [
            b"", b"{", b"nothing", b"[]", b'"text"', b"5", b"null",
            b"\xff\xfe{}", b"\xef\xbb\xbf{}",
            b'{"position": NaN}', b'{"position": -Infinity}', b'{"position": 1e999}',
            b'{"position": 1' + b"0" * 5000 + b"}", b'{"a\x00": 1}',
            b'{"a": ' * 200 + b"1" + b"}" * 200, b"[" * 200 + b"]" * 200,
            b'{"a":' + b"[" * 400_000 + b"]" * 400_000 + b"}",
        ],
    )  # fmt: skip
    def test_body_that_is_none(self, curator, body):
        problem(curator.post("events/", body), 400)

    def test_names_that_are_no_text(self, curator):
        assert fields(curator.post("events/", b'{"\\u0000": 1}')) == {"?"}
        assert fields(curator.post("events/", b'{"\\ud800": 1}')) == {"?"}

    def test_depth_is_counted(self, curator):
        def nested(depth):
            return b'{"csl": ' + b'{"a": ' * depth + b"1" + b"}" * depth + b"}"

        assert fields(curator.post("references/", nested(31))) == {"csl.a", "csl.type", "csl.title"}
        assert "32 levels" in problem(curator.post("references/", nested(32)), 400)["detail"]

    def test_ten_megabytes(self, curator, records):
        big = json.dumps(records.body("events") | {"detail": "a" * 10_000_000}).encode()
        problem(curator.post("events/", big), 413)
        just_too_big = b'{"label": "' + b"a" * (MAX_BYTES - 12) + b'"}'
        assert len(just_too_big) == MAX_BYTES + 1
        problem(curator.post("events/", just_too_big), 413)
        assert "label" in fields(curator.post("events/", just_too_big[:-3] + b'"}'))

    def test_long_integers(self, curator, records):
        body = records.body("events")
        for value in (2**31, 2**63, 10**300, -(10**300)):
            assert fields(curator.post("events/", body | {"start_low": value})) == {"start_low"}
        assert fields(curator.post("events/", body | {"dose": 10**300})) == {"dose"}
        assert fields(curator.post("events/", body | {"dose": "1e999999999"})) == {"dose"}

    def test_other_media_types(self, curator):
        for media_type in (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
        ):
            response = curator.client.post(
                "/api/v1/events/", "a=1", content_type=f"{media_type}; boundary=x"
            )
            problem(response, 415)

    def test_body_where_there_is_none(self, curator, records):
        path = records.path("cases")
        assert fields(curator.post(f"{path}publish/", {"version": 3})) == {"version"}
        assert fields(curator.post(f"{path}submit/", {"by": "me"})) == {"by"}
        assert fields(curator.change("DELETE", path, {"really": True})) == {"really"}


EVENT = {"start_low": 0, "start_high": 0, "start_precision": "day"}
RULES = [
    ("events", EVENT | {"start_high": -1}, {"start_low", "start_high", "start_precision"}),
    ("events", EVENT | {"start_high": 5}, {"start_high", "start_low", "start_precision"}),
    ("events", EVENT | {"end_low": -9, "end_high": -3, "end_precision": "week"},
     {"end_high", "start_low"}),
    ("events", {"dose": "5"}, {"category", "dose"}),
    ("events", {"category": "drug", "dose": "5"}, {"dose"}),
    ("events", {"start_reported_as": "May 2016"}, {"start_reported_as"}),
    ("events", {"grade": "G9"}, {"grade"}),
    ("events", {"category": "pathology", "markers": [{"marker": "CgA"}]}, {"markers"}),
    ("events", {"is_index": True}, {"is_index", "case"}),
    ("events", {"term": "no-such-term"}, {"term"}),
    ("events", {"anchor": "0000000000"}, {"anchor"}),
    ("events", {"case": "CB-0000000"}, {"case"}),
    ("measurements", {"low_mm": "30"}, {"low_mm", "high_mm"}),
    ("measurements", {"low_mm": "NaN"}, {"low_mm"}),
    ("measurements", {"low_mm": "1.234"}, {"low_mm"}),
    ("measurements", {"dimension": "longest"}, {"finding", "dimension"}),
    ("laboratory-results", {"value": "NaN"}, {"value"}),
    ("laboratory-results", {"value": "1.23456"}, {"value"}),
    ("laboratory-results", {"comparator": "~"}, {"comparator"}),
    ("laboratory-results", {"analyte": ""}, {"analyte"}),
    ("laboratory-results", {"reference_low": "2", "reference_high": "1"},
     {"reference_low", "reference_high"}),
    ("cases", {"age_low": 95, "age_high": 95}, {"age_low", "age_high"}),
    ("cases", {"day_zero_year": 16}, {"day_zero_year"}),
    ("cases", {"title": " "}, {"title"}),
    ("patients", {"country": "Hungary"}, {"country"}),
    ("patients", {"country": "hu"}, {"country"}),
    ("terms", {"slug": "two words"}, {"slug"}),
    ("terms", {"code": "L01"}, {"code"}),
    ("citations", {"role": "liked"}, {"role"}),
    ("citations", {"quote_depth": "abstract"}, {"quote_depth"}),
    ("citations", {"reference": "0000000000"}, {"reference"}),
    ("references", {"csl": {"type": "article-journal"}}, {"csl.title"}),
    ("references", {"csl": make.make_csl(DOI="nonsense")}, {"csl.DOI"}),
    ("references", {"csl": make.make_csl(colour="blue")}, {"csl.colour"}),
    ("references", {"patients_covered": -1}, {"patients_covered"}),
]  # fmt: skip


@pytest.mark.usefixtures("nothing_saved")
@pytest.mark.parametrize(("prefix", "changes", "named"), RULES)
def test_rule_is_named_by_its_fields(curator, records, prefix, changes, named):
    assert fields(curator.post(f"{prefix}/", records.body(prefix) | changes)) == named


@pytest.mark.usefixtures("nothing_saved")
def test_citation_with_two_targets(curator, records):
    body = records.body("citations") | {"finding": records.finding.public_id}
    assert fields(curator.post("citations/", body)) == {"event", "finding"}


def test_identifier_that_is_here_already(curator):
    known = make.make_reference({"DOI": "10.5555/known"})
    response = curator.post(
        "references/", {"csl": make.make_csl(DOI="https://doi.org/10.5555/KNOWN")}
    )
    (error,) = problem(response, 400)["errors"]
    assert error["field"] == "csl.DOI"
    assert known.public_id in error["detail"]


def test_second_source(curator, records):
    body = records.body("citations") | {"event": None, "role": "source"}
    assert "case" in fields(curator.post("citations/", body))
