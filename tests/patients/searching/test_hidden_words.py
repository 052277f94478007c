"""The words of hidden cases: curators find them, and no spelling is offered from them.

That hidden cases change no byte of what readers find is tried in `tests/worlds`.
"""

from __future__ import annotations

import pytest

from patients import background
from patients.actions import cases
from patients.models import Case, KnownWord
from patients.vocabulary import Audience
from tests import make

pytestmark = pytest.mark.django_db


def told(title: str) -> Case:
    return make.make_published_case(title=title, events=1, findings=0)


def known(word: str) -> bool:
    return KnownWord.objects.filter(audience=Audience.PUBLIC, word=word).exists()


def test_a_curator_finds_what_is_hidden(client):
    told("A clot, told")
    cases.refresh(case=make.make_case(title="Sternbergia clot, a draft"))
    client.force_login(make.make_user("curator"))
    assert "a draft" in client.get("/cases/?q=sternbergia").content.decode()
    feed = client.get("/cases/feed/?q=clot").content.decode()
    assert "A clot, told" in feed
    assert "Sternbergia" not in feed


def test_words_of_every_version_go_with_a_withdrawal():
    case = told("Sternbergia flowering")
    told("Another thing flowering")
    Case.objects.filter(pk=case.pk).update(title="Reworded")
    cases.publish(case=case, by=None)
    assert known("sternbergia")
    cases.withdraw(case=case, by=None)
    assert not known("sternbergia")
    assert not known("reworded")
    assert known("flowering")


def test_words_of_a_case_that_was_hidden_another_way_go_soon():
    case = told("Sternbergia flowering")
    Case.objects.filter(pk=case.pk).update(status="draft")
    background.ForgetWords()()
    assert not known("sternbergia")
    assert case.listings.filter(audience=Audience.PUBLIC).exists()
