"""`visible_to` of every kind of record: what each user is given, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from literature.models import OtherIdentifier, Reference
from literature.querysets import holders_of
from patients.actions import cases
from patients.models import (
    Case,
    CaseVersion,
    ImageFile,
    ListedItem,
    Listing,
    Patient,
    Revision,
    SavedComparison,
)
from patients.querysets import audience_of, decides_revisions, sees_unpublished
from patients.vocabulary import Audience, ItemKind
from tests import make
from tests.constraints import update
from tests.pages.pictures import make_image
from tests.patients.comparison_breaks import make_comparison

pytestmark = pytest.mark.django_db


def closed(role: str) -> Any:
    user = make.make_user(role)
    user.is_active = False
    user.save()
    return user


@pytest.mark.parametrize(
    ("role", "sees"),
    [("", False), ("clinician", False), ("researcher", False), ("curator", True), ("admin", True)],
)
def test_who_works_on_records_sees_them(role, sees):
    user = make.make_user(role)
    assert sees_unpublished(user) is sees
    assert decides_revisions(user) is sees
    assert audience_of(user) == (Audience.WORKING if sees else Audience.PUBLIC)
    assert sees_unpublished(closed(role)) is False
    assert decides_revisions(closed(role)) is False


def test_nobody_sees_nothing_hidden():
    assert sees_unpublished(AnonymousUser()) is False
    assert decides_revisions(AnonymousUser()) is False
    assert audience_of(AnonymousUser()) == Audience.PUBLIC


def test_every_kind_of_record_with_this_verb_is_tried_here_or_there():
    """A new one is seen by this list."""
    kinds = {
        model.__name__
        for model in apps.get_models()
        if hasattr(model._default_manager, "visible_to")
    }
    parts = {
        "Citation", "Event", "FindingImage", "ImagingFinding", "LaboratoryResult", "Lesion",
        "Measurement",
    }  # fmt: skip
    here = {
        "Case", "CaseVersion", "ImageFile", "ListedItem", "Listing", "Patient", "Revision",
        "SavedComparison",
    }  # fmt: skip
    elsewhere = {"Import", "SavedSearch", "Notification"}
    assert kinds - parts - elsewhere == here


def test_readers_are_given_rows_of_published_cases_alone():
    shown, draft = make.make_published_case(), make.make_case(title="A draft")
    cases.refresh(case=draft)
    reader, curator = AnonymousUser(), make.make_user("curator")
    for rows, of in ((Case.objects, "pk"), (Patient.objects, "cases"), (Listing.objects, "case")):
        assert set(rows.visible_to(reader).values_list(of, flat=True)) == {shown.pk}
        assert set(rows.visible_to(curator).values_list(of, flat=True)) == {shown.pk, draft.pk}
    update(shown, status="withdrawn")
    for rows in (Case.objects, Patient.objects, Listing.objects, CaseVersion.objects,
                 ListedItem.objects):  # fmt: skip
        assert not rows.visible_to(reader).exists()
        assert rows.visible_to(curator).exists()


def test_lists_are_those_of_ones_audience():
    shown = make.make_published_case()
    reader, curator = AnonymousUser(), make.make_user("curator")
    for user, audience in ((reader, Audience.PUBLIC), (curator, Audience.WORKING)):
        listings = Listing.objects.visible_to(user)
        assert {row.audience for row in listings} == {audience}
        items = ListedItem.objects.visible_to(user).select_related("listing")
        assert {item.listing.audience for item in items} == {audience}
    kinds = ListedItem.objects.visible_to(reader).of_kind(ItemKind.EVENT)
    assert {item.kind for item in kinds} == {ItemKind.EVENT}
    assert kinds.count() == shown.events.count()


def test_what_cites_a_reference():
    shown = make.make_published_case()
    citation = shown.citations.first()
    found = ListedItem.objects.visible_to(AnonymousUser()).citing(citation.reference)
    assert found.exists()
    assert {item.kind for item in found} == {ItemKind.CITATION}
    assert {item.reference_id for item in found} == {citation.reference_id}
    assert not ListedItem.objects.citing(make.make_reference()).exists()


def test_versions_of_published_cases_and_the_current_one():
    shown = make.make_published_case()
    update(shown, title="Another title")
    shown.refresh_from_db()
    cases.publish(case=shown, by=None)
    assert CaseVersion.objects.visible_to(AnonymousUser()).count() == 2
    assert [version.number for version in shown.versions.current()] == [2]


def test_pictures_are_seen_once_they_are_confirmed_and_published():
    shown = make.make_published_case()
    finding = shown.imagingfindings.first()
    confirmed, waiting = make_image(finding), make_image(finding, confirmed=False)
    destroyed = make_image(finding, confirmed=False, purged=True)
    reader, curator = AnonymousUser(), make.make_user("curator")

    def seen(user: Any) -> set[int]:
        return set(ImageFile.objects.visible_to(user).values_list("pk", flat=True))

    everything = {image.file_id for image in (confirmed, waiting, destroyed)}
    assert (seen(reader), seen(curator)) == (set(), everything), "no version holds them yet"
    cases.publish(case=shown, by=None)
    assert seen(reader) == {confirmed.file_id, destroyed.file_id}
    assert seen(curator) == everything
    confirmed.delete()
    assert seen(reader) == {confirmed.file_id, destroyed.file_id}, "the version still holds it"
    assert seen(curator) == everything
    update(shown, status="withdrawn")
    assert seen(reader) == set()
    assert seen(curator) == everything


def test_a_picture_that_nothing_holds_is_nobodys():
    draft = make.make_finding()
    image = make_image(draft)
    image.delete()
    assert not ImageFile.objects.visible_to(make.make_user("curator")).exists()


def test_proposals_are_ones_own_and_those_who_decide_see_what_was_handed_in():
    shown = make.make_published_case()
    author, other = make.make_user("researcher"), make.make_user("researcher")
    curator = make.make_user("curator")
    begun = Revision.objects.create(case=shown, author=author, kind="correction")
    handed_in = Revision.objects.create(
        case=shown, author=author, kind="correction", submitted_at=timezone.now(), state="submitted"
    )
    own = Revision.objects.create(case=shown, author=curator, kind="correction")

    def seen(user: Any) -> set[int]:
        return set(Revision.objects.visible_to(user).values_list("pk", flat=True))

    assert seen(author) == {begun.pk, handed_in.pk}
    assert seen(other) == set()
    assert seen(curator) == {handed_in.pk, own.pk}
    assert seen(AnonymousUser()) == set()
    assert seen(closed("curator")) == set()


def test_saved_comparisons_are_ones_own_whatever_else_one_may():
    mine, theirs = make_comparison(), make_comparison()
    assert set(SavedComparison.objects.visible_to(mine.owner)) == {mine}
    assert set(SavedComparison.objects.visible_to(theirs.owner)) == {theirs}
    assert not SavedComparison.objects.visible_to(make.make_user("admin")).exists()
    assert not SavedComparison.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize(
    ("kind", "held", "asked"),
    [
        ("DOI", "10.5555/abc", "10.5555/ABC"),
        ("PMID", "123", "123"),
        ("PMCID", "PMC123", "PMC123"),
    ],
)
def test_a_reference_is_found_by_its_own_and_by_taken_over_identifiers(kind, held, asked):
    own = make.make_reference({kind: held})
    assert list(Reference.objects.with_identifier({kind: asked})) == [own]
    assert holders_of({kind: asked}) == []
    Reference.objects.filter(pk=own.pk).delete()
    kept = make.make_reference()
    OtherIdentifier.objects.create(reference=kept, kind=kind, value=held)
    assert holders_of({kind: asked}) == [kept.pk]
    assert list(Reference.objects.with_identifier({kind: asked})) == [kept]
    assert holders_of({"title": asked}) == []
    assert not Reference.objects.with_identifier({"title": asked}).exists()
