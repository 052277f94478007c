"""Bringing references in over REST."""

from __future__ import annotations

from io import BytesIO

import pytest

from literature import api_imports
from literature.actions import imports
from literature.models import Import, Reference
from tests import make
from tests.api.client import V1, Records, fields, problem
from tests.literature.importing.files import file_of, ris

pytestmark = pytest.mark.django_db
TWO = f"{ris(1)}\n{ris(2, TI='')}"
"""One record that can be brought in, and a broken one."""


@pytest.fixture
def client(api):
    return api("researcher")


def send(client, data, query="", **options):
    return client.client.post(
        f"{V1}imports/{query}", data, content_type="application/octet-stream", **options
    )


def begun(client, text=TWO):
    response = client.post("imports/", {"text": text})
    assert response.status_code == 201, response.content
    return f"imports/{response.json()['id']}/"


def test_a_text_is_read_and_answered_with_what_would_become_of_it(client):
    response = client.post("imports/", {"text": TWO})
    body = response.json()
    assert response.status_code == 201
    assert response["Location"] == f"{V1}imports/{body['id']}/"
    assert (body["state"], body["format"], body["total"]) == ("ready", "ris", 2)
    assert body["counts"] == {"new": 1, "same": 0, "probable": 0, "twice": 0, "broken": 1}
    assert body["plan"] == {"added": 1, "tied": 0, "filled": 0, "left_out": 1, "undecided": 0}
    assert body["by"] == client.user.username
    assert client.get(response["Location"]).json() == body
    assert not Reference.objects.exists()


def test_a_file_is_the_whole_body_and_its_options_are_asked_for(client):
    work = make.make_reference()
    query = f"?name=list.txt&format=ris&attach_to={work.public_id}&licence=CC0"
    body = send(client, TWO.encode(), query).json()
    assert (body["name"], body["attach_to"], body["licence"]) == ("list.txt", work.public_id, "CC0")
    assert body["size"] == len(TWO.encode())
    original = client.get(f"imports/{body['id']}/original/")
    assert b"".join(original.streaming_content) == TWO.encode()
    assert original["Content-Type"] == "application/octet-stream"
    assert "attachment" in original["Content-Disposition"]


def test_rows_are_paged_and_filtered(client):
    path = begun(client)
    page = client.get(f"{path}rows/?page_size=1").json()
    assert (page["count"], page["previous"]) == (2, None)
    (row,) = page["results"]
    assert (row["row"], row["verdict"], row["decision"]) == (1, "new", "add")
    assert row["csl"]["DOI"] == "10.5555/course.1"
    assert row["original"].startswith("TY  - JOUR")
    assert client.get(page["next"]).json()["results"][0]["row"] == 2
    (broken,) = client.results(f"{path}rows/?verdict=broken")
    assert broken["problems"][0]["severity"] == "error"
    assert fields(client.get(f"{path}rows/?verdict=odd")) == {"verdict"}


def test_from_a_text_to_the_library_and_back(client):
    path = begun(client)
    csl = {"type": "book", "title": "A title after all"}
    mended = client.post(f"{path}mend/", {"row": 2, "csl": csl}).json()
    assert mended["counts"]["new"] == 2
    saved = client.post(f"{path}save/").json()
    assert saved["state"] == "done"
    row = client.results(f"{path}rows/")[0]
    assert row["outcome"] == "added"
    assert client.get(f"references/{row['result']}/").json()["doi"] == "10.5555/course.1"
    assert client.post(f"{path}undo/").json()["state"] == "undone"
    assert not Reference.objects.exists()


def test_rows_are_decided_one_by_one_or_not_at_all(client):
    path = begun(client)
    decisions = [{"row": 1, "decision": "leave"}, {"row": 2, "decision": "add"}]
    response = client.post(f"{path}decide/", {"decisions": decisions})
    assert "Row 2" in problem(response, 400)["errors"][0]["detail"]
    assert client.get(path).json()["plan"]["added"] == 1
    decided = client.post(f"{path}decide/", {"decisions": decisions[:1]}).json()
    assert decided["plan"]["added"] == 0


def test_all_rows_of_a_verdict_are_decided_at_once(client):
    make.make_reference(
        {"title": "Course number 5 of a rare tumour of the liver", "container-title": None,
         "author": [{"family": "Author5", "given": "A"}], "issued": {"date-parts": [[1995]]}}
    )  # fmt: skip
    path = begun(client, ris(5, DO="", SP="", EP="", VL=""))
    assert "to be decided" in problem(client.post(f"{path}save/"), 400)["errors"][0]["detail"]
    body = {"verdict": "probable", "decision": "existing"}
    assert client.post(f"{path}decide-all/", body).json()["plan"]["tied"] == 1
    assert client.post(f"{path}save/").json()["state"] == "done"
    assert Reference.objects.count() == 1


def test_what_is_stale_is_refused(client):
    path = begun(client)
    client.post(f"{path}decide/", {"decisions": [{"row": 1, "decision": "leave"}]})
    problem(client.post(f"{path}save/", None, **{"If-Match": '"another"'}), 412)
    assert client.post(f"{path}save/", None, **{"If-Match": client.etag(path)}).status_code == 200


def test_a_cancelled_import_cannot_be_saved(client):
    path = begun(client)
    assert client.post(f"{path}cancel/").json()["state"] == "cancelled"
    problem(client.post(f"{path}save/"), 400)


@pytest.mark.parametrize(
    ("action", "body", "named"),
    [
        ("decide", {}, {"decisions"}),
        ("decide", {"decisions": []}, {"decisions"}),
        ("decide", {"decisions": [{"row": "1", "decision": "add"}]}, {"decisions.0.row"}),
        ("decide", {"decisions": [{"row": 1, "decision": "burn"}]}, {"decisions.0.decision"}),
        ("decide-all", {"verdict": "odd", "decision": "add"}, {"verdict"}),
        ("decide-all", {"verdict": "new", "decision": "add", "more": 1}, {"more"}),
        ("mend", {"row": 9, "csl": {"type": "book", "title": "A"}}, {"row"}),
        ("mend", {"row": 1, "csl": {"type": "book"}}, {"csl.title"}),
        ("mend", {"row": 1, "csl": {"type": "book", "title": "A", "DOI": "no"}}, {"csl.DOI"}),
        ("save", {"now": True}, {"now"}),
    ],
)
def test_what_cannot_be_read_names_its_field(client, action, body, named):
    path = begun(client)
    assert fields(client.post(f"{path}{action}/", body)) == named


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?format=word", {"format"}),
        ("?attach_to=0000000000", {"attach_to"}),
        ("?attach_to=x", {"attach_to"}),
        (f"?licence={'x' * 101}", {"licence"}),
        ("?odd=1", {"odd"}),
        ("?page=2", {"page"}),
    ],
)
def test_a_bad_option_is_named_and_nothing_is_kept(client, query, named):
    assert fields(send(client, TWO.encode(), query)) == named
    assert not Import.objects.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00" * 50, b"<html><body>Hello</body>"])
def test_a_file_that_is_refused_is_refused_in_a_sentence(client, data):
    (error,) = problem(send(client, data), 400)["errors"]
    assert error["detail"].endswith(".")
    assert not Import.objects.exists()


def test_a_text_of_bytes_that_are_no_text_is_refused(client):
    assert fields(client.post("imports/", {"text": "a\x00b"})) == {"text"}


def test_a_file_that_is_too_large_is_refused_before_it_is_read_whole(client, monkeypatch):
    monkeypatch.setattr(api_imports, "MAX_BYTES", 1_000_000)
    problem(send(client, b"x" * 1_000_001), 413)
    assert not Import.objects.exists()


def test_only_json_and_files_are_read(client):
    response = client.client.post(f"{V1}imports/", "a: 1", content_type="text/yaml")
    problem(response, 415)
    path = begun(client)
    response = client.client.post(f"{V1}{path}save/", b"x", content_type="application/octet-stream")
    problem(response, 415)


def test_how_often_one_may_send_is_limited(client, settings):
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"import": "2/min"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates}
    answers = [client.post("imports/", {"text": TWO}).status_code for _ in range(3)]
    assert answers == [201, 201, 429]
    assert client.get("imports/").status_code == 200


@pytest.mark.parametrize("action", ["", "rows/", "original/"])
def test_an_import_of_somebody_else_is_not_there(api, client, action):
    path = begun(client)
    stranger, curator = api("researcher"), api("curator")
    response = stranger.get(f"{path}{action}")
    problem(response, 404)
    assert response.content == stranger.get(f"imports/0000000000/{action}").content
    assert stranger.get("imports/").json()["count"] == 0
    assert curator.get(f"{path}{action}").status_code == 200
    assert curator.get("imports/").json()["count"] == 1


@pytest.mark.parametrize("action", ["decide-all", "save", "cancel", "undo"])
def test_nobody_else_can_act_on_it(api, client, action):
    path = begun(client)
    body = {"verdict": "new", "decision": "leave"} if action == "decide-all" else None
    problem(api("researcher").post(f"{path}{action}/", body), 404)
    assert Import.objects.get().state == "ready"


def test_lists_take_the_same_queries_however_many_rows_there_are(
    api, django_assert_num_queries, django_assert_max_num_queries
):
    client, work = api("curator"), make.make_reference()
    for number in range(12):
        imported = imports.begin(
            source=file_of(ris(number)), name="", by=client.user, attach_to=work
        )
    with django_assert_max_num_queries(8):
        assert client.get("imports/").json()["count"] == 12
    many = imports.begin(
        source=BytesIO("\n".join(ris(number) for number in range(40)).encode()), name="", by=None
    )
    for each in (imported, many):
        with django_assert_max_num_queries(9):
            client.get(f"imports/{each.public_id}/rows/")


def test_states_can_be_asked_for(api):
    records = Records()
    assert records.imported.state == "ready"
    client = api("curator")
    assert client.get("imports/?state=ready").json()["count"] == 1
    assert client.get("imports/?state=done").json()["count"] == 0
