"""Images over REST: sent as a form, told as in the document, confirmed by who looked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from patients.actions import images
from patients.images import process
from patients.images.limits import BESIDE_THE_FILE, MAX_UPLOAD, WAITING
from patients.models import FindingImage, ImageFile
from tests import make
from tests.api.client import Api, fields, problem
from tests.patients.images import making
from tests.patients.images.test_actions import media
from tests.patients.images.test_refusals import VAST

__all__ = ["media"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def send(client: Api, shown, data: bytes | None = None, **said):
    """A form as a browser or a program sends it; a field that is None is left out."""
    fields = {
        "finding": shown.public_id,
        "caption": "A dark spot",
        "credit": "Ours, CC BY 4.0",
        "file": SimpleUploadedFile("scan.png", making.png() if data is None else data),
        **said,
    }
    sent = {name: value for name, value in fields.items() if value is not None}
    return client.client.post("/api/v1/images/", sent)


def test_an_image_is_added_and_told_as_the_document_tells_it(api, records):
    curator = api("curator")
    response = send(curator, records.finding)
    assert response.status_code == 201, response.content
    told = response.json()
    assert told == {
        "id": told["id"], "case": records.case.accession, "finding": records.finding.public_id,
        "caption": "A dark spot", "credit": "Ours, CC BY 4.0", "ending": "png", "width": 40,
        "height": 30, "small_width": 40, "small_height": 30, "removed": False,
    }  # fmt: skip
    read = curator.get(response["Location"])
    assert (read.json(), read["ETag"]) == (told, response["ETag"])
    assert curator.get(f"imaging-findings/{records.finding.public_id}/").json()["images"] == [told]
    assert curator.results(f"images/?finding={records.finding.public_id}") == [told]
    assert curator.results("images/?finding=0000000000") == []
    problem(api().get(response["Location"]), 404)  # readers see it with the next version


def test_words_are_changed_with_the_state_they_were_read_in(api, records):
    curator, path = api("curator"), records.path("images")
    problem(curator.send("PATCH", path, {"caption": "Another"}), 428)
    response = curator.patch(path, caption="Another")
    assert (response.status_code, response.json()["caption"]) == (200, "Another")
    stale = curator.send("PATCH", path, {"caption": "Third"}, **{"If-Match": '"stale"'})
    problem(stale, 412)
    assert fields(curator.patch(path, caption="")) == {"caption"}
    assert fields(curator.patch(path, width=1)) == {"width"}


def test_it_is_taken_off_and_the_version_keeps_it(api, records):
    curator, path = api("curator"), records.path("images")
    assert curator.change("DELETE", path).status_code == 204
    problem(curator.get(path), 404)
    assert api().get(path).status_code == 200


def test_it_is_confirmed_and_taken_back(api, records):
    curator = api("curator")
    made = send(curator, records.finding, making.dicom(BurnedInAnnotation="YES")).json()
    path = f"images/{made['id']}/confirmation/"
    before = curator.get(path).json()
    assert before["confirmed_at"] is None
    assert (before["came_as"], before["says_burned_in"]) == ("DICOM", True)
    assert before["sha256"] == ImageFile.objects.get(public_id=made["id"]).sha256
    after = curator.post(path).json()
    assert after["confirmed_by"] == curator.user.get_username()
    assert curator.get(path).json() == after
    assert curator.post(f"{path}take-back/").json() == before
    assert fields(curator.post(path, {"sure": True})) == {"sure"}
    problem(curator.post("images/0000000000/confirmation/"), 404)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"caption": None}, "caption"),
        ({"caption": ""}, "caption"),
        ({"caption": "x" * 501}, "caption"),
        ({"credit": "x" * 301}, "credit"),
        ({"finding": "0000000000"}, "finding"),
        ({"finding": None}, "finding"),
        ({"file": None}, "file"),
        ({"file": "words"}, "file"),
        ({"frame": "0"}, "frame"),
        ({"frame": "first"}, "frame"),
        ({"frame": "2"}, "frame"),
        ({"wide": "1"}, "wide"),
        ({"caption": "a\x00b"}, "caption"),
    ],
)
def test_what_is_wrong_is_named_by_field(api, records, said, field):
    assert fields(send(api("curator"), records.finding, **said)) == {field}
    assert not FindingImage.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"no picture", "not a PNG, JPEG, TIFF or DICOM"),
        (making.png()[:40], "broken or cut off"),
        (VAST["PNG"], "60,000 × 60,000"),
    ],
)
def test_a_file_that_is_refused_says_why(api, records, data, words):
    body = problem(send(api("curator"), records.finding, data), 400)
    assert [error["field"] for error in body["errors"]] == ["file"]
    assert words in body["errors"][0]["detail"]
    assert not ImageFile.objects.exists()


def test_which_picture_is_asked_for(api, records):
    pages = making.written(
        making.grey(), "TIFF", save_all=True, append_images=[making.grey(20, 10)]
    )
    curator = api("curator")
    body = problem(send(curator, records.finding, pages), 400)
    assert body["errors"] == [
        {"field": "frame", "detail": "This file holds 2 pictures: say which one, from 1 to 2."}
    ]
    assert send(curator, records.finding, pages, frame="2").json()["width"] == 20


def test_too_long_a_body_is_not_read(api, records):
    client = api("curator").client
    response = client.post(
        "/api/v1/images/",
        b"x",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(2 * 1024**3),
    )
    assert "64 MB at most" in problem(response, 413)["detail"]
    assert MAX_UPLOAD + BESIDE_THE_FILE < 2 * 1024**3


def test_only_a_form_is_read(api, records):
    problem(api("curator").post("images/", {"caption": "A"}), 415)
    broken = api("curator").client.post(
        "/api/v1/images/", b"no form", content_type="multipart/form-data; boundary=x"
    )
    problem(broken, 400)


def test_where_too_many_are_read_nothing_is_lost(api, records):
    taken = [process._waiting.acquire(blocking=False) for _ in range(WAITING + 1)]
    try:
        body = problem(send(api("curator"), records.finding), 503)
    finally:
        for _ in taken:
            process._waiting.release()
    assert "Nothing is lost" in body["detail"]


def test_a_destroyed_picture_is_told_as_that(api, records):
    from patients.actions.image_files import purge_image

    curator, path = api("curator"), records.path("images")
    purge_image(public_id=records.image.public_id, by="The board", reason="A face")
    for client in (curator, api()):
        told = client.get(path).json()
        assert (told["removed"], told["caption"], told["credit"]) == (True, "", "")
    assert fields(curator.post(f"{path}confirmation/")) == {""}
    assert curator.get(f"{path}confirmation/").json()["removed"] is True


def test_an_image_that_went_while_it_was_looked_at(api, records):
    curator = api("curator")
    made = send(curator, records.finding).json()
    images.remove(
        image=FindingImage.objects.get(public_id=made["id"]), by=make.make_user("curator")
    )
    problem(curator.post(f"images/{made['id']}/confirmation/"), 404)
