"""The review page: what must be done, what would change, and the steps that are taken there."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from patients.care import ITEMS
from patients.document import build_document
from patients.models import Case, CaseReview, StatusChange
from patients.publishing import like_cases
from tests import make
from tests.constraints import update
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
STEPS = ("checks", "hand-in", "send-back", "publish", "withdraw")


def address(case: Case, step: str = "") -> str:
    return f"/cases/{case.accession}/publish/{f'{step}/' if step else ''}"


def as_curator(client: Client, role: str = "curator") -> Any:
    user = make.make_user(role)
    client.force_login(user)
    return user


def publishable() -> Case:
    case = make.make_source(make.make_case(title="A course")).case
    make.make_event(case, 0, label="CT", is_index=True)
    return case


def filled(case: Case, **changes: str) -> dict[str, str]:
    """What the checks form sends when everything is answered."""
    document = build_document(Case.objects.with_timeline().get(pk=case.pk))
    return {
        **{f"care-{key}": "present" for key in ITEMS},
        "consent": "not_reported",
        "consent_note": "",
        "class_seen": "on",
        "class_words": like_cases(case, document)[0],
        **changes,
    }


def seen_on(client: Client, case: Case) -> str:
    page = client.get(address(case)).content.decode()
    return page.split('name="seen" value="', 1)[1].split('"', 1)[0]


def test_two_curators_bring_a_draft_to_readers(client: Client) -> None:
    case = publishable()
    as_curator(client)
    text = text_of(client.get(address(case)).content.decode())
    assert "3 of 8 are done" in text or "4 of 8 are done" in text
    assert client.post(address(case, "checks"), filled(case)).status_code == 302
    client.post(address(case, "hand-in"))
    refused = client.post(address(case, "publish"), {"seen": seen_on(client, case)})
    assert refused.status_code == 409
    assert "so another curator publishes it" in text_of(refused.content.decode())
    as_curator(client, "admin")
    page = client.get(address(case)).content.decode()
    assert "8 of 8 are done" in text_of(page)
    done = client.post(address(case, "publish"), {"seen": seen_on(client, case)}, follow=True)
    assert "Published: readers see version 1." in text_of(done.content.decode())
    client.logout()
    assert client.get(case.get_absolute_url()).status_code == 200


def test_a_case_that_is_not_ready_says_what_must_be_done_and_where(client: Client) -> None:
    case = make.make_case()
    as_curator(client)
    answer = client.post(address(case, "publish"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This was not done" in page
    assert f'href="/cases/{case.accession}/edit/"' in page
    for told in ("A case needs at least one event.", "Say what is known of consent.",
                 "Not looked at yet: Two to five key words."):  # fmt: skip
        assert told in text_of(page)


def test_a_record_that_changed_meanwhile_is_looked_at_again(client: Client) -> None:
    case = make.make_ready(publishable())
    as_curator(client)
    seen = seen_on(client, case)
    update(case.events.get(), label="Something else")
    answer = client.post(address(case, "publish"), {"seen": seen})
    assert answer.status_code == 422
    assert "has changed since you looked at it" in text_of(answer.content.decode())
    assert client.post(address(case, "publish"), {}).status_code == 422
    assert case.versions.count() == 0


def test_what_would_change_stands_beside_both_figures(client: Client) -> None:
    case = make.make_published_case(events=2)
    as_curator(client)
    page = client.get(address(case)).content.decode()
    assert "Nothing has changed since version 1" in page
    assert page.count("<svg") == 0
    assert client.post(address(case, "hand-in")).status_code == 422
    update(case.events.first(), label="Reworded")
    page = client.get(address(case)).content.decode()
    assert page.count("<svg") == 2
    assert "now Reworded" in text_of(page)
    assert "Look at: 1. Reworded" in text_of(page)


@pytest.mark.parametrize(
    ("changes", "told", "field"),
    [
        ({"consent": "certainly"}, "certainly is not one of the available choices", "consent"),
        ({"consent": "held"}, "Say where the consent is kept", "consent_note"),
        ({"consent_note": "x" * 301}, "at most 300 characters", "consent_note"),
        ({"care-title": "maybe"}, "maybe is not one of the available choices", "care-title"),
        ({"class_words": "some other group"}, "The group is another one now", "class_seen"),
    ],
)
def test_bad_checks_name_the_field_and_lose_nothing(
    client: Client, changes: dict[str, str], told: str, field: str
) -> None:
    case = publishable()
    as_curator(client)
    answer = client.post(address(case, "checks"), filled(case, **changes))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in text_of(page)
    assert f'href="#id_{field}"' in page
    assert '<option value="absent"' in page
    assert page.count('<option value="present" selected') >= 12
    assert not CaseReview.objects.filter(checked_at__isnull=False).exists()


@pytest.mark.parametrize(("step", "field"), [("send-back", "send-back"), ("withdraw", "withdraw")])
@pytest.mark.parametrize("reason", ["", " ", "x" * 501])
def test_reasons_are_asked_for_and_kept(client: Client, step: str, field: str, reason: str) -> None:
    case = make.make_published_case()
    update(case.events.first(), label="Reworded")
    make.make_ready(case)
    as_curator(client)
    answer = client.post(address(case, step), {"reason": reason})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'href="#{field}-reason"' in page
    assert reason.strip() in page
    case.refresh_from_db()
    assert (case.status, case.review.submitted_at is None) == ("published", False)


def test_sending_back_and_withdrawing_are_on_record_with_their_reasons(client: Client) -> None:
    case = make.make_ready(publishable())
    as_curator(client)
    client.post(address(case, "send-back"), {"reason": "The dose is missing."})
    assert "The dose is missing." in text_of(client.get(address(case)).content.decode())
    other = make.make_published_case()
    client.post(address(other, "withdraw"), {"reason": "No consent."})
    acts = StatusChange.objects.order_by("-pk").values_list("act", "reason")
    assert list(acts)[:1] == [("withdrawn", "No consent.")]
    client.logout()
    assert client.get(other.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("role", ["", "clinician", "researcher"])
@pytest.mark.parametrize("published", [True, False])
def test_others_learn_nothing(client: Client, role: str, published: bool) -> None:
    case = make.make_published_case() if published else publishable()
    client.force_login(make.make_user(role))
    assert client.get(address(case)).status_code == 404
    for step in STEPS:
        assert client.post(address(case, step), {"reason": "Why"}).status_code == 404
    before = case.status
    case.refresh_from_db()
    assert case.status == before


def test_who_is_not_signed_in_is_asked_to_alike_for_hidden_and_unknown_cases(
    client: Client,
) -> None:
    for accession in (publishable().accession, "CB-0000000"):
        for tail in ("", *(f"{step}/" for step in STEPS)):
            path = f"/cases/{accession}/publish/{tail}"
            answer = client.post(path) if tail else client.get(path)
            assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={path}")


@pytest.mark.parametrize("step", STEPS)
def test_steps_are_posted_with_the_token_of_the_page(step: str) -> None:
    case, client = publishable(), Client(enforce_csrf_checks=True)
    as_curator(client)
    assert client.get(address(case, step)).status_code == 405
    assert client.post(address(case, step), {"reason": "Why"}).status_code == 403


def test_a_role_that_was_taken_away_meanwhile_takes_the_page_away(client: Client) -> None:
    case = make.make_ready(publishable())
    user = as_curator(client)
    seen = seen_on(client, case)
    user.groups.clear()
    assert client.post(address(case, "publish"), {"seen": seen}).status_code == 404
    assert case.versions.count() == 0


def test_what_waits_for_a_decision_is_listed_for_curators(client: Client) -> None:
    first, second = make.make_ready(publishable()), make.make_ready(publishable())
    publishable()
    as_curator(client)
    page = client.get("/cases/in-review/").content.decode()
    assert page.index(address(first)) < page.index(address(second))
    assert "2 cases wait" in text_of(page)
    assert client.get("/cases/in-review/?page=2").status_code == 404
    client.post(address(first, "send-back"), {"reason": "Not yet."})
    client.post(address(second, "send-back"), {"reason": "Not yet."})
    assert "No case waits" in text_of(client.get("/cases/in-review/").content.decode())


@pytest.mark.parametrize(("role", "status"), [("clinician", 404), ("researcher", 404)])
def test_what_waits_is_for_curators_alone(client: Client, role: str, status: int) -> None:
    assert client.get("/cases/in-review/").url == "/accounts/login/?next=/cases/in-review/"
    as_curator(client, role)
    assert client.get("/cases/in-review/").status_code == status


def test_the_page_runs_the_same_queries_however_much_there_is(client: Client) -> None:
    case = make.make_published_case(events=2)
    update(case.events.first(), label="Reworded")
    as_curator(client)
    client.get(address(case))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(case)).status_code == 200
        return len(captured)

    few = queries()
    make.make_timeline(case, 8)
    assert queries() == few
