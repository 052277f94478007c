"""Comparisons that a user keeps: their owner's alone, opened as they are now."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from patients.actions import cases, comparisons
from patients.models import SavedComparison
from tests import make
from tests.api.client import Api
from tests.pages.comparing import address, published
from tests.pages.rendering import text_of
from tests.patients.comparison_breaks import make_comparison

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return published("A course", "Octreotide"), published("Another course", "Everolimus")


@pytest.fixture
def user(client):
    user = make.make_user()
    client.force_login(user)
    return user


def sent(two, **changes):
    return {"case": [case.accession for case in two], "name": "Mine", "align": "treatment",
            "column": ["vein"], "differences": "1", **changes}  # fmt: skip


def saved_by(user, two, **changes):
    fields = {"name": "Mine", "accessions": [case.accession for case in two], **changes}
    return comparisons.save(by=user, **fields)


def test_saved_with_all_its_choices_and_opened_again(client, two, user):
    answer = client.post("/comparisons/", sent(two))
    saved = SavedComparison.objects.get()
    assert (saved.owner, saved.columns, saved.align) == (user, ["vein"], "treatment")
    assert saved.differences
    expected = f"{address(*two, column='vein', align='treatment', differences=1)}"
    assert answer.url == f"{expected}&saved={saved.public_id}"
    assert client.get(f"/comparisons/{saved.public_id}/").url == answer.url
    assert "This is your comparison “Mine”" in text_of(client.get(answer.url).content.decode())


def test_a_reader_is_told_to_sign_in(client, two):
    assert "sign in" in client.get(address(*two)).content.decode()
    assert client.post("/comparisons/", sent(two)).url.startswith("/accounts/login/")
    assert not SavedComparison.objects.exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": " "}, "Give it a name."),
        ({"name": "n" * 101}, "at most 100 characters"),
        ({"name": "a\x00b"}, "holds a NUL character"),
        ({"case": ["CB-0000000"]}, "There is no case CB-0000000."),
        ({"align": "birth"}, "cannot be laid upon “birth”"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(client, two, user, changes, reason):
    answer = client.post("/comparisons/", sent(two, **changes))
    assert answer.status_code == 422
    assert reason in text_of(answer.content.decode())
    assert not SavedComparison.objects.exists()


def test_a_refused_name_stays_in_its_field(client, two, user):
    saved_by(user, two)
    page = client.post("/comparisons/", sent(two)).content.decode()
    assert "You have a comparison of this name already." in page
    assert 'name="name" value="Mine"' in page
    assert 'aria-describedby="name-error"' in page
    assert f'href="/cases/compare/?case={two[1].accession}&' in page
    assert 'href="?' not in page


def test_the_list_is_empty_then_has_what_was_saved(client, two, user):
    assert "You have saved none." in text_of(client.get("/comparisons/").content.decode())
    saved = saved_by(user, two)
    page = client.get("/comparisons/").content.decode()
    assert f'href="/comparisons/{saved.public_id}/"' in page
    assert two[0].accession in page


def test_the_list_takes_the_same_queries_however_long_it_is(
    client, two, user, django_assert_max_num_queries
):
    for number in range(5):
        saved_by(user, two, name=f"Number {number}")
    with django_assert_max_num_queries(6):
        client.get("/comparisons/")


def test_renamed_and_deleted(client, two, user):
    saved = saved_by(user, two)
    assert (
        client.post(f"/comparisons/{saved.public_id}/rename/", {"name": "Ours"}).status_code == 302
    )
    saved.refresh_from_db()
    assert saved.name == "Ours"
    client.post(f"/comparisons/{saved.public_id}/delete/")
    assert not SavedComparison.objects.exists()


def test_a_refused_rename_keeps_the_words(client, two, user):
    saved_by(user, two, name="Theirs")
    saved = saved_by(user, two)
    answer = client.post(f"/comparisons/{saved.public_id}/rename/", {"name": "Theirs"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "You have a comparison of this name already." in page
    assert f'id="name-{saved.public_id}" name="name" value="Theirs"' in page


def test_nobody_else_sees_it_not_even_an_admin(client, two):
    saved = saved_by(make.make_user(), two, name="Private words")
    client.force_login(make.make_user("admin"))
    assert client.get(f"/comparisons/{saved.public_id}/").status_code == 404
    page = client.get(f"{address(*two)}&saved={saved.public_id}").content.decode()
    assert "Private words" not in page
    assert "Private words" not in client.get("/comparisons/").content.decode()


@pytest.mark.parametrize("told", ["0000000000", "%00", "x"])
def test_an_address_that_names_no_saved_one_is_a_comparison(client, two, user, told):
    answer = client.get(f"{address(*two)}&saved={told}")
    assert answer.status_code == 200
    assert "This is your comparison" not in answer.content.decode()


def test_a_case_that_was_withdrawn_since_is_said(client, two, user):
    saved = saved_by(user, two)
    cases.withdraw(case=two[0], by=None)
    page = client.get(f"/comparisons/{saved.public_id}/", follow=True).content.decode()
    assert f"{two[0].accession} was withdrawn." in text_of(page)
    assert "A course" not in page


def test_a_user_takes_theirs_along(two):
    user = make.make_user()
    saved_by(user, two)
    user.delete()
    assert not SavedComparison.objects.exists()


def test_a_draft_that_the_user_may_not_read_cannot_be_saved(two):
    with pytest.raises(ValidationError, match="There is no case"):
        saved_by(make.make_user(), [two[0], make.make_case()])


def test_no_more_than_the_most(two, monkeypatch):
    monkeypatch.setattr(comparisons, "MOST", 2)
    user = make.make_user()
    for number in range(2):
        saved_by(user, two, name=f"Number {number}")
    with pytest.raises(ValidationError, match="You have saved 2 comparisons. Delete one first."):
        saved_by(user, two, name="One more")
    saved_by(make.make_user(), two)


def body_of(two, **changes):
    return {"name": "Mine", "accessions": [case.accession for case in two], **changes}


def test_over_rest_saved_listed_renamed_deleted(two):
    api = Api("clinician")
    made = api.post("comparisons/", body_of(two, align="diagnosis", columns=["vein"]))
    assert made.status_code == 201
    told = made.json()
    assert told["url"] == address(*two, column="vein", align="diagnosis")
    path = f"comparisons/{told['id']}/"
    assert [row["id"] for row in api.get("comparisons/").json()["results"]] == [told["id"]]
    renamed = api.send("PATCH", path, {"name": "Ours"}, **{"If-Match": made["ETag"]})
    assert renamed.json()["name"] == "Ours"
    stale = api.send("PATCH", path, {"name": "Late"}, **{"If-Match": made["ETag"]})
    assert stale.status_code == 412
    assert api.send("DELETE", path, None, **{"If-Match": "*"}).status_code == 204


def test_over_rest_only_ones_own(two):
    make_comparison(name="Of another")
    assert Api("admin").get("comparisons/").json()["count"] == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"accessions": ["CB-1111111"]}, "accessions"),
        ({"accessions": ["CB-1111111"] * 2}, "accessions"),
        ({"accessions": [f"CB-{n}111111" for n in range(7)]}, "accessions"),
        ({"accessions": ["CB-1111111", "CB-2222222"]}, "accessions"),
        ({"columns": ["shoe"]}, "columns"),
        ({"align": "birth"}, "align"),
        ({"differences": "yes"}, "differences"),
        ({"owner": 1}, "owner"),
    ],
)
def test_over_rest_bad_input_names_the_field(two, changes, field):
    answer = Api("clinician").post("comparisons/", body_of(two, **changes))
    assert answer.status_code == 400
    assert any(row["field"].startswith(field) for row in answer.json()["errors"])


def test_over_rest_the_choice_stays_as_it_was_saved(two):
    api = Api("clinician")
    made = api.post("comparisons/", body_of(two))
    path = f"comparisons/{made.json()['id']}/"
    answer = api.send("PATCH", path, {"align": "day-0"}, **{"If-Match": "*"})
    assert answer.status_code == 400
