"""One document, one form in bytes, before and after it was stored."""

from __future__ import annotations

import hashlib
import json

import msgspec
import pytest

from patients.actions import cases
from patients.document import (
    CaseDocument,
    build_document,
    canonical_json,
    checksum,
    from_builtins,
    to_builtins,
)
from patients.models import Case, CaseVersion
from tests.patients.rich_case import RichCase, make_rich_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich() -> RichCase:
    return make_rich_case()


def built(rich: RichCase) -> CaseDocument:
    return build_document(Case.objects.with_timeline().get(pk=rich.case.pk))


def test_round_trip(rich: RichCase) -> None:
    document = built(rich)
    assert from_builtins(to_builtins(document)) == document
    assert from_builtins(json.loads(canonical_json(document))) == document


def test_round_trip_through_the_json_column(rich: RichCase) -> None:
    cases.publish(case=rich.case, by=None)  # which checks the quotes
    document = built(rich)
    version = CaseVersion.objects.get(case=rich.case)
    stored = from_builtins(version.document)
    assert stored == document
    assert checksum(stored) == version.checksum == checksum(document)


def test_bytes_are_sorted_compact_utf8(rich: RichCase) -> None:
    data = canonical_json(built(rich))
    plain = json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert data == plain.encode("utf-8")
    assert "肝".encode() in data


def test_checksum_is_that_of_the_bytes(rich: RichCase) -> None:
    document = built(rich)
    assert checksum(document) == hashlib.sha256(canonical_json(document)).hexdigest()


def test_same_rows_give_same_bytes(rich: RichCase) -> None:
    assert canonical_json(built(rich)) == canonical_json(built(rich))


def test_rows_touched_without_a_change_give_the_same_bytes(rich: RichCase) -> None:
    before = canonical_json(built(rich))
    # an update moves a row to another place in its table
    for row in (rich.scan, rich.finding, rich.lesion, rich.case):
        row.refresh_from_db()
        row.save()
    assert canonical_json(built(rich)) == before


def test_another_word_gives_another_checksum(rich: RichCase) -> None:
    before = checksum(built(rich))
    rich.scan.detail = "One word more."
    rich.scan.save()
    assert checksum(built(rich)) != before


def test_a_document_stored_before_results_and_chinese_labels_still_reads(rich: RichCase) -> None:
    stored = to_builtins(built(rich)) | {"schema_version": 1}
    for event in stored["events"]:
        del event["results"], event["label_zh"]
    for lesion in stored["lesions"]:
        del lesion["label_zh"]
    document = from_builtins(stored)
    assert document.schema_version == 1
    assert all((event.results, event.label_zh) == ([], "") for event in document.events)
    assert [lesion.label_zh for lesion in document.lesions] == [""]
    assert document.imaging_findings == built(rich).imaging_findings


def test_a_document_stored_before_notices_still_reads(rich: RichCase) -> None:
    stored = to_builtins(built(rich)) | {"schema_version": 2}
    for reference in stored["references"]:
        del reference["notices"]
    document = from_builtins(stored)
    assert document.schema_version == 2
    assert document.references
    assert all(reference.notices == [] for reference in document.references)


@pytest.mark.parametrize("stored", [{}, [], None, {"schema_version": 1}, "text"])
def test_what_is_no_document_is_refused(stored: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        from_builtins(stored)
