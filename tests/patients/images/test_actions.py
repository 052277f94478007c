"""Attaching, describing, moving, confirming and removing: rows and files go together."""

import os
import random
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from patients.actions import cases, edits, images, records
from patients.document import build_document
from patients.images import storing
from patients.images.limits import MAX_UPLOAD
from patients.images.refusals import BrokenError, RefusedError, TooLargeError
from patients.models import Case, CaseEdit, FindingImage, ImageFile
from patients.publishing import checks_of
from patients.roles import CLINICIAN, CURATOR, RESEARCHER
from tests import make
from tests.patients.images import making
from tests.patients.images.test_mutated import mutated, whole
from tests.patients.images.test_refusals import VAST

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(data: bytes = b"", name: str = "scan.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or making.png())


def attach(finding=None, data: bytes = b"", **changes):
    said = {"caption": "A dark spot", "credit": "Ours, CC BY 4.0", **changes}
    said.setdefault("by", make.make_user(CURATOR))
    return images.attach(finding=finding or make.make_finding(), upload=upload(data), **said)


def files_in(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def told(case: Case) -> list:
    document = build_document(Case.objects.with_timeline().get(pk=case.pk))
    return [image for finding in document.imaging_findings for image in finding.images]


def test_an_image_is_stored_anew_and_told_by_the_document(media):
    image = attach(data=making.jpeg(comment=b"Nobody"))
    file = image.file
    assert files_in(media) == [f"{file.name}-small.jpg", f"{file.name}.jpg"]
    kept = storing.path_of(file.name, "jpg")
    assert b"Nobody" not in kept.read_bytes()
    assert (file.came_as, file.size) == ("JPEG", kept.stat().st_size)
    [data] = told(image.case)
    assert (data.id, data.caption, data.credit) == (
        image.public_id,
        "A dark spot",
        "Ours, CC BY 4.0",
    )
    assert (data.ending, data.width, data.height) == ("jpg", 40, 30)
    assert file.name not in repr(data)


def test_nobody_else_may_look_into_the_folder(media):
    attach()
    for path in media.joinpath("images").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize("role", ["", CLINICIAN, RESEARCHER])
def test_who_may_not_is_refused_before_anything_is_read(media, role):
    user = make.make_user(role)
    with pytest.raises(PermissionDenied):
        attach(by=user)
    image = attach()
    for act in (images.confirm, images.take_back, images.remove):
        with pytest.raises(PermissionDenied):
            act(image=image, by=user)
    with pytest.raises(PermissionDenied):
        images.describe(image=image, caption="B", credit="C", by=user)
    with pytest.raises(PermissionDenied):
        images.move(image=image, to=0, by=user)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"caption": "  "}, "caption"),
        ({"caption": "x" * 501}, "caption"),
        ({"credit": "x" * 301}, "credit"),
    ],
)
def test_words_are_checked_by_field(media, changes, field):
    with pytest.raises(ValidationError) as refused:
        attach(**changes)
    assert list(refused.value.message_dict) == [field]
    assert files_in(media) == []


def test_of_what_is_refused_nothing_stays(media):
    dice = random.Random(4)
    finding, by = make.make_finding(), make.make_user(CURATOR)
    refused = 0
    damaged = [mutated(data, dice)[:-40] for data in whole()[::2]]
    for data in [b"no picture", VAST["DICOM"], *damaged]:
        try:
            attach(finding, data, by=by)
        except RefusedError:
            refused += 1
    kept = ImageFile.objects.count()
    assert refused >= 5
    assert refused + kept == len(damaged) + 2
    assert FindingImage.objects.count() == kept
    assert len(files_in(media)) == 2 * kept
    assert CaseEdit.objects.count() == kept


def test_too_many_bytes_are_not_read(media):
    class Vast:
        size = 2 * 1024**3

        def read(self):
            raise AssertionError("nothing of it may be read")

    with pytest.raises(TooLargeError):
        images.attach(
            finding=make.make_finding(), upload=Vast(), caption="A", credit="",
            by=make.make_user(CURATOR),
        )  # fmt: skip
    assert Vast.size > MAX_UPLOAD


def test_an_empty_file_is_refused(media):
    with pytest.raises(BrokenError, match="empty"):
        images.attach(
            finding=make.make_finding(), upload=SimpleUploadedFile("scan.png", b""), caption="A",
            credit="", by=make.make_user(CURATOR),
        )  # fmt: skip


def test_where_the_row_cannot_be_written_the_files_go(media):
    finding = make.make_finding()
    case = finding.case
    by = make.make_user(CURATOR)
    type(finding).objects.filter(pk=finding.pk).delete()
    with pytest.raises(ValidationError), transaction.atomic():
        attach(finding, by=by)
    assert files_in(media) == []
    assert not ImageFile.objects.filter(case=case).exists()


def test_where_a_file_cannot_be_written_none_stays(media, monkeypatch):
    place = media / "images"
    place.mkdir(mode=0o700)
    monkeypatch.setattr(storing.secrets, "token_hex", lambda size: "ab" * size)
    (place / "ab").mkdir()
    (place / "ab" / f"{'ab' * 16}-small.png").write_bytes(b"another")
    with pytest.raises(FileExistsError):
        attach()
    assert ImageFile.objects.count() == 0
    assert f"{'ab' * 16}.png" not in files_in(media)


def test_images_stand_in_their_order_and_can_be_moved(media):
    finding, by = make.make_finding(), make.make_user(CURATOR)
    one, two, three = (attach(finding, caption=name, by=by) for name in "ABC")
    assert [image.caption for image in told(finding.case)] == ["A", "B", "C"]
    images.move(image=three, to=0, by=by)
    assert [image.caption for image in told(finding.case)] == ["C", "A", "B"]
    edits.undo(case=finding.case, by=by)
    assert [image.caption for image in told(finding.case)] == ["A", "B", "C"]
    with pytest.raises(ValidationError):
        images.move(image=one, to=3, by=by)


def test_every_edit_can_be_taken_back_and_done_again(media):
    by = make.make_user(CURATOR)
    image = attach(by=by)
    case = image.case
    images.describe(image=image, caption="Another", credit="", by=by)
    images.remove(image=image, by=by)
    assert told(case) == []
    edits.undo(case=case, by=by)
    [back] = told(case)
    assert (back.id, back.caption) == (image.public_id, "Another")
    edits.undo(case=case, by=by)
    assert told(case)[0].caption == "A dark spot"
    edits.undo(case=case, by=by)
    assert told(case) == []
    for _ in range(2):
        edits.redo(case=case, by=by)
    assert told(case)[0].caption == "Another"
    assert [edit.words for edit in edits.edits_of(case)] == [
        "Removed the image “Another”",
        "Described the image “Another”",
        "Attached the image “A dark spot”",
    ]


def test_a_finding_takes_its_images_along_and_brings_them_back(media):
    by = make.make_user(CURATOR)
    image = attach(by=by)
    images.confirm(image=image, by=by)
    edits.remove_part(row=image.finding, words="Removed a finding", by=by)
    assert not FindingImage.objects.exists()
    assert len(files_in(media)) == 2
    edits.undo(case=image.case, by=by)
    assert FindingImage.objects.get().is_confirmed


def test_an_event_takes_them_along_too(media):
    by = make.make_user(CURATOR)
    image = attach(by=by)
    edits.remove_part(row=image.finding.event, words="Removed an event", by=by)
    edits.undo(case=image.case, by=by)
    assert [row.id for row in told(image.case)] == [image.public_id]


def test_confirming_is_no_edit_and_makes_nobody_a_writer(media):
    image, by = attach(), make.make_user(CURATOR)
    before = CaseEdit.objects.count()
    file = images.confirm(image=image, by=by)
    assert (file.confirmed_by, file.confirmed_at is not None) == (by, True)
    images.confirm(image=image, by=make.make_user(CURATOR))
    file.refresh_from_db()
    assert file.confirmed_by == by
    assert CaseEdit.objects.count() == before
    assert not image.case.writers.filter(user=by).exists()
    file = images.take_back(image=image, by=by)
    assert (file.confirmed_at, file.confirmed_by) == (None, None)


def test_what_is_gone_cannot_be_confirmed(media):
    image, by = attach(), make.make_user(CURATOR)
    images.remove(image=image, by=by)
    with pytest.raises(ValidationError, match="removed meanwhile"):
        images.confirm(image=image, by=by)


def images_check(case, user):
    return next(row for row in checks_of(case, user) if row.key == "images")


def test_publishing_asks_that_each_is_confirmed_and_credited(media):
    by = make.make_user(CURATOR)
    finding = make.make_finding()
    case = finding.case
    assert images_check(case, by).says == ["There are no images in this case."]
    one, two = attach(finding, credit="", by=by), attach(finding, caption="Another", by=by)
    images.confirm(image=two, by=by)
    check = images_check(case, by)
    assert (check.done, check.place) == (False, "images")
    assert check.says == [
        "“A dark spot”: nobody has confirmed yet that it identifies nobody.",
        "“A dark spot”: say whose picture it is, and what allows it to be shown.",
    ]
    images.confirm(image=one, by=by)
    images.describe(image=one, caption="A dark spot", credit="Ours", by=by)
    check = images_check(case, by)
    assert (check.done, check.says) == (True, ["2 images are confirmed, with credit."])


def test_a_draft_goes_with_its_images(media, django_capture_on_commit_callbacks):
    image, other = attach(), attach()
    cases.refresh(case=image.case)
    with django_capture_on_commit_callbacks(execute=True):
        records.remove_draft(case=image.case, by=None)
    assert list(ImageFile.objects.all()) == [other.file]
    assert files_in(media) == [f"{other.file.name}-small.png", f"{other.file.name}.png"]


def test_the_folder_is_made_ready_or_the_site_does_not_start(media, settings):
    storing.make_ready()
    place = media / "images"
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    place.chmod(0o755)
    storing.make_ready()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert files_in(media) == []
    (media / "a file").write_text("in the way")
    settings.MEDIA_ROOT = media / "a file"
    with pytest.raises(ImproperlyConfigured, match="Set CASEBASE_MEDIA"):
        storing.make_ready()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to(media, settings):
    closed = media / "closed"
    closed.mkdir(mode=0o500)
    settings.MEDIA_ROOT = closed
    with pytest.raises(ImproperlyConfigured):
        storing.make_ready()
