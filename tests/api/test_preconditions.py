"""ETags: nothing read twice, nothing overwritten unseen."""

import threading

import pytest
from django.db import connection

from patients.models import Event
from tests import make
from tests.api.client import CHANGES, Api, Records, problem

PREFIXES = list(CHANGES)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("role", ["", "curator"])
def test_unchanged_detail_is_not_sent_again(api, records, prefix, role):
    client, path = api(role), records.path(prefix)
    etag = client.etag(path)
    assert etag.startswith('"')
    for header in (etag, f'"other", W/{etag}', "*"):
        again = client.get(path, **{"If-None-Match": header})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert client.get(path, **{"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_write_says_what_it_changes(api, records, prefix, method):
    client, path = api("curator"), records.path(prefix)
    before = client.get(path)
    body = None if method == "DELETE" else CHANGES[prefix]
    problem(client.send(method, path, body), 428)
    weak = {"If-Match": f"W/{before['ETag']}"}
    for stale in ({"If-Match": '"stale"'}, {"If-Match": ""}, weak):
        problem(client.send(method, path, body, **stale), 412)
    assert client.get(path).content == before.content


@pytest.mark.django_db
def test_second_writer_is_told(api, records):
    client, path = api("curator"), records.path("events")
    match = {"If-Match": client.etag(path)}
    assert client.send("PATCH", path, {"label": "First"}, **match).status_code == 200
    problem(client.send("PATCH", path, {"label": "Second"}, **match), 412)
    assert client.get(path).json()["label"] == "First"


@pytest.mark.django_db
def test_etag_of_a_case_changes_with_any_of_its_rows(api, records):
    client, path = api("curator"), records.path("cases")
    before = client.etag(path)
    client.patch(records.path("measurements"), high_mm="30")
    assert client.etag(path) != before
    assert api().etag(path) != before


@pytest.mark.django_db
def test_publishing_honours_if_match(api, records):
    client, path = api("curator"), records.path("cases")
    client.patch(path, title="Another title")
    make.make_ready(records.case)
    client = api("curator")
    problem(client.post(f"{path}publish/", **{"If-Match": '"stale"'}), 412)
    match = {"If-Match": client.etag(path)}
    assert client.post(f"{path}publish/", **match).status_code == 200


@pytest.mark.django_db
def test_etag_changes_with_status(api, records):
    path = records.path("cases")
    before = api("curator").etag(path)
    api("curator").post(f"{path}withdraw/", {"reason": "Asked for."})
    assert api("curator").etag(path) != before


@pytest.mark.django_db
def test_answers_are_kept_apart_by_caches(api, records):
    response = api().get(records.path("cases"))
    assert {"Authorization", "Cookie"} <= set(response["Vary"].split(", "))
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("prefix", ["events", "cases", "references", "patients", "terms"])
def test_of_two_writers_at_once_one_is_told(prefix):
    records = Records()
    path = records.path(prefix)
    writers = [Api("curator"), Api("curator")]
    match = {"If-Match": writers[0].etag(path)}
    start = threading.Barrier(2)
    answered: list[int] = []

    def write(writer: Api, number: int) -> None:
        body = {key: changed(value, number) for key, value in CHANGES[prefix].items()}
        start.wait()
        answered.append(writer.send("PATCH", path, body, **match).status_code)
        connection.close()

    threads = [
        threading.Thread(target=write, args=(writer, number))
        for number, writer in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answered) == [200, 412]


def changed(value, number):
    if isinstance(value, int):
        return value + number
    return ("JP", "CN")[number] if value == "JP" else f"{value} {number}"


@pytest.mark.usefixtures("committed")
def test_rows_added_at_once_are_all_listed():
    records = Records()
    writers = [Api("curator") for _ in range(4)]
    answered: list[int] = []

    def write(writer: Api) -> None:
        answered.append(writer.post("events/", records.body("events")).status_code)
        connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answered == [201] * 4
    listed = writers[0].results(f"events/?case={records.case.accession}")
    assert len(listed) == Event.objects.filter(case=records.case).count() == 8
