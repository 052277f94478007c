"""Attaching images, confirming that they identify nobody, changing and removing them."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from patients.actions import cases, edits
from patients.images.limits import MAX_UPLOAD
from patients.models import FindingImage
from tests import make
from tests.constraints import update
from tests.pages.pictures import make_image, make_pictured_case, phantom
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
WORDS = {"caption": "Axial, arterial phase", "credit": "Drawn for tests, CC0"}
SEEN = {"no_text": "on", "no_face": "on"}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_file(content=None, name="phantom.png"):
    return SimpleUploadedFile(name, phantom() if content is None else content)


def finding_of(case):
    scan, lesion = make.make_event(case, 0, label="CT", category="imaging"), make.make_lesion(case)
    update(lesion, label="Mass")
    return make.make_finding(scan, lesion=lesion, modality="ct")


def as_curator(client, role="curator"):
    client.force_login(make.make_user(role))


def edit_page(image, step=""):
    tail = f"{step}/" if step else ""
    return f"/cases/{image.case.accession}/edit/images/{image.public_id}/{tail}"


def attach_page(finding):
    return f"/cases/{finding.case.accession}/edit/images/for/{finding.public_id}/"


def post_words(client, image, **words):
    page = client.get(edit_page(image)).content.decode()
    token = re.search(r'name="token" value="(\w+)"', page)[1]
    return client.post(edit_page(image), {"token": token, **words})


def test_an_image_is_attached_looked_at_and_confirmed(client):
    finding = finding_of(make.make_case())
    as_curator(client)
    text = text_of(client.get(attach_page(finding)).content.decode())
    assert "To the finding CT: Mass" in text
    assert "The picture is made anew." in text
    answer = client.post(attach_page(finding), {**WORDS, "upload": a_file()}, follow=True)
    image = FindingImage.objects.get(finding=finding)
    assert answer.redirect_chain == [(edit_page(image), 302)]
    page = answer.content.decode()
    assert "Confirm that it identifies nobody" in page
    assert page.count('type="checkbox"') == 2
    assert "checked" not in page
    assert f"/cases/{finding.case.accession}/images/{image.public_id}.png" in page
    refused = client.post(edit_page(image, "confirm"), {"no_text": "on"})
    assert refused.status_code == 422
    assert "Tick this once you have looked for a face" in text_of(refused.content.decode())
    image.file.refresh_from_db()
    assert not image.is_confirmed
    done = client.post(edit_page(image, "confirm"), SEEN)
    assert done["Location"].endswith(f"/images/#image-{image.public_id}")
    assert FindingImage.objects.get().is_confirmed


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({}, "id_upload", "Choose a file."),
        ({"upload": a_file(b"")}, "id_upload", "The file is empty."),
        (
            {"upload": a_file(b"<svg xmlns='http://example.org'/>")},
            "id_upload",
            "not a PNG",
        ),
        ({"upload": a_file(phantom()[:200])}, "id_upload", "broken or cut off"),
        ({"upload": a_file(), "caption": " "}, "id_caption", "Say what the image shows."),
        ({"upload": a_file(), "frame": "first"}, "id_frame", "Give a number, such as 12."),
        ({"upload": a_file(), "frame": "3"}, "id_frame", "This file holds one picture"),
        ({"upload": a_file(), "caption": "x" * 501}, "id_caption", "at most 500 characters"),
    ],
    ids=["no file", "empty", "an SVG", "cut off", "no caption", "no number", "frame", "too long"],
)
def test_a_refusal_names_the_field_and_keeps_what_was_typed(client, sent, field, words):
    finding = finding_of(make.make_case())
    as_curator(client)
    answer = client.post(attach_page(finding), {**WORDS, **sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    summary = re.search(r'<div class="error-summary".*?</div>', page, re.DOTALL)
    assert words in summary.group()
    assert f'href="#{field}"' in summary.group()
    assert WORDS["credit"] in page
    assert not FindingImage.objects.exists()


def test_a_refused_file_leaves_nothing_in_the_media_folder(client, settings):
    finding = finding_of(make.make_case())
    as_curator(client)
    client.post(attach_page(finding), {**WORDS, "upload": a_file(b"PK\x03\x04 not a picture")})
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_what_is_too_long_is_refused_before_it_is_read(client):
    finding = finding_of(make.make_case())
    as_curator(client)
    answer = client.post(
        attach_page(finding), b"", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(2 * 1024**3),
    )  # fmt: skip
    assert answer.status_code == 413
    assert f"{MAX_UPLOAD // 1024**2} MB at most" in text_of(answer.content.decode())


def test_the_token_of_the_form_is_checked():
    from django.test import Client

    finding = finding_of(make.make_case())
    client = Client(enforce_csrf_checks=True)
    as_curator(client)
    assert client.post(attach_page(finding), {**WORDS, "upload": a_file()}).status_code == 403
    assert not FindingImage.objects.exists()


def test_words_are_changed_and_a_confirmation_is_taken_back(client):
    _, (image, _) = make_pictured_case()
    as_curator(client)
    post_words(client, image, caption="Portal venous phase", credit="CC BY 4.0")
    image.refresh_from_db()
    assert (image.caption, image.credit) == ("Portal venous phase", "CC BY 4.0")
    refused = post_words(client, image, caption="", credit="kept")
    assert refused.status_code == 422
    assert 'value="kept"' in refused.content.decode()
    assert "Take the confirmation back" in client.get(edit_page(image)).content.decode()
    client.post(edit_page(image, "take-back"))
    assert not FindingImage.objects.get(pk=image.pk).is_confirmed


def test_words_that_somebody_else_changed_are_not_overwritten_unseen(client):
    _, (image, _) = make_pictured_case()
    as_curator(client)
    page = client.get(edit_page(image)).content.decode()
    token = re.search(r'name="token" value="(\w+)"', page)[1]
    update(image, caption="Theirs", credit="Their credit")
    mine = {"token": token, "caption": "Mine", "credit": "My credit"}
    answer = client.post(edit_page(image), mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "They are now “Theirs”, credit “Their credit”." in text_of(page)
    assert 'value="My credit"' in page
    image.refresh_from_db()
    assert image.caption == "Theirs"
    mine["token"] = re.search(r'name="token" value="(\w+)"', page)[1]
    assert client.post(edit_page(image), mine).status_code == 302
    image.refresh_from_db()
    assert image.caption == "Mine"


def test_words_that_may_identify_somebody_are_pointed_out(client):
    case, (image, _) = make_pictured_case()
    update(image, caption="Seen by Dr Nobody")
    as_curator(client)
    assert "may identify the patient" in client.get(edit_page(image)).content.decode()
    found = client.get(f"/cases/{case.accession}/identifying/").content.decode()
    assert f"{edit_page(image)}#id_caption" in found


def test_the_order_of_a_findings_images_is_changed(client):
    finding = finding_of(make.make_case())
    first, second, third = (make_image(finding) for _ in range(3))
    as_curator(client)
    client.post(edit_page(third, "move"), {"to": "up"})
    assert list(finding.images.all()) == [first, third, second]
    client.post(edit_page(first, "move"), {"to": "up"})
    assert list(finding.images.all()) == [first, third, second]
    client.post(edit_page(first, "move"), {"to": "down"})
    assert list(finding.images.all()) == [third, first, second]
    assert client.post(edit_page(first, "move"), {"to": "away"}).status_code == 404


def test_removing_asks_first_and_can_be_undone(client):
    case, (image, _) = make_pictured_case()
    as_curator(client)
    text = text_of(client.get(edit_page(image, "remove")).content.decode())
    assert "Versions that were published with it keep it" in text
    assert FindingImage.objects.filter(pk=image.pk).exists()
    client.post(edit_page(image, "remove"))
    assert not FindingImage.objects.filter(public_id=image.public_id).exists()
    edits.undo(case=case, by=make.make_user("curator"))
    assert FindingImage.objects.filter(public_id=image.public_id).exists()


def test_of_a_destroyed_image_only_the_row_can_be_taken_away(client):
    case, (image, _) = make_pictured_case()
    gone = make_image(image.finding, confirmed=False, purged=True)
    as_curator(client)
    page = client.get(f"/cases/{case.accession}/images/").content.decode()
    assert "This image was removed." in page
    assert edit_page(gone, "remove") in page
    page = client.get(edit_page(gone)).content.decode()
    assert "to protect somebody’s privacy" in page
    assert "Confirm" not in page
    assert f"{gone.public_id}.png" not in page
    client.post(edit_page(gone, "remove"))
    assert not FindingImage.objects.filter(public_id=gone.public_id).exists()


def test_an_image_of_another_case_is_not_there(client):
    _, (image, _) = make_pictured_case()
    other, _ = make_pictured_case()
    as_curator(client)
    path = f"/cases/{other.accession}/edit/images/{image.public_id}/"
    assert client.get(path).status_code == 404
    assert client.post(f"{path}remove/").status_code == 404


def test_the_page_of_all_images_says_where_to_attach_and_what_waits(client):
    case, (image, _) = make_pictured_case()
    waiting = make_image(image.finding, confirmed=False)
    as_curator(client)
    page = client.get(f"/cases/{case.accession}/images/").content.decode()
    assert page.count("/edit/images/for/") == 2
    assert page.count("Not confirmed yet.") == 1
    assert edit_page(waiting) in page
    empty = make.make_case()
    text = text_of(client.get(f"/cases/{empty.accession}/images/").content.decode())
    assert "this case has none yet. Write one in the editor" in text


def test_the_editor_leads_to_attaching_and_counts_images(client):
    case, (image, _) = make_pictured_case()
    finding = image.finding
    as_curator(client)
    key = f"finding-{finding.public_id}"
    page = client.get(f"/cases/{case.accession}/edit/?open={key}").content.decode()
    assert attach_page(finding) in page
    assert '<span class="note">1 image</span>' in page
    assert "with 1 image</small>" in page


def test_nobody_else_learns_of_these_pages(client):
    case, (image, _) = make_pictured_case()
    cases.publish(case=case, by=None)
    paths = [attach_page(image.finding), edit_page(image), edit_page(image, "remove")]
    for path in paths:
        assert client.get(path)["Location"].startswith("/accounts/login/")
    for role in ("clinician", "researcher"):
        as_curator(client, role)
        assert {client.get(path).status_code for path in paths} == {404}


def test_the_review_page_leads_to_what_nobody_has_looked_at(client):
    case, (image, _) = make_pictured_case()
    waiting = make_image(image.finding, confirmed=False)
    uncredited = make_image(image.finding, credit="")
    as_curator(client)
    page = client.get(f"/cases/{case.accession}/publish/").content.decode()
    assert edit_page(waiting) in page
    assert edit_page(uncredited) in page
    assert edit_page(image) not in page
    client.post(edit_page(waiting, "confirm"), SEEN)
    post_words(client, uncredited, **WORDS)
    page = client.get(f"/cases/{case.accession}/publish/").content.decode()
    assert "4 images are confirmed, with credit." in page
