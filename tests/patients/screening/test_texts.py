"""Every free text of the case document is searched."""

from __future__ import annotations

from typing import Any

import pytest

from patients.document import build_document, to_builtins
from patients.models import Case
from patients.screening.texts import FIELD_WORDS, texts_of
from patients.vocabulary import ScreenedRow
from tests.make import make_set_aside
from tests.patients.rich_case import make_rich_case

pytestmark = pytest.mark.django_db
NOT_TYPED = {
    # codes, ids and closed lists
    "accession", "id", "case", "event", "finding", "lesion", "reference", "source", "anchor",
    "sex", "country", "category", "modality", "change", "patency", "kind", "multiplicity",
    "dimension", "role", "quote_depth", "quote_state", "quote_found_at", "precision", "comparator",
    "result", "grade", "outcome", "findings", "ending",
    # figures
    "dose", "value", "reference_low", "reference_high", "low_mm", "high_mm", "ki67_low",
    "ki67_high", "mitoses",
    # made from what is searched, or from figures
    "words", "days_words", "age_words", "problems",
}  # fmt: skip
NOT_OF_THE_CASE = {"references", "diagnosis", "primary_site", "term", "site", "found_in"}
"""Cited works and terms, which the case shares with others."""
FOLLOWS = {"derived"}
"""Made from what is searched, but for the reason why a result was set aside: see below."""


def typed(data: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    """Texts of a document that are neither codes nor made from others, by their path."""
    if isinstance(data, str):
        return {path: data} if path[-1] not in NOT_TYPED else {}
    items: Any = []
    if isinstance(data, dict):
        items = [
            (key, value) for key, value in data.items() if key not in NOT_OF_THE_CASE | FOLLOWS
        ]
    elif isinstance(data, list):
        items = [(path[-1], value) for value in data]
    found: dict[tuple[str, ...], str] = {}
    for number, (key, value) in enumerate(items):
        at = (*path, str(number), key) if isinstance(data, list) else (*path, key)
        found |= typed(value, at)
    return found


def test_no_text_of_a_document_is_forgotten():
    rich = make_rich_case()
    document = build_document(Case.objects.with_timeline().get(pk=rich.case.pk))
    data = to_builtins(document)
    searched = "\n".join(text.text for text in texts_of(document))
    missing = {path for path, text in typed(data).items() if text and text not in searched}
    assert missing == set()
    names = {path[-1] for path in typed(data)}
    known = {name.replace("_reported_as", "") for name in FIELD_WORDS} - {"reason"}
    reported = {"reported_as", "marker"}
    assert names - known - reported <= {"start", "end", "duration"}


def test_places_name_rows_that_are_there():
    rich = make_rich_case()
    document = build_document(Case.objects.with_timeline().get(pk=rich.case.pk))
    for text in texts_of(document):
        assert text.place.kind in ScreenedRow.values
        assert text.place.label
        assert len(text.place.id) == 10
    assert len({(text.place.id, text.place.field) for text in texts_of(document)}) == len(
        texts_of(document)
    )


def test_the_reason_why_a_derived_result_is_set_aside_is_searched():
    rich = make_rich_case()
    row = make_set_aside(rich.pathology, reason="Dr Adler counted it.")
    document = build_document(Case.objects.with_timeline().get(pk=rich.case.pk))
    (found,) = [text for text in texts_of(document) if text.place.kind == ScreenedRow.DERIVED]
    assert (found.text, found.place.id) == ("Dr Adler counted it.", row.public_id)
    assert found.place.label == "Set aside: WHO grade, “Pathology”, reason"
