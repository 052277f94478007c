"""From draft to readers: every step checked, on record, and never by who wrote it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from patients.actions import cases, clearing, edits, publishing
from patients.actions.publishing import NotReadyError
from patients.actions.writers import note, writers_of
from patients.care import ITEMS, care_items
from patients.document import build_document, checksum
from patients.models import Case, CaseReview, StatusChange
from patients.publishing import Facts, checks, checks_of
from patients.reading import CaseWithdrawnError, read_case, read_version
from patients.screening import uncleared
from tests.constraints import update
from tests.make import (
    make_case,
    make_event,
    make_patient,
    make_published_case,
    make_ready,
    make_source,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db
READER = AnonymousUser()


def publishable(**changes: Any) -> Case:
    case = make_source(make_case(**changes)).case
    make_event(case, 0, label="CT", is_index=True)
    return case


def open_checks(case: Case, user: Any) -> set[str]:
    return {check.key for check in checks_of(case, user) if not check.done}


def test_a_draft_goes_to_review_to_readers_and_away_and_all_is_on_record() -> None:
    case, author, curator = publishable(), make_user("curator"), make_user("curator")
    make_ready(case, by=author)
    assert case.status == "in_review"
    version = publishing.publish(case=case, by=curator)
    publishing.withdraw(case=case, reason="The report was retracted.", by=curator)
    told = [(row.act, row.was, row.now, row.by, row.reason, row.version)
            for row in StatusChange.objects.order_by("pk")]  # fmt: skip
    assert told == [
        ("submitted", "draft", "in_review", author, "", None),
        ("published", "in_review", "published", curator, "", version),
        ("withdrawn", "published", "withdrawn", curator, "The report was retracted.", None),
    ]


def test_nothing_is_published_before_every_check_is_done() -> None:
    case, curator = make_case(), make_user("curator")
    with pytest.raises(NotReadyError) as refused:
        publishing.publish(case=case, by=curator)
    assert set(refused.value.message_dict) == {"record", "care", "consent", "class", "review"}
    case.refresh_from_db()
    assert (case.status, case.versions.count()) == ("draft", 0)


@pytest.mark.parametrize(
    ("undone", "key"),
    [
        ({"care": dict.fromkeys(list(ITEMS)[1:], "absent")}, "care"),
        ({"consent": ""}, "consent"),
        ({"consent": "taken_back"}, "consent"),
        ({"class_seen": ""}, "class"),
    ],
)
def test_each_check_alone_keeps_a_case_from_readers(undone: dict[str, Any], key: str) -> None:
    case = make_ready(publishable(), **undone)
    curator = make_user("curator")
    assert open_checks(case, curator) == {key}
    with pytest.raises(NotReadyError) as refused:
        publishing.publish(case=case, by=curator)
    assert set(refused.value.message_dict) == {key}


@pytest.mark.parametrize("role", ["curator", "admin"])
def test_who_handed_it_in_cannot_publish_it(role: str) -> None:
    author = make_user(role)
    case = make_ready(publishable(), by=author)
    with pytest.raises(NotReadyError) as refused:
        publishing.publish(case=case, by=author)
    assert set(refused.value.message_dict) == {"curator"}


def by_the_editor(case: Case, by: Any) -> None:
    event = case.events.get()
    event.label = "MRI"
    edits.save_rows(case=case, rows=[event], words="Changed", by=by)


def by_the_api_or_admin(case: Case, by: Any) -> None:
    cases.save(row=case.events.get(), by=by)


def by_removing(case: Case, by: Any) -> None:
    cases.remove(row=make_event(case), by=by)


def by_doing_again(case: Case, by: Any) -> None:
    by_the_editor(case, make_user("curator"))
    edits.undo(case=case, by=make_user("curator"))
    edits.redo(case=case, by=by)


def by_a_proposal(case: Case, by: Any) -> None:
    note(case=case, by=by)


@pytest.mark.parametrize(
    "write", [by_the_editor, by_the_api_or_admin, by_removing, by_doing_again, by_a_proposal]
)
def test_who_wrote_in_it_cannot_publish_it(write: Any) -> None:
    case, writer, other = publishable(), make_user("curator"), make_user("curator")
    write(case, writer)
    make_ready(case)
    with pytest.raises(NotReadyError) as refused:
        publishing.publish(case=case, by=writer)
    assert set(refused.value.message_dict) == {"curator"}
    publishing.publish(case=case, by=other)
    assert writers_of(case) == set()


def test_who_began_a_case_wrote_it() -> None:
    author = make_user("curator")
    case = edits.create_case(
        title="A case", patient_fields={}, case_fields={"summary": "S."}, by=author
    )
    assert writers_of(case) == {author.pk}


def test_an_edit_that_was_taken_back_makes_no_writer_and_one_that_was_published_does() -> None:
    case, writer, other = publishable(), make_user("curator"), make_user("curator")
    by_the_editor(case, writer)
    edits.undo(case=case, by=writer)
    assert writers_of(case) == set()
    edits.redo(case=case, by=writer)
    cases.publish(case=case, by=None)
    edits.undo(case=case, by=other)
    assert writers_of(case) == {other.pk}


def test_a_version_made_from_outside_does_not_forget_who_wrote() -> None:
    case, writer = make_published_case(), make_user("curator")
    cases.save(row=case.events.first(), by=writer)
    version = case.versions.get()
    version.pk, version.number, version.reason = None, 2, "A reference was merged."
    type(version).objects.update(is_current=False)
    version.published_at = timezone.now()
    version.save(force_insert=True)
    assert writers_of(case) == {writer.pk}


def test_what_was_looked_at_must_still_be_so() -> None:
    case = make_ready(publishable())
    seen = checksum(build_document(Case.objects.with_timeline().get(pk=case.pk)))
    update(case.events.get(), label="Something else")
    with pytest.raises(ValidationError, match="has changed since you looked"):
        publishing.publish(case=case, by=make_user("curator"), seen=seen)
    assert case.versions.count() == 0


def test_another_group_of_like_cases_is_looked_at_anew() -> None:
    case = publishable(patient=make_patient(sex="female"))
    make_ready(case)
    update(case.patient, sex="male")
    assert open_checks(case, make_user("curator")) == {"class"}
    with pytest.raises(ValidationError, match="is another one now"):
        publishing.record_checks(
            case=case, care={}, consent="", consent_note="", by=make_user("curator"),
            class_seen="female, age not reported, country not reported, no diagnosis",
        )  # fmt: skip


def test_like_cases_are_counted_by_sex_decade_country_and_diagnosis() -> None:
    diagnosis, other = make_term(), make_term()
    like: dict[str, Any] = {"age_low": 52, "age_high": 52, "diagnosis": diagnosis}

    def person(**changes: Any) -> Any:
        return make_patient(**{"sex": "male", "country": "JP", **changes})

    for changes in ({"age_low": 50, "age_high": 50}, {"age_low": 59, "age_high": 61}):
        make_published_case(patient=person(), **{**like, **changes})
    for patient, changes in (
        (person(sex="female"), {}), (person(country="CN"), {}),
        (person(), {"age_low": 60, "age_high": 60}), (person(), {"diagnosis": other}),
    ):  # fmt: skip
        make_published_case(patient=patient, **{**like, **changes})
    case = publishable(patient=person(), **like)
    check = next(row for row in checks_of(case, make_user("curator")) if row.key == "class")
    assert check.says[0] == (
        f"2 other published cases are of this group: male, 50 to 59 years, JP, {diagnosis.display}."
    )


def test_identifying_text_and_consent_are_told_in_the_checks() -> None:
    document = build_document(publishable())
    found = {row.key: row for row in checks(document, Facts(uncleared=["Name: “Dr Who”."] * 12))}
    assert not found["identifying"].done
    assert found["identifying"].says[-1] == "And 2 more."
    assert found["images"].says == ["There are no images in this case."]


def test_identifying_text_keeps_a_case_from_readers_until_a_curator_has_cleared_it() -> None:
    case = publishable(summary="She was seen by Dr. Henrietta Quill.")
    make_ready(case)
    curator = make_user("curator")
    with pytest.raises(NotReadyError) as refused:
        publishing.publish(case=case, by=curator)
    assert set(refused.value.message_dict) == {"identifying"}
    (told,) = refused.value.message_dict["identifying"]
    assert "Quill" in told
    reasons = {row.fingerprint: "The author of the report." for row in uncleared(case)}
    clearing.clear(case=case, reasons=reasons, by=curator)
    assert publishing.publish(case=case, by=curator).number == 1


def test_the_reason_of_a_withdrawal_names_nobody() -> None:
    case = make_published_case()
    with pytest.raises(ValidationError, match="could point to a person"):
        publishing.withdraw(
            case=case, reason="Asked for by Dr. Henrietta Quill.", by=make_user("curator")
        )
    case.refresh_from_db()
    assert case.status == "published"


def test_care_items_that_the_record_shows_are_derived_and_a_tick_goes_before() -> None:
    case = make_published_case(events=2)
    document = build_document(Case.objects.with_timeline().get(pk=case.pk))
    items = {row.key: row for row in care_items(document, {"timeline": "absent"})}
    assert len(items) == 13
    assert (items["timeline"].state, items["timeline"].is_derived) == ("absent", False)
    assert items["timeline"].shown_by == "2 events with a time"
    assert not items["title"].state
    items = {row.key: row for row in care_items(document, {})}
    assert (items["timeline"].state, items["timeline"].is_derived) == ("present", True)


@pytest.mark.parametrize("role", ["", "clinician", "researcher"])
def test_steps_are_for_curators(role: str) -> None:
    user, case = make_user(role), make_ready(publishable())
    for step in (
        lambda: publishing.publish(case=case, by=user),
        lambda: publishing.send_back(case=case, reason="Why", by=user),
        lambda: publishing.withdraw(case=case, reason="Why", by=user),
        lambda: publishing.record_checks(
            case=case, care={}, consent="", consent_note="", class_seen="", by=user
        ),
    ):
        with pytest.raises(PermissionDenied):
            step()
    with pytest.raises(PermissionDenied):
        publishing.submit(case=make_case(), by=user)
    case.refresh_from_db()
    assert case.status == "in_review"


def test_who_wrote_a_case_hands_it_in_and_takes_it_back_whatever_their_role() -> None:
    author, case = make_user("clinician"), publishable()
    note(case=case, by=author)
    publishing.submit(case=case, by=author)
    with pytest.raises(ValidationError, match="in review already"):
        publishing.submit(case=case, by=author)
    publishing.send_back(case=case, reason="I forgot an event.", by=author)
    case.refresh_from_db()
    assert case.status == "draft"


def test_a_published_case_stays_with_readers_while_its_next_version_is_in_review() -> None:
    case, curator = make_published_case(), make_user("curator")
    with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
        publishing.submit(case=case, by=curator)
    update(case.events.first(), label="Reworded")
    make_ready(case)
    assert case.status == "published"
    assert read_case(case.accession, READER).version == 1
    publishing.send_back(case=case, reason="Not yet.", by=curator)
    assert CaseReview.objects.get(case=case).submitted_at is None
    make_ready(case)
    assert publishing.publish(case=case, by=curator).number == 2


def test_a_withdrawn_case_tells_when_and_why_at_all_its_addresses() -> None:
    case, curator = make_published_case(), make_user("curator")
    publishing.withdraw(case=case, reason=" No consent any more. ", by=curator)
    for read in (
        lambda: read_case(case.accession, READER),
        lambda: read_version(case.accession, 1, READER),
        lambda: read_version(case.accession, 7, READER),
    ):
        with pytest.raises(CaseWithdrawnError) as told:
            read()
        assert told.value.reason == "No consent any more."
    assert read_version(case.accession, 1, curator).status == "withdrawn"
    make_ready(case)
    with pytest.raises(CaseWithdrawnError):
        read_case(case.accession, READER)
    publishing.publish(case=case, by=curator)
    assert read_case(case.accession, READER).version == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_reasons_are_there_and_bounded(reason: str) -> None:
    case, curator = make_published_case(), make_user("curator")
    with pytest.raises(ValidationError) as refused:
        publishing.withdraw(case=case, reason=reason, by=curator)
    assert set(refused.value.message_dict) == {"reason"}
    case.refresh_from_db()
    assert case.status == "published"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"care": {"title": "maybe"}}, "care-title"),
        ({"care": {"other": "present"}}, "care"),
        ({"consent": "certainly"}, "consent"),
        ({"consent": "held"}, "consent_note"),
        ({"consent": "held", "consent_note": "x" * 301}, "consent_note"),
        ({"class_seen": "some other group"}, "class_seen"),
    ],
)
def test_checks_that_make_no_sense_are_refused_by_field(
    changes: dict[str, Any], field: str
) -> None:
    fields = {"care": {}, "consent": "", "consent_note": "", "class_seen": "", **changes}
    with pytest.raises(ValidationError) as refused:
        publishing.record_checks(case=publishable(), by=make_user("curator"), **fields)
    assert set(refused.value.message_dict) == {field}
    assert not CaseReview.objects.filter(checked_at__isnull=False).exists()


def test_two_publications_at_once_make_one_version() -> None:
    case = make_ready(publishable())
    publishing.publish(case=case, by=make_user("curator"))
    with pytest.raises(NotReadyError) as refused:
        publishing.publish(case=case, by=make_user("curator"))
    assert "review" in refused.value.message_dict
    assert case.versions.count() == 1
