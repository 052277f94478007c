"""Two people at one row: the second is told, keeps what they typed, and decides."""

import pytest

from patients.models import Event
from tests import make
from tests.pages.editing import HTMX, begin, edit_url, fill, row_url, shown
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
HOW = pytest.mark.parametrize("headers", [{}, HTMX], ids=["without script", "with htmx"])


@pytest.fixture
def two(client):
    """A case with one event, a client, and the event's form as it was shown to them."""
    client.force_login(make.make_user("curator", username="first"))
    other = type(client)()
    other.force_login(make.make_user("curator", username="second"))
    row = make.make_event(day=0, label="MRI", is_index=True)
    data = fill(client, row, "event")
    other.post(row_url(row, "event"), fill(other, row, "event", label="Theirs", detail="New"))
    return client, row, data


@HOW
def test_a_lost_update_is_refused_and_told(two, headers):
    client, row, data = two
    answer = client.post(row_url(row, "event"), data | {"label": "Mine"}, headers=headers)
    assert answer.status_code == 409
    text = text_of(answer.content.decode())
    assert "This row has changed since you opened it" in text
    assert "by second" in text
    assert "theirs is “Theirs”, yours is “Mine”" in text
    row.refresh_from_db()
    assert row.label == "Theirs"
    if not headers:
        assert 'value="Mine"' in answer.content.decode()


@HOW
def test_save_mine_anyway(two, headers):
    client, row, data = two
    refused = client.post(row_url(row, "event"), data | {"label": "Mine"}, headers=HTMX)
    token = refused.content.decode().split('name="force" value="', 1)[1].split('"', 1)[0]
    answer = client.post(
        row_url(row, "event"), data | {"label": "Mine", "force": token}, headers=headers
    )
    assert answer.status_code == (200 if headers else 302)
    row.refresh_from_db()
    assert row.label == "Mine"


def test_insisting_does_not_cover_what_came_after(two):
    client, row, data = two
    refused = client.post(row_url(row, "event"), data | {"label": "Mine"}, headers=HTMX)
    token = refused.content.decode().split('name="force" value="', 1)[1].split('"', 1)[0]
    Event.objects.filter(pk=row.pk).update(label="A third")
    answer = client.post(row_url(row, "event"), data | {"label": "Mine", "force": token})
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.label == "A third"


@HOW
def test_a_removed_row_is_told_and_can_be_saved_again(two, headers):
    client, row, data = two
    client.post(f"{row_url(row, 'event')}remove/")
    answer = client.post(row_url(row, "event"), data | {"label": "Mine"}, headers=headers)
    assert answer.status_code == 409
    assert "This row was removed" in text_of(answer.content.decode())
    client.post(row_url(row, "event"), data | {"label": "Mine", "force": "gone"}, headers=headers)
    assert Event.objects.get(public_id=row.public_id).label == "Mine"


@HOW
def test_a_row_whose_event_was_removed_says_so(two, headers):
    client, row, _ = two
    url, data = begin(client, row.case, "finding", on=f"event-{row.public_id}")
    client.post(f"{row_url(row, 'event')}remove/")
    answer = client.post(url, data | {"description": "A mass"}, headers=headers)
    assert answer.status_code == 409
    assert "stands on was removed" in text_of(answer.content.decode())


def test_another_row_of_the_case_is_no_conflict(two):
    client, row, _ = two
    beside = make.make_event(row.case, 3, label="TACE")
    data = fill(client, beside, "event", label="TACE again")
    client.post(row_url(row, "event"), fill(client, row, "event", label="MRI again"))
    assert client.post(row_url(beside, "event"), data).status_code == 302


def test_moving_is_no_conflict(two):
    client, row, _ = two
    make.make_event(row.case, 3, label="TACE")
    data = fill(client, row, "event", label="MRI again")
    client.post(f"{row_url(row, 'event')}move/", {"to": "down"})
    assert client.post(row_url(row, "event"), data).status_code == 302


def test_a_size_changed_by_another_is_a_conflict(two):
    client, row, _ = two
    finding = make.make_finding(row)
    size = make.make_measurement(finding)
    data = fill(client, finding, "finding", description="A mass")
    size.low_mm = size.high_mm = 99
    size.save()
    assert client.post(row_url(finding, "finding"), data).status_code == 409


def test_a_patient_changed_by_another_is_a_conflict(two):
    client, row, _ = two
    url = f"{edit_url(row.case)}summary/"
    data = shown(client, url, "summary") | {"title": "Mine"}
    row.case.patient.sex = "male"
    row.case.patient.save()
    assert client.post(url, data).status_code == 409
