"""The page of identifying text, and the advice in the editor."""

from __future__ import annotations

import re

import pytest

from patients.actions import clearing
from patients.models import Case, Clearing
from patients.screening import uncleared
from tests import make
from tests.pages.editing import HTMX, edit_url, fill, row_url

pytestmark = pytest.mark.django_db
REASON = "A name from the literature."


@pytest.fixture
def curator(client):
    user = make.make_user("curator")
    client.force_login(user)
    return user


def page_of(case: Case) -> str:
    return f"{case.get_absolute_url()}identifying/"


def waiting(case: Case) -> list:
    return uncleared(Case.objects.with_timeline().get(pk=case.pk))


def post(client, case, **fields):
    return client.post(f"{page_of(case)}clear/", fields)


def typed(case: Case, *reasons: str) -> dict[str, str]:
    found = zip(waiting(case), reasons, strict=False)
    return {f"reason-{finding.fingerprint}": reason for finding, reason in found}


def test_a_finding_is_shown_in_its_words_with_the_way_to_its_field(client, curator):
    case = make.make_case()
    event = make.make_event(case, label="MRI", detail="Read by Dr Adler <b>in haste</b>.")
    html = client.get(page_of(case)).content.decode()
    assert "Read by <mark>Dr Adler</mark> &lt;b&gt;in haste" in html
    key = f"event-{event.public_id}"
    assert f"{edit_url(case)}?open={key}#{key}-detail" in html
    opened = client.get(f"{edit_url(case)}?open={key}").content.decode()
    assert f'id="{key}-detail"' in opened


def test_every_field_that_is_searched_is_in_the_form_that_the_link_opens(client, curator):
    """Each row has a finding in every text; the fields its links name are on the page."""
    case = make.make_case(title="Dr Adler", summary="Dr Adler")
    named = {"label": "Dr Adler", "label_zh": "Dr Adler", "detail": "Dr Adler"}
    drug = {"dose": 1, "dose_unit": "Dr Adler", "route": "Dr Adler", "brand": "Dr Adler"}
    make.make_event(
        case, 1, category="drug", **named, **drug, start_reported_as="Dr Adler",
        frequency="Dr Adler",
    )  # fmt: skip
    make.make_event(
        case, 2, category="surgery", label="S", approach="Dr Adler", device="Dr Adler",
        agent="Dr Adler",
    )  # fmt: skip
    make.make_event(
        case, 3, category="pathology", label="P", mitoses=1, mitoses_per="Dr Adler",
        markers=[{"marker": "Dr Adler", "result": "positive"}],
    )  # fmt: skip
    finding = make.make_finding(
        make.make_event(case, 4, category="imaging"), description="Dr Adler",
        enhancement="Dr Adler",
    )  # fmt: skip
    make.make_lesion(case, label="Dr Adler", label_zh="Dr Adler")
    result = make.make_result(make.make_event(case, 5, category="laboratory"))
    type(result).objects.update(analyte="Dr Adler", unit="Dr Adler", note="Dr Adler")
    make.make_citation(finding, note="Dr Adler", quote="Dr Adler", locator="Dr Adler")
    found = waiting(case)
    assert len(found) == 25
    html = client.get(page_of(case)).content.decode()
    links = re.findall(rf'href="{re.escape(edit_url(case))}\?open=([\w-]+)#([\w-]+)"', html)
    assert len(links) == len(found)
    for key, field in set(links):
        opened = client.get(f"{edit_url(case)}?open={key}").content.decode()
        assert f'id="{field}"' in opened, field
        assert "“Dr Adler” may identify the patient" in opened


def test_one_is_cleared_with_its_reason_and_taken_back(client, curator):
    case = make.make_case(summary="Dr Adler came. Much later, in the end, Dr Weiss came.")
    first, second = waiting(case)
    answer = post(client, case, **typed(case, REASON, "Other"), only=first.fingerprint)
    assert answer.status_code == 302
    assert waiting(case) == [second]
    row = Clearing.objects.get()
    assert (row.by, row.reason) == (curator, REASON)
    html = client.get(page_of(case)).content.decode()
    assert REASON in html
    answer = client.post(f"{page_of(case)}{row.public_id}/take-back/")
    assert answer.status_code == 302
    assert waiting(case) == [first, second]
    again = client.post(f"{page_of(case)}{row.public_id}/take-back/", follow=True)
    assert "taken back already" in again.content.decode()
    assert "Taken back (1)" in again.content.decode()


def test_all_with_a_reason_are_cleared_at_once(client, curator):
    case = make.make_case(summary="Dr Adler. Then, a good while later: Dr Weiss. Later: Dr Zorn.")
    answer = client.post(f"{page_of(case)}clear/", typed(case, REASON, " ", "Other"), follow=True)
    assert "2 findings cleared" in answer.content.decode()
    assert [finding.text for finding in waiting(case)] == ["Dr Weiss"]


def test_nothing_typed_is_lost_where_something_is_refused(client, curator):
    case = make.make_case(summary="Dr Adler. Then, a good while later: Dr Weiss.")
    answer = post(client, case, **typed(case, REASON, "x" * 301), **{"reason-gone": "Why not"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "at most 300 characters; this one has 301" in html
    assert REASON in html
    assert "x" * 301 in html
    assert "You wrote: “Why not”" in html
    assert Clearing.objects.count() == 0
    first = waiting(case)[0].fingerprint
    answer = post(client, case, only=first)
    assert answer.status_code == 422
    assert clearing.NO_REASON in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    answer = post(client, case)
    assert answer.status_code == 422
    assert "Write a reason beside at least one finding" in answer.content.decode()


def test_a_clearing_whose_words_changed_says_so(client, curator):
    case = make.make_case(summary="Dr Adler came.")
    post(client, case, **typed(case, REASON))
    Case.objects.update(summary="Somebody came.")
    html = client.get(page_of(case)).content.decode()
    assert "this clears nothing any more" in html
    assert "Nothing waits" in html


def test_somebody_else_s_clearing_and_another_case_s_are_not_found(client, curator):
    case, other = make.make_case(summary="Dr Adler came."), make.make_case()
    post(client, case, **typed(case, REASON))
    row = Clearing.objects.get()
    answer = client.post(f"{page_of(other)}{row.public_id}/take-back/")
    assert answer.status_code == 404
    row.refresh_from_db()
    assert row.undone_at is None


@pytest.mark.parametrize("role", ["clinician", "researcher"])
def test_those_who_do_not_edit_learn_nothing(client, role):
    case = make.make_published_case(summary="Dr Adler came.")
    client.force_login(make.make_user(role))
    assert client.get(page_of(case)).status_code == 404
    assert post(client, case, **typed(case, REASON)).status_code == 404
    client.logout()
    answer = client.get(page_of(case))
    assert (answer.status_code, "login" in answer["Location"]) == (302, True)
    assert len(waiting(case)) == 1


def test_who_edits_without_the_permission_sees_and_cannot_clear(client):
    from django.contrib.auth.models import Permission

    user = make.make_user()
    wanted = Permission.objects.filter(codename__in=["view_unpublished", "change_case"])
    user.user_permissions.set(wanted)
    client.force_login(user)
    case = make.make_case(summary="Dr Adler came.")
    html = client.get(page_of(case)).content.decode()
    assert "<mark>Dr Adler</mark>" in html
    assert f"{page_of(case)}clear/" not in html
    assert post(client, case, **typed(case, REASON)).status_code == 403
    assert Clearing.objects.count() == 0


def test_a_save_in_the_editor_advises_and_refuses_nothing(client, curator):
    case = make.make_case()
    event = make.make_event(case, category="imaging", label="MRI")
    sent = fill(client, event, "event", detail="Read by Dr Adler in Munich.")
    answer = client.post(row_url(event, "event"), sent, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Name of a person? “Dr Adler” may identify the patient." in html
    assert "Place below a country? “Munich” may identify the patient." in html
    assert "All changes are saved. Some words may identify the patient" in html
    event.refresh_from_db()
    assert "Dr Adler" in event.detail
    made = {finding.fingerprint: REASON for finding in waiting(case)}
    clearing.clear(case=case, reasons=made, by=None)
    again = client.get(f"{edit_url(case)}?open=event-{event.public_id}").content.decode()
    assert "may identify the patient" not in again
