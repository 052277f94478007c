"""Derived results on the case page, and the pages where a curator sets them aside."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patients.actions import cases, derived
from patients.document import to_builtins
from patients.models import CaseVersion, DerivedSetAside
from patients.reading import read_case
from tests import make
from tests.constraints import update
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
REASON = "The report counts another area."


@pytest.fixture
def curator(client):
    user = make.make_user("curator")
    client.force_login(user)
    return user


def published():
    """A published case whose report gives another grade than its numbers, and the result's id."""
    case = make.make_case()
    make.make_source(case)
    event = make.make_event(
        case, 0, category="pathology", label="Biopsy", ki67_low=5, ki67_high=5, grade="G1"
    )
    cases.publish(case=case, by=None)
    return case, f"who_grade.event-{event.public_id}"


def address(case, *parts):
    return "/".join(["/cases", case.accession, *parts, ""])


def section_of(client, case, *parts):
    page = client.get(address(case, *parts)).content.decode()
    return text_of(page.split('aria-labelledby="derived"')[1].split("</section>")[0])


def test_ours_and_the_reports_words_are_told_apart_and_a_disagreement_is_said(client):
    case, _ = published()
    text = section_of(client, case)
    assert "Derived NET G2 by Ki-67 alone." in text
    assert "The report NET G1. The report says otherwise than the rule." in text
    assert "Set results aside" not in text


def test_a_curator_sets_aside_and_readers_see_it_with_the_next_version(client, curator):
    case, key = published()
    listed = client.get(address(case, "derived")).content.decode()
    assert address(case, "derived", key) in listed
    assert address(case, "derived") in client.get(address(case)).content.decode()
    answer = client.post(
        address(case, "derived", key, "set-aside"), {"reason": REASON}, follow=True
    )
    assert "Set aside. Readers see it so with the next version." in text_of(answer.content.decode())
    client.logout()
    assert "Set aside" not in section_of(client, case)
    cases.publish(case=case, by=None)
    text = section_of(client, case)
    assert f"Set aside by a curator: {REASON}" in text
    assert "The rule gave: NET G2 by Ki-67 alone." in text
    assert "The report NET G1." in text
    assert "says otherwise" not in text
    assert "Set aside" not in section_of(client, case, "v", "1")
    changes = text_of(client.get(address(case, "v", "2", "changes")).content.decode())
    assert "Derived (WHO grade): “Biopsy”" in changes
    assert f"Set aside by a curator, because was nothing now {REASON}" in changes


def test_a_bad_reason_is_named_and_what_was_typed_stays(client, curator):
    case, key = published()
    long = "no " * 150
    answer = client.post(address(case, "derived", key, "set-aside"), {"reason": long})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert long.strip() in page
    assert 'href="#id_reason"' in page
    answer = client.post(address(case, "derived", key, "set-aside"), {"reason": ""})
    assert "Say why the result does not fit this case" in text_of(answer.content.decode())
    assert not DerivedSetAside.objects.exists()


def test_who_comes_second_keeps_their_words(client, curator):
    case, key = published()
    derived.set_aside(case=case, result=key, reason=REASON, by=make.make_user("curator"))
    answer = client.post(address(case, "derived", key, "set-aside"), {"reason": "Mine."})
    text = text_of(answer.content.decode())
    assert answer.status_code == 422
    assert "It is set aside already." in text
    assert "You wrote: “Mine.”" in text


def test_it_is_taken_back_even_where_nothing_is_derived_any_more(client, curator):
    case, key = published()
    derived.set_aside(case=case, result=key, reason=REASON, by=curator)
    update(case.events.get(label="Biopsy"), ki67_low=None, ki67_high=None)
    listed = text_of(client.get(address(case, "derived")).content.decode())
    assert "A result that is not derived any more" in listed
    assert REASON in client.get(address(case, "derived", key)).content.decode()
    answer = client.post(address(case, "derived", key, "take-back"), follow=True)
    assert "Taken back" in text_of(answer.content.decode())
    assert client.get(address(case, "derived", key)).status_code == 404


@pytest.mark.parametrize(
    "key", ["who_grade", "who_grade.event-0000000000", "x.case-0000000000", "..", "a.b"]
)
def test_what_is_no_result_of_the_case_is_not_there(client, curator, key):
    case, _ = published()
    assert client.get(address(case, "derived", key)).status_code == 404


def test_a_version_published_before_results_were_kept_says_that_they_are_of_today(client):
    case, _ = published()
    version = CaseVersion.objects.get(case=case)
    older = to_builtins(read_case(case.accession, make.make_user("")).document)
    del older["derived"]
    CaseVersion.objects.filter(pk=version.pk).update(document=older | {"schema_version": 3})
    text = section_of(client, case)
    assert "they are worked out by the rules of today" in text
    assert "NET G2" in text


def test_care_is_for_editors_and_costs_readers_nothing(client):
    case, _ = published()
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address(case)).content.decode()
    assert "CARE" not in page
    assert not [row for row in captured if "casereview" in row["sql"]]
    client.force_login(make.make_user("researcher"))
    assert "CARE" not in client.get(address(case)).content.decode()
    client.force_login(make.make_user("curator"))
    assert "CARE" not in client.get(address(case, "v", "1")).content.decode()


def test_each_care_item_is_present_with_what_shows_it_or_absent_or_not_applicable(client, curator):
    case = make.make_case()
    event = make.make_event(case, 0, category="outcome", label="Well", outcome="improved")
    make.make_event(case, 9, category="imaging")
    make.make_source(case)
    make.make_ready(case, care={"title": "present", "consent": "present", "perspective": "absent",
                                "examination": "not_applicable"})  # fmt: skip
    page = client.get(address(case)).content.decode()
    section = page.split('aria-label="CARE checklist"')[1].split("</section>")[0]
    text = text_of(section)
    assert "CARE checklist: 4 of 13 items present, 1 absent, 1 not applicable, 7 not looked" in text
    assert section.count("<li>") == 13
    assert "<details>" in section
    assert f'href="#event-{event.public_id}">“Well”' in section
    assert 'href="#timeline">2 events with a time' in section
    assert 'href="#ref-1">The report itself' in section
    assert f'href="{address(case, "publish")}#care">The review' in section
    assert "How the patient saw it: Absent (a curator looked)" in text
