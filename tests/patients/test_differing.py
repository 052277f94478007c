"""Differences between two documents: none where they agree, each changed field where not."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patients.document import CaseDocument, build_document, from_builtins, to_builtins
from patients.document import differing_fields as told
from patients.document import model as shapes
from patients.document.derived_model import DerivedData, SetAsideData
from patients.document.differing import Change, differences
from patients.models import Case
from patients.vocabulary import Role
from tests import make
from tests.constraints import update
from tests.patients.rich_case import make_rich_case

PARTS = {
    "case": (shapes.CaseDocument, told.CASE),
    "event": (shapes.EventData, told.EVENT),
    "finding": (shapes.FindingData, told.FINDING),
    "measurement": (shapes.MeasurementData, told.MEASUREMENT),
    "result": (shapes.ResultData, told.RESULT),
    "lesion": (shapes.LesionData, told.LESION),
    "citation": (shapes.CitationData, told.CITATION),
    "reference": (shapes.ReferenceData, told.REFERENCE),
    "derived": (DerivedData, told.RESULT_BY_RULE),
}


@pytest.fixture(scope="module")
def rich(django_db_setup: None, django_db_blocker: Any) -> CaseDocument:
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        document = built(make_rich_case().case)
        transaction.set_rollback(True)
    return document


def built(case: Case) -> CaseDocument:
    return build_document(Case.objects.with_timeline().get(pk=case.pk))


def paths_of(shape: type, name: str) -> set[str]:
    """The fields of `shape` that are told, with those below the parts that are taken apart."""
    paths = {field.path for field in PARTS[name][1]}
    heads = {path.split(".")[0] for path in paths}
    for head in [row for row in heads if row not in paths]:
        hint = get_type_hints(shape)[head]
        below = next(kind for kind in (hint, *get_args(hint)) if is_dataclass(kind))
        names = {f"{head}.{field.name}" for field in fields(below)}
        derived = {f"{head}.{row}" for row in told.DERIVED.get(below.__name__, ())}
        assert names - derived == {path for path in paths if path.startswith(f"{head}.")}
    return heads


@pytest.mark.parametrize("name", PARTS)
def test_every_field_of_the_document_is_told_or_known_to_follow_from_others(name: str) -> None:
    shape, _ = PARTS[name]
    names = {field.name for field in fields(shape)}
    assert names - told.DERIVED[shape.__name__] == paths_of(shape, name)


documents = st.from_type(CaseDocument)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_nothing_differs_from_itself(document: CaseDocument) -> None:
    assert differences(document, from_builtins(to_builtins(document))) == []


def other(value: Any) -> Any:
    """Something else of the same kind; text where there was nothing."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case list():
            return []
        case str():
            return f"{value} and more"
        case None:
            return None
    first = fields(value)[0].name
    return replace(value, **{first: other(getattr(value, first))})


def with_value(record: Any, path: str, value: Any) -> Any:
    head, _, rest = path.partition(".")
    return replace(
        record, **{head: with_value(getattr(record, head), rest, value) if rest else value}
    )


def holders(document: CaseDocument) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [("case", document)]
    found += [("event", row) for row in document.events]
    found += [("finding", row) for row in document.imaging_findings]
    found += [("lesion", row) for row in document.lesions]
    found += [("reference", row) for row in document.references]
    found += [("derived", row) for rule in document.derived for row in rule.results]
    found += [("citation", row) for event in document.events for row in event.citations]
    found += [("result", row) for event in document.events for row in event.results]
    for finding in document.imaging_findings:
        found += [("measurement", row) for row in finding.measurements]
        found += [("citation", row) for row in finding.citations]
    return found


def swapped(node: Any, old: Any, new: Any) -> Any:
    """`node` with the very record `old` replaced, wherever it stands."""
    if node is old:
        return new
    if is_dataclass(node):
        made = {row.name: swapped(getattr(node, row.name), old, new) for row in fields(node)}
        return replace(node, **made)  # type: ignore[type-var]
    return [swapped(row, old, new) for row in node] if isinstance(node, list) else node


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_changed_field_is_named_and_nothing_else_is(rich: CaseDocument, data: Any) -> None:
    kind, record = data.draw(st.sampled_from(holders(rich)))
    field = data.draw(st.sampled_from(PARTS[kind][1]))
    value = field.value(record)
    changed = other(value)
    if changed == value:  # there is nothing to change here
        return
    new = swapped(rich, record, with_value(record, field.path, changed))
    found = differences(rich, new)
    key = rich.accession if kind == "case" else record.id
    assert [(row.change, row.kind, row.id, row.field) for row in found] == [
        (Change.CHANGED, kind, key, field.path)
    ]
    assert found[0].old != found[0].new
    back = differences(new, rich)
    assert [(row.old, row.new) for row in back] == [(found[0].new, found[0].old)]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_part_that_goes_is_told_once_and_comes_back_likewise(
    rich: CaseDocument, data: Any
) -> None:
    event = data.draw(st.sampled_from(rich.events))
    new = replace(rich, events=[row for row in rich.events if row is not event])
    gone = {row.id for row in differences(rich, new) if row.change == Change.REMOVED}
    below = {row.id for row in (*event.citations, *event.results)}
    assert gone == {event.id} | below
    come = {row.id for row in differences(new, rich) if row.change == Change.ADDED}
    assert come == gone


@pytest.mark.django_db
def test_an_event_put_in_between_changes_no_other() -> None:
    case = make.make_case()
    make.make_timeline(case, events=3, findings=0)
    old = built(case)
    event = make.make_event(case, 5, label="TACE")
    make.make_citation(event)
    found = differences(old, built(case))
    assert {(row.change, row.kind) for row in found} == {
        (Change.ADDED, "event"), (Change.ADDED, "citation"), (Change.ADDED, "reference"),
    }  # fmt: skip
    assert "Event “TACE”" in {row.name for row in found}


@pytest.mark.django_db
def test_values_are_told_in_words() -> None:
    case = make.make_case()
    event = make.make_event(case, 0, label="CT")
    citation = make.make_citation(event)
    old = built(case)
    update(event, label="MRI", category="imaging", start_low=3, start_high=3)
    update(citation, role=Role.CONTRADICTS)
    found = {row.label: (row.name, row.old, row.new) for row in differences(old, built(case))}
    assert found["What happened"] == ("Event “MRI”", "CT", "MRI")
    assert found["Category"][1:] == ("Diagnosis", "Imaging")
    assert found["Start"][1:] == (old.events[0].time.start.words, "day 3")
    assert found["Role"][1:] == ("Supports", "Contradicts")


@pytest.mark.django_db
def test_another_order_is_told_once() -> None:
    case = make.make_case()
    first, second = make.make_event(case, label="A"), make.make_event(case, label="B")
    old = built(case)
    update(first, position=9)
    (found,) = differences(old, built(case))
    assert (found.label, found.old, found.new) == (
        "Order of events", "Event “A”; Event “B”", "Event “B”; Event “A”",
    )  # fmt: skip
    assert second.label == "B"


def with_first_aside(document: CaseDocument, aside: SetAsideData | None) -> CaseDocument:
    rule, *rules = document.derived
    first, *others = rule.results
    first = replace(first, set_aside=aside)
    return replace(document, derived=[replace(rule, results=[first, *others]), *rules])


def test_that_a_derived_result_is_set_aside_is_told_in_words(rich: CaseDocument) -> None:
    aside = with_first_aside(rich, SetAsideData("0123456789", "The node was measured twice."))
    (found,) = differences(rich, aside)
    rule, result = rich.derived[0], rich.derived[0].results[0]
    assert (found.kind, found.name) == ("derived", f"Derived ({rule.name}): “{result.heading}”")
    assert (found.label, found.old, found.new) == (
        "Set aside by a curator, because", "", "The node was measured twice.",
    )  # fmt: skip
    again = with_first_aside(rich, SetAsideData("9999999999", "The node was measured twice."))
    assert differences(aside, again) == []


def test_what_an_older_version_does_not_hold_has_not_come_about_since(rich: CaseDocument) -> None:
    older = replace(rich, schema_version=3, derived=[])
    assert differences(older, rich) == []
