"""Proposals: what they can never be, what they are made of, and how they are decided."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from literature.actions import merging
from patients.actions import cases, edits, revisions
from patients.actions import revisions_deciding as deciding
from patients.models import (
    Case,
    CaseEdit,
    Citation,
    Event,
    ImagingFinding,
    Listing,
    Measurement,
    Notification,
    PublishedRows,
    Revision,
)
from patients.revisions.merging import kind_of, merged, narrowed
from patients.revisions.overlay import sides_of
from patients.revisions.units import Units
from tests import make
from tests.constraints import expect_refusal, update
from tests.patients.edit_states import state_of
from tests.patients.revising import change_event, make_proposal, submit, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_published_case()


def step(pk=1, before=None, after=None, model="patients.event"):
    return {"model": model, "pk": pk, "before": before, "after": after}


def entry(*changes, undone=False):
    return {"words": "Changed", "at": "", "changes": list(changes), "undone": undone}


def test_steps_of_one_row_become_one_with_what_differs():
    log = [
        entry(step(before={"label": "a", "detail": ""}, after={"label": "b", "detail": ""})),
        entry(step(before={"label": "b", "detail": ""}, after={"label": "b", "detail": "d"})),
        entry(step(before={"position": 0}, after={"position": 1}), undone=True),
    ]
    assert merged(log) == [
        step(before={"label": "a", "detail": ""}, after={"label": "b", "detail": "d"})
    ]


def test_a_row_that_came_and_went_is_nothing():
    assert merged([entry(step(after={"label": "a"})), entry(step(before={"label": "a"}))]) == []
    assert narrowed(step(before={"label": "a"}, after={"label": "a"})) is None


def test_a_kind_is_what_the_steps_are_about():
    citation = step(after={"note": ""}, model="patients.citation")
    assert kind_of([citation]) == "citation"
    assert kind_of([citation, step(after={"label": "a"})]) == "addition"
    assert kind_of([citation, step(before={"label": "a"}, after={"label": "b"})]) == "correction"


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "lost"}, "revision_state_known"),
        ({"kind": "lost"}, "revision_kind_known"),
        ({"state": "accepted", "submitted_at": timezone.now()}, "revision_decision_has_time"),
        ({"state": "submitted"}, "revision_submitted_has_time"),
        ({"public_id": "x"}, "revision_id_pattern"),
    ],
)
def test_what_a_proposal_can_never_be(case, changes, constraint):
    revision = make_proposal(case)
    expect_refusal(constraint, lambda: update(revision, **changes))


def test_the_database_lets_nobody_decide_their_own(case):
    revision = make_proposal(case)
    expect_refusal(
        "revision_decided_by_another", lambda: update(revision, decided_by=revision.author)
    )


def test_one_key_is_one_proposal(case):
    author = make.make_user("researcher")
    first, second = (make_proposal(case, author, key="K1") for _ in range(2))
    assert first == second
    assert make_proposal(case, key="K1") != first
    expect_refusal(
        "revision_key_once", lambda: Revision.objects.create(case=case, author=author, key="K1")
    )


def test_open_proposals_of_one_author_are_bounded(case, monkeypatch):
    monkeypatch.setattr(revisions, "MAX_OPEN", 2)
    author = make.make_user("researcher")
    for _ in range(2):
        make_proposal(case, author)
    with pytest.raises(ValidationError, match="Hand in or withdraw some first"):
        make_proposal(case, author)
    make_proposal(case)


def test_a_draft_is_no_ground_for_a_proposal():
    with pytest.raises(ValidationError, match="published cases alone"):
        make_proposal(make.make_case())


def test_only_who_may_propose_begins_one(case):
    for role in ("", "clinician"):
        with pytest.raises(PermissionDenied):
            make_proposal(case, make.make_user(role))


def test_steps_are_bounded(case, monkeypatch):
    monkeypatch.setattr(revisions, "MAX_STEPS", 0)
    with pytest.raises(ValidationError, match="at most 0 rows"):
        change_event(make_proposal(case), label="Another scan")


def test_nothing_is_handed_in_without_a_change_or_a_word(case):
    with pytest.raises(ValidationError, match="Nothing is changed yet"):
        submit(make_proposal(case))
    with pytest.raises(ValidationError, match="what should change, and why"):
        submit(change_event(make_proposal(case), label="Another scan"), comment=" ")


def test_a_proposal_leaves_no_trace_in_the_record(case):
    before, edited = state_of(case), CaseEdit.objects.count()
    listed = Listing.objects.values_list("pk", "listed_at")
    seen = list(listed)
    submit(change_event(make_proposal(case), label="Another scan"))
    assert list(listed) == seen
    assert (state_of(case), CaseEdit.objects.count()) == (before, edited)


def test_handed_in_it_cannot_be_written_by_anybody(case):
    revision = submit(change_event(make_proposal(case), label="Another scan"))
    with pytest.raises(ValidationError, match="cannot be changed any more"):
        change_event(revision, label="Yet another")
    deciding.ask_back(revision=revision, reason="Which page?", by=make.make_user("curator"))
    revision.refresh_from_db()
    change_event(revision, label="Yet another")


def add_finding(case, author):
    def act(inside: Case) -> None:
        event = Event(case=inside, category="imaging", label="New scan", position=9)
        finding = ImagingFinding(case=inside, event=event)
        size = Measurement(case=inside, finding=finding, dimension="longest", low_mm=3, high_mm=4)
        edits.save_rows(case=inside, rows=[event, finding, size], words="Added", by=author)

    return act


def test_what_stands_on_a_new_row_needs_it(case):
    revision = make_proposal(case)
    revision = submit(write(revision, add_finding(case, revision.author)))
    units = Units(revision)
    event, finding = units.all
    assert [len(unit.steps) for unit in units.all] == [1, 2]
    assert finding.needs == [event.name]
    curator = make.make_user("curator")
    with pytest.raises(ValidationError, match="Accept both or neither"):
        deciding.accept(revision=revision, by=curator, parts=[finding.name], reason="So.")
    deciding.accept(revision=revision, by=curator, parts=[event.name, finding.name])
    assert case.events.get(label="New scan").findings.get().measurements.count() == 1


def test_an_event_is_not_removed_without_what_stands_on_it(case):
    revision = make_proposal(case)

    def act(inside: Case) -> None:
        edits.remove_part(row=inside.events.last(), words="Removed", by=revision.author)

    revision = submit(write(revision, act))
    event = next(unit for unit in Units(revision).all if unit.name.startswith("event"))
    with pytest.raises(ValidationError, match="Accept both or neither"):
        deciding.accept(
            revision=revision, by=make.make_user("curator"), parts=[event.name], reason="So."
        )


def test_an_acceptance_that_contradicts_the_record_changes_nothing(case):
    """A drug's dose is proposed; meanwhile the event became a scan."""
    drug = make.make_event(case, 40, category="drug", label="Octreotide")
    cases.publish(case=case, by=None)
    number = list(case.events.order_by("position", "pk")).index(drug)
    revision = submit(change_event(make_proposal(case), number, dose=2, dose_unit="mg"))
    Event.objects.filter(pk=drug.pk).update(category="imaging")
    before = state_of(case)
    with pytest.raises(ValidationError, match="Only a drug event has a dose"):
        deciding.accept(revision=revision, by=make.make_user("curator"))
    assert state_of(case) == before


def test_a_row_that_is_gone_is_lost_and_said(case):
    revision = submit(change_event(make_proposal(case), 2, label="Another scan"))
    edits.remove_part(row=case.events.last(), words="Removed", by=None)
    (unit,) = Units(revision).all
    assert unit.state == "lost"
    with pytest.raises(ValidationError, match="not in the record any more"):
        deciding.accept(revision=revision, by=make.make_user("curator"))


def test_going_on_from_the_new_version_settles_what_changed(case):
    revision = change_event(make_proposal(case), label="Another scan")
    event = case.events.first()
    event.label = "Changed meanwhile"
    edits.save_rows(case=case, rows=[event], words="Changed", by=None)
    cases.publish(case=case, by=None)
    assert [unit.state for unit in sides_of(revision, revision.author).units.all] == ["conflict"]
    revision = revisions.renew(revision=revision, by=revision.author)
    assert revision.base_version == 2
    assert revision.changes[0]["before"] == {"label": "Changed meanwhile"}
    deciding.accept(revision=submit(revision), by=make.make_user("curator"))
    assert case.events.first().label == "Another scan"


def test_a_version_from_before_its_rows_were_kept_is_a_base_while_nothing_differs(case):
    PublishedRows.objects.all().delete()
    change_event(make_proposal(case), label="Another scan")
    event = case.events.first()
    event.label = "Changed meanwhile"
    edits.save_rows(case=case, rows=[event], words="Changed", by=None)
    with pytest.raises(ValidationError, match="once its next version is published"):
        change_event(make_proposal(case), label="Another scan")


def test_a_reference_that_was_merged_away_does_not_lock_its_citation(case):
    citation = Citation.objects.filter(case=case).exclude(event=None).first()
    kept = make.make_reference()
    csl = {**kept.csl}
    merging.merge(gone=citation.reference, kept=kept, csl=csl, by=None)
    sides = sides_of(make_proposal(case), make.make_user("researcher"))
    assert sides.base.locked == frozenset()
    assert kept.public_id in {row.id for row in sides.old.references}


def test_comments_are_told_to_the_others_and_bounded(case, monkeypatch):
    revision = submit(change_event(make_proposal(case), label="Another scan"))
    curator = make.make_user("curator")
    revisions.assign(revision=revision, to=curator, by=curator)
    revisions.comment(revision=revision, text="Which page?", by=curator)
    revisions.comment(revision=revision, text="Page 3.", by=revision.author)
    told = list(Notification.objects.order_by("pk").values_list("user", "words"))
    assert told == [
        (revision.author.pk, f"{curator} wrote: Which page?"),
        (curator.pk, f"{revision.author} wrote: Page 3."),
    ]
    monkeypatch.setattr(revisions, "MAX_COMMENTS", 2)
    with pytest.raises(ValidationError, match="at most 2 comments"):
        revisions.comment(revision=revision, text="More", by=curator)


def test_nobody_is_given_what_they_may_not_decide(case):
    revision = submit(change_event(make_proposal(case), label="Another scan"))
    curator = make.make_user("curator")
    with pytest.raises(ValidationError, match="somebody who decides"):
        revisions.assign(revision=revision, to=make.make_user("researcher"), by=curator)
    own = submit(change_event(make_proposal(case, curator), label="Another scan"))
    with pytest.raises(ValidationError, match="their own proposal"):
        revisions.assign(revision=own, to=curator, by=make.make_user("curator"))


@pytest.mark.parametrize("is_set_up", [True, False])
def test_mail_is_sent_where_it_is_set_up(
    case, settings, django_capture_on_commit_callbacks, is_set_up
):
    settings.DEFAULT_FROM_EMAIL = "casebase@example.org" if is_set_up else ""
    settings.MAIL_ON = is_set_up
    author = make.make_user("researcher", email="r@example.org")
    revision = submit(change_event(make_proposal(case, author), label="Another scan"))
    with django_capture_on_commit_callbacks(execute=True):
        deciding.reject(revision=revision, reason="No.", by=make.make_user("curator"))
    assert len(mail.outbox) == is_set_up


def test_an_acceptance_under_later_edits_is_not_taken_back_here(case):
    revision = submit(change_event(make_proposal(case), label="Another scan"))
    curator = make.make_user("curator")
    deciding.accept(revision=revision, by=curator)
    event = case.events.last()
    event.detail = "More."
    edits.save_rows(case=case, rows=[event], words="Changed", by=None)
    with pytest.raises(ValidationError, match="edited since"):
        deciding.undo_acceptance(revision=revision, by=curator)
    edits.undo(case=case, by=None)
    deciding.undo_acceptance(revision=revision, by=curator)
    revision.refresh_from_db()
    assert revision.state == "submitted"
