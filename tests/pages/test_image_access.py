"""Who is given a picture: every role, by every path, in every state of its case (Shows 3)."""

import itertools

import pytest
from django.urls import reverse

from patients.actions import cases, image_files, images
from patients.images import storing
from patients.models import Case
from patients.roles import ADMIN, CLINICIAN, CURATOR, RESEARCHER
from patients.vocabulary import Status
from tests import make
from tests.patients.images.test_actions import attach, media

__all__ = ["media"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
WORKING = (CURATOR, ADMIN)
OTHERS = ("", CLINICIAN, RESEARCHER)


class Pictured:
    """One case with a confirmed image, in any state."""

    def __init__(self) -> None:
        by = make.make_user(CURATOR)
        self.by = by
        self.case = make.make_case()
        make.make_source(self.case)
        make.make_timeline(self.case, events=1)
        self.image = attach(self.case.imagingfindings.get(), by=by)
        images.confirm(image=self.image, by=by)

    def move_to(self, state: str) -> None:
        match state:
            case "in review":
                Case.objects.filter(pk=self.case.pk).update(status=Status.IN_REVIEW)
            case "published" | "withdrawn":
                cases.publish(case=self.case, by=self.by)
        if state == "withdrawn":
            cases.withdraw(case=self.case, by=self.by)

    def paths(self) -> dict[str, str]:
        return {name: self.path(name) for name in ("large", "small", "other ending")}

    def path(self, name: str) -> str:
        ending = "jpg" if name == "other ending" else "png"
        route = "case-image-small" if name == "small" else "case-image"
        return reverse(
            f"patients:{route}", args=[self.case.accession, self.image.public_id, ending]
        )

    def by_disk(self) -> list[str]:
        """Addresses that somebody might try who knows where files are kept."""
        kept = storing.path_of(self.image.file.name, "png")
        tail = f"{kept.parent.name}/{kept.name}"
        starts = ("media/images/", "images/", "media/", "static/images/", "static/../media/images/")
        return [f"/{start}{tail}" for start in starts]


@pytest.fixture
def pictured():
    return Pictured()


def asked(client, path: str, user=None):
    client.logout()
    if user is not None:
        client.force_login(user)
    answer = client.get(path)
    return answer, answer.content


@pytest.mark.parametrize("state", ["draft", "in review", "published", "withdrawn"])
def test_every_role_by_every_path(client, pictured, state):
    pictured.move_to(state)
    kept = {
        small: storing.path_of(pictured.image.file.name, "png", small=small).read_bytes()
        for small in (False, True)
    }
    hidden = 410 if state == "withdrawn" else 404
    for role in (*OTHERS, *WORKING):
        user = make.make_user(role) if role else None
        sees = role in WORKING or state == "published"
        for name in ("large", "small"):
            answer, body = asked(client, pictured.path(name), user)
            assert answer.status_code == (200 if sees else hidden), (role, name)
            assert (body == kept[name == "small"]) is sees, (role, name)
        answer, body = asked(client, pictured.path("other ending"), user)
        assert answer.status_code == (410 if state == "withdrawn" else 404), role
        for path in pictured.by_disk():
            answer, body = asked(client, path, user)
            assert answer.status_code == 404, (role, path)
            assert body not in kept.values()


@pytest.mark.parametrize("state", ["draft", "in review"])
def test_what_is_hidden_is_as_what_is_not_there(client, pictured, state):
    pictured.move_to(state)
    _, hidden = asked(client, pictured.path("large"))
    nothing = "0" * 10
    path = reverse("patients:case-image", args=[pictured.case.accession, nothing, "png"])
    _, missing = asked(client, path)
    assert hidden == missing
    other = reverse("patients:case-image", args=["CB-0000000", nothing, "png"])
    _, unknown = asked(client, other)
    assert unknown == missing.replace(pictured.case.accession.encode(), b"CB-0000000")


def test_the_case_in_the_address_is_the_images_own(client, pictured):
    pictured.move_to("published")
    other = make.make_published_case()
    path = reverse("patients:case-image", args=[other.accession, pictured.image.public_id, "png"])
    for user in (None, make.make_user(CURATOR)):
        answer, _ = asked(client, path, user)
        assert answer.status_code == 404


def test_a_new_image_of_a_published_case_waits_for_its_version(client, pictured):
    pictured.move_to("published")
    later = attach(pictured.case.imagingfindings.get(), by=pictured.by)
    images.confirm(image=later, by=pictured.by)
    path = reverse("patients:case-image", args=[pictured.case.accession, later.public_id, "png"])
    assert asked(client, path)[0].status_code == 404
    assert asked(client, path, pictured.by)[0].status_code == 200
    cases.publish(case=pictured.case, by=pictured.by)
    assert asked(client, path)[0].status_code == 200


def test_an_old_version_keeps_its_image(client, pictured):
    pictured.move_to("published")
    images.remove(image=pictured.image, by=pictured.by)
    assert asked(client, pictured.path("large"))[0].status_code == 200
    cases.publish(case=pictured.case, by=pictured.by)
    for user in (None, pictured.by):
        assert asked(client, pictured.path("large"), user)[0].status_code == 200


def test_what_a_draft_has_lost_is_lost(client, pictured):
    images.remove(image=pictured.image, by=pictured.by)
    assert asked(client, pictured.path("large"), pictured.by)[0].status_code == 404


def test_an_image_that_nobody_confirms_any_more_is_hidden_at_once(client, pictured):
    pictured.move_to("published")
    images.take_back(image=pictured.image, by=pictured.by)
    for name in ("large", "small"):
        assert asked(client, pictured.path(name))[0].status_code == 404
        assert asked(client, pictured.path(name), pictured.by)[0].status_code == 200
    known = {"HTTP_IF_NONE_MATCH": f'"{pictured.image.file.sha256}"'}
    client.logout()
    assert client.get(pictured.path("large"), **known).status_code == 404


def test_a_destroyed_picture_says_so_to_those_who_could_see_it(client, pictured):
    pictured.move_to("published")
    image_files.purge_image(public_id=pictured.image.public_id, by="The board", reason="A face")
    for user, name in itertools.product((None, pictured.by), ("large", "small")):
        answer, body = asked(client, pictured.path(name), user)
        assert (answer.status_code, body) == (410, b"This image was removed.")


def test_a_destroyed_picture_of_a_draft_says_nothing(client, pictured):
    image_files.purge_image(public_id=pictured.image.public_id, by="The board", reason="A face")
    assert asked(client, pictured.path("large"))[0].status_code == 404
    assert asked(client, pictured.path("large"), pictured.by)[0].status_code == 410


@pytest.mark.parametrize("name", ["large", "small"])
def test_what_is_said_beside_the_picture(client, pictured, name):
    pictured.move_to("published")
    answer, body = asked(client, pictured.path(name))
    headers = answer.headers
    tail = "-small" if name == "small" else ""
    assert headers["Content-Type"] == "image/png"
    assert headers["Content-Length"] == str(len(body))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Vary"] == "Cookie"
    assert headers["ETag"] == f'"{pictured.image.file.sha256}{tail}"'
    shown = f'inline; filename="{pictured.image.public_id}{tail}.png"'
    assert headers["Content-Disposition"] == shown
    head = client.head(pictured.path(name))
    assert (head.status_code, head.headers["ETag"]) == (200, headers["ETag"])
    assert head.content == b""
    same = client.get(pictured.path(name), HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (same.status_code, same.content) == (304, b"")
    for kept in ("ETag", "Cache-Control", "Content-Security-Policy"):
        assert same.headers[kept] == headers[kept]
    other = client.get(pictured.path(name), HTTP_IF_NONE_MATCH='"another"')
    assert other.status_code == 200


def test_a_file_that_is_missing_is_not_there(client, pictured):
    pictured.move_to("published")
    storing.throw_away(pictured.image.file.name)
    assert asked(client, pictured.path("large"))[0].status_code == 404


def test_of_one_page_each_picture_is_one_question(client, pictured, django_assert_max_num_queries):
    """The row, and nothing else for a reader."""
    pictured.move_to("published")
    with django_assert_max_num_queries(1):
        client.get(pictured.path("large"))
