"""A curator adds notices and withdraws them, on the page."""

from __future__ import annotations

import pytest

from literature.models import Notice
from tests import make
from tests.pages.rendering import text_of
from tests.pages.test_looking_up import address, sign_in

pytestmark = pytest.mark.django_db


def test_a_curator_adds_a_notice_and_withdraws_it(client) -> None:
    reference = make.make_reference()
    curator = sign_in(client, "curator")
    data = {
        "kind": "concern",
        "doi": "https://doi.org/10.5555/NOTICE",
        "year": "2020",
        "note": "J Tests",
    }
    assert client.post(address(reference, "notices/add/"), data).url == address(reference, "")
    notice = Notice.objects.get()
    assert (notice.doi, notice.year, notice.added_by) == ("10.5555/notice", 2020, curator)
    html = client.get(address(reference, "")).content.decode()
    assert "Expression of concern in 2020" in text_of(html)
    withdraw = address(reference, f"notices/{notice.public_id}/withdraw/")
    assert withdraw in html
    assert client.get(withdraw).status_code == 200
    assert client.post(withdraw, {"because": ""}).status_code == 400
    assert client.post(withdraw, {"because": "It was about another work."}).status_code == 302
    text = text_of(client.get(address(reference, "")).content.decode())
    assert "It was about another work." in text
    assert "Published about it since" not in text
    client.logout()
    text = text_of(client.get(address(reference, "")).content.decode())
    assert "another work" not in text  # what was withdrawn is the curators' matter


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Say what was published."),
        ({"kind": "novel"}, "Choose one of the kinds"),
        ({"kind": "erratum", "doi": "hello"}, "This is not a DOI"),
        ({"kind": "erratum", "pmid": "x"}, "This is not a PMID"),
        ({"kind": "erratum", "year": "20x"}, "Enter a whole number."),
        ({"kind": "erratum", "year": "900"}, "A year is from 1000 to 2100."),
        ({"kind": "erratum", "note": "x" * 501}, "at most 500 characters"),
    ],
)
def test_a_notice_that_would_not_do_is_a_400_and_keeps_what_was_typed(client, data, words) -> None:
    reference = make.make_reference()
    sign_in(client, "curator")
    response = client.post(address(reference, "notices/add/"), data)
    assert response.status_code == 400
    html = response.content.decode()
    assert words in text_of(html)
    assert all(typed in html for field, typed in data.items() if field != "kind")
    assert not Notice.objects.exists()


def test_the_same_notice_twice_is_refused(client) -> None:
    reference = make.make_reference()
    sign_in(client, "curator")
    for status in (302, 400):
        response = client.post(address(reference, "notices/add/"), {"kind": "erratum"})
        assert response.status_code == status
    assert "stands here already" in response.content.decode()
