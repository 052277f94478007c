"""The images of a case: on its page, all of them, and two side by side."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patients.actions import cases
from tests import make
from tests.constraints import update
from tests.pages.pictures import make_image, make_pictured_case
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


def gallery(case, tail=""):
    return f"/cases/{case.accession}/images/{tail}"


def published(**changes):
    case, images = make_pictured_case(**changes)
    cases.publish(case=case, by=None)
    return case, images


def pair_of(case, before, after):
    return gallery(case, f"compare/?before={before.public_id}&after={after.public_id}")


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_a_case_without_images_has_no_word_of_them(client):
    case = make.make_published_case()
    page = client.get(f"/cases/{case.accession}/").content.decode()
    assert "images" not in page
    assert "pictures" not in page
    text = text_of(client.get(gallery(case)).content.decode())
    assert "This case has no images." in text
    assert "Attach" not in text


def test_small_pictures_stand_at_their_findings_and_say_what_they_show(client):
    case, (first, last) = published()
    page = client.get(f"/cases/{case.accession}/").content.decode()
    assert page.count('loading="lazy"') == 2
    assert f"/cases/{case.accession}/images/{first.public_id}-small.png" in page
    assert f'alt="CT, day 0, Mass: {first.caption}, 62 mm."' in page
    assert page.count('width="160" height="120"') == 2
    before, after = first.public_id, last.public_id
    assert f"images/compare/?before={before}&amp;after={after}" in page


def test_the_images_of_a_case_stand_by_lesion(client):
    case, images = published()
    answer = client.get(gallery(case))
    text = text_of(answer.content.decode())
    assert "First and latest, side by side : Mass" in text
    for image in images:
        assert image.caption in text
        assert image.credit in text
    assert "Attach" not in text
    assert "confirm" not in text


def test_two_side_by_side_say_what_lies_between(client):
    case, (first, last) = published()
    answer = client.get(pair_of(case, first, last))
    assert answer.status_code == 200
    text = text_of(answer.content.decode())
    assert "Mass, side by side" in text
    assert text.index("Earlier study") < text.index("Later study")
    assert "−23 %, longest diameter 62 mm → 48 mm" in text
    assert "Treatment begun between the two Embolisation" in text
    assert "do not line up by themselves" in text
    assert "A pale mass" in text
    assert f"before={last.public_id}&amp;after={first.public_id}" in answer.content.decode()


def test_the_pair_offered_first_is_shown_where_none_is_asked_for(client):
    case, (first, last) = published()
    page = client.get(gallery(case, "compare/")).content.decode()
    shown = re.findall(r'class="side-picture" href="[^"]*/(\w+)\.png"', page)
    assert shown == [first.public_id, last.public_id]


def test_turned_round_is_said(client):
    case, (first, last) = published()
    text = text_of(client.get(pair_of(case, last, first)).content.decode())
    assert "Turned round: the later study comes first." in text
    assert text.index("Later study") < text.index("Earlier study")
    assert "−23 %" in text


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("?before={first}", 400, "The second image is not chosen."),
        ("?before={first}&after=", 400, "The second image is not chosen."),
        ("?before={first}&after={first}", 400, "Both are the same image."),
        ("?before={first}&after=ZZZZZZZZZZ", 404, "The second image, ZZZZZZZZZZ, is not one"),
        ("?before=%00&after=%FF", 404, "is not one of this case."),
        ("?before={other}&after={first}", 404, "is not one of this case."),
    ],
)
def test_what_cannot_be_shown_is_said(client, asked, status, words):
    case, (first, _) = published()
    _, (other, _) = published()
    asked = asked.format(first=first.public_id, other=other.public_id)
    answer = client.get(gallery(case, f"compare/{asked}"))
    assert answer.status_code == status
    page = answer.content.decode()
    assert words in text_of(page)
    assert f'<option value="{first.public_id}"' in page


def test_pictures_of_two_lesions_can_be_compared_and_it_is_said(client):
    case, (first, _) = make_pictured_case()
    scan = case.events.get(label="Second CT")
    other = make.make_finding(scan, lesion=make.make_lesion(case, label="Nodule"))
    image = make_image(other)
    cases.publish(case=case, by=None)
    text = text_of(client.get(pair_of(case, first, image)).content.decode())
    assert "These images show different lesions: Mass and Nodule." in text
    assert "Change in size" not in text


def test_a_version_shows_its_own_images(client):
    case, (first, last) = published()
    last.delete()
    cases.publish(case=case, by=None)
    old = f"/cases/{case.accession}/v/1/"
    assert last.public_id in client.get(old).content.decode()
    assert last.public_id not in client.get(f"/cases/{case.accession}/").content.decode()
    assert last.caption in client.get(f"{old}images/").content.decode()
    asked = f"compare/?before={first.public_id}&after={last.public_id}"
    page = client.get(f"{old}images/{asked}").content.decode()
    assert f'href="{old}#finding-' in page
    assert client.get(gallery(case, asked)).status_code == 404


def test_a_picture_that_is_not_confirmed_any_more_leaves_a_sentence(client):
    case, (first, last) = make_pictured_case()
    cases.publish(case=case, by=None)
    update(last.file, confirmed_at=None)
    for path in (f"/cases/{case.accession}/", gallery(case)):
        page = client.get(path).content.decode()
        assert "This image was removed." in page
        assert f"{last.public_id}-small" not in page
    assert client.get(pair_of(case, first, last)).status_code == 410


def test_a_version_that_a_browser_keeps_is_sent_anew_when_a_picture_is_taken_back(client):
    case, (_, last) = published()
    path = f"/cases/{case.accession}/v/1/"
    etag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    update(last.file, confirmed_at=None)
    answer = client.get(path, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "This image was removed." in answer.content.decode()


def test_queries_do_not_grow_with_pictures(client):
    few, _ = published()
    many, images = make_pictured_case()
    for image in images:
        for _ in range(4):
            make_image(image.finding)
    cases.publish(case=many, by=None)
    for case in (few, many):  # the version, and which of its pictures may still be seen
        for tail in ("images/", "images/compare/"):
            assert queries(client, f"/cases/{case.accession}/{tail}") == 2
        # What is prepared, the version, cases like it; its pictures twice: for its tag, to show.
        assert queries(client, f"/cases/{case.accession}/") == 5
    client.force_login(make.make_user("curator"))
    for tail in ("images/", "images/compare/", ""):
        one, other = (f"/cases/{case.accession}/{tail}" for case in (few, many))
        assert queries(client, one) == queries(client, other)


def test_draft_and_withdrawn_cases_show_nothing_to_readers(client):
    draft, _ = make_pictured_case()
    gone, images = published()
    cases.withdraw(case=gone, by=None, reason="The authors asked for it.")
    for tail in ("images/", "images/compare/", "v/1/images/", "v/1/images/compare/"):
        assert client.get(f"/cases/{draft.accession}/{tail}").status_code == 404
        answer = client.get(f"/cases/{gone.accession}/{tail}")
        assert answer.status_code == 410
        assert images[0].caption not in answer.content.decode()
    client.force_login(make.make_user("curator"))
    assert client.get(gallery(draft)).status_code == 200
    assert client.get(f"/cases/{gone.accession}/v/1/images/").status_code == 200
