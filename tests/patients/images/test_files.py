"""What becomes of files: thrown away when nothing needs them, destroyed when privacy asks."""

import os
import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from literature.models import Purge
from patients.actions import cases, edits, image_files, images
from patients.document import checksum, from_builtins
from patients.images import storing
from patients.models import Case, CaseEdit, FindingImage, ImageFile
from patients.roles import CURATOR
from tests import make
from tests.patients.images.test_actions import attach, files_in, media, told

__all__ = ["media"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def by():
    return make.make_user(CURATOR)


def published(by):
    """A published case with one confirmed image in its one version."""
    case = make.make_published_case(events=1)
    image = attach(case.imagingfindings.get(), by=by)
    images.confirm(image=image, by=by)
    cases.publish(case=case, by=by)
    return case, image


def sweep(capture, **options):
    with capture(execute=True):
        return image_files.sweep(**options)


@pytest.fixture
def swept(django_capture_on_commit_callbacks):
    return lambda **options: sweep(django_capture_on_commit_callbacks, **options)


def later(days: int) -> None:
    """All edits are `days` days old."""
    CaseEdit.objects.update(at=timezone.now() - timedelta(days=days))
    CaseEdit.objects.exclude(undone_at=None).update(undone_at=timezone.now() - timedelta(days=days))


def test_what_a_record_shows_stays(swept, by, media):
    attach(by=by)
    later(900)
    assert swept() == image_files.Swept(0, 0, [])
    assert len(files_in(media)) == 2


def test_what_was_removed_stays_as_long_as_it_can_be_brought_back(swept, by, media):
    image = attach(by=by)
    images.remove(image=image, by=by)
    later(29)
    assert swept().rows == 0
    later(31)
    assert swept().rows == 1
    assert files_in(media) == []
    assert not ImageFile.objects.exists()
    with pytest.raises(ValidationError, match="the file of the image .* has been removed"):
        edits.undo(case=image.case, by=by)


def test_what_was_taken_back_and_overwritten_goes(swept, by, media):
    image = attach(by=by)
    edits.undo(case=image.case, by=by)
    assert swept().rows == 0
    edits.save_rows(case=image.case, rows=[make_summary(image.case)], words="Summary", by=by)
    assert swept().rows == 1
    assert files_in(media) == []


def make_summary(case):
    case = Case.objects.get(pk=case.pk)
    case.summary = "Told anew."
    return case


def test_what_a_version_holds_stays_for_ever(swept, by, media):
    case, image = published(by)
    images.remove(image=image, by=by)
    cases.publish(case=case, by=by)
    later(900)
    assert swept() == image_files.Swept(0, 0, [])
    assert len(files_in(media)) == 2


def test_files_without_an_image_go_once_they_are_old(swept, by, media):
    attach(by=by)
    stray = media / "images" / "00" / f"{'00' * 16}.png"
    stray.parent.mkdir()
    stray.write_bytes(b"left behind")
    assert swept().files == 0
    old = time.time() - 2 * storing.YOUNG
    os.utime(stray, (old, old))
    assert swept().files == 1
    assert len(files_in(media)) == 2


def test_files_that_are_missing_are_named(swept, by, capsys):
    image = attach(by=by)
    storing.path_of(image.file.name, "png", small=True).unlink()
    assert swept().missing == [image.public_id]
    call_command("sweep_images")
    told_of = capsys.readouterr()
    assert "Threw away 0 images and 0 files" in told_of.out
    assert image.public_id in told_of.err


def test_a_picture_is_destroyed_in_the_record_and_in_every_version(
    by, media, django_capture_on_commit_callbacks
):
    case, image = published(by)
    other = attach(case.imagingfindings.get(), caption="Another", by=by)
    images.confirm(image=other, by=by)
    cases.publish(case=case, by=by)
    with django_capture_on_commit_callbacks(execute=True):
        done = image_files.purge_image(public_id=image.public_id, by="The board", reason="A face")
    assert files_in(media) == [f"{other.file.name}-small.png", f"{other.file.name}.png"]
    with_it = [row for row in case.versions.order_by("number") if row.purged_at]
    assert [row.number for row in with_it] == [2, 3]
    for version in with_it:
        document = from_builtins(version.document)
        assert version.checksum == checksum(document)
        gone = document.imaging_findings[0].images[0]
        assert (gone.id, gone.removed, gone.caption, gone.credit) == (image.public_id, True, "", "")
    assert [row.removed for row in told(case)] == [True, False]
    last = from_builtins(with_it[1].document).imaging_findings[0].images
    assert [row.removed for row in last] == [True, False]
    assert (done.by, done.reason, len(done.places)) == ("The board", "A face", 3)
    file = ImageFile.objects.get(pk=image.file.pk)
    assert file.purged_at is not None
    assert file.confirmed_at is None
    with pytest.raises(ValidationError, match="removed to protect"):
        images.confirm(image=FindingImage.objects.get(pk=image.pk), by=by)
    with pytest.raises(ValidationError, match="destroyed before"):
        image_files.purge_image(public_id=image.public_id, by="The board", reason="A face")


def test_a_destroyed_picture_does_not_come_back_by_undoing(
    by, django_capture_on_commit_callbacks, media
):
    image = attach(by=by)
    images.remove(image=image, by=by)
    with django_capture_on_commit_callbacks(execute=True):
        image_files.purge_image(public_id=image.public_id, by="The board", reason="A face")
    edits.undo(case=image.case, by=by)
    assert [row.removed for row in told(image.case)] == [True]
    assert files_in(media) == []


def test_a_destroyed_picture_does_not_keep_a_case_from_being_published(by):
    case, image = published(by)
    image_files.purge_image(public_id=image.public_id, by="The board", reason="A face")
    from tests.patients.images.test_actions import images_check

    assert images_check(case, by).done


def test_the_command_says_what_it_needs(by, capsys):
    case, image = published(by)
    for said, refusal in (
        ([], "--by: say it"),
        (["--by", "The board"], "--reason: say it"),
        (["--by", "The board", "--reason", "A face"], "say --yes"),
    ):
        with pytest.raises(CommandError, match=refusal):
            call_command("purge_image", image.public_id, *said)
    assert not Purge.objects.exists()
    call_command("purge_image", image.public_id, "--by=The board", "--reason=A face", "--yes")
    assert "1 versions" not in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no image 0000000000"):
        call_command("purge_image", "0000000000", "--by=B", "--reason=A face", "--yes")
