"""Images in proposals: who proposes attaches none, but may propose to take a finding away."""

import pytest

from patients.actions import cases, edits, images, revisions, revisions_deciding
from patients.models import FindingImage, ImagingFinding, Revision
from patients.revisions.overlay import laid_over
from patients.revisions.units import Units
from patients.roles import CURATOR, RESEARCHER
from tests import make
from tests.patients.images.test_actions import attach, media, told
from tests.patients.images.test_files import published

__all__ = ["media"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def by():
    return make.make_user(CURATOR)


def proposed_without_its_finding(image: FindingImage) -> Revision:
    author = make.make_user(RESEARCHER)
    revision = revisions.begin(case=image.case, by=author)
    with laid_over(revision, author) as overlaid:
        finding = ImagingFinding.objects.get(pk=image.finding_id)
        edits.remove_part(row=finding, words="Removed a finding", by=author)
    revision = revisions.keep(revision=revision, log=overlaid.log, by=author)
    return revisions.submit(revision=revision, by=author, comment="It is of another patient.")


def test_a_finding_is_proposed_away_with_its_images(by):
    case, image = published(by)
    revision = proposed_without_its_finding(image)
    assert [row.id for row in told(case)] == [image.public_id]
    units = Units(revision)
    titles = [unit.title for unit in units.all]
    assert any(title.startswith("Image “A dark spot”") for title in titles), titles
    said = [field.label for unit in units.all for field in unit.fields]
    assert {"Caption", "Credit"} <= set(said)
    assert "File" not in said
    revisions_deciding.accept(revision=revision, by=by, seen=units.token)
    assert told(case) == []


def test_who_proposes_starts_from_the_images_that_were_published(by):
    """The working record has lost one and gained another since."""
    case, image = published(by)
    images.remove(image=image, by=by)
    attach(case.imagingfindings.get(), caption="Not published", by=by)
    author = make.make_user(RESEARCHER)
    revision = revisions.begin(case=case, by=author)
    with laid_over(revision, author) as overlaid:
        shown = [row.caption for row in FindingImage.objects.filter(case=overlaid.case)]
    assert shown == ["A dark spot"]
    assert [row.caption for row in told(case)] == ["Not published"]
    cases.publish(case=case, by=by)
