"""The guards themselves, one by one: who is let through and what the others are told."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from literature.rest.permissions import MayWrite
from literature.views.access import needs

PERMISSION = "literature.add_import"


class Somebody:
    """Signed in, with the permissions that are given."""

    is_authenticated = True

    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions

    def has_perm(self, permission: str) -> bool:
        return permission in self.permissions


class Forged(AnonymousUser):
    """Not signed in, whatever it says that it may."""

    def has_perm(self, permission: str, obj: object = None) -> bool:
        return True


def asked(user: object) -> object:
    request = RequestFactory().get("/references/add/?list=1")
    request.user = user
    return request


@needs(PERMISSION)
def guarded(request: object, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse(f"{args} {kwargs}")


def test_who_may_is_answered_and_nothing_is_kept():
    answer = guarded(asked(Somebody(PERMISSION)), 1, name="x")
    assert answer.content == b"(1,) {'name': 'x'}"
    assert answer["Cache-Control"] == "no-store"
    assert guarded.__name__ == "guarded"


def test_who_is_not_signed_in_is_asked_to_and_led_back():
    for user in (AnonymousUser(), Forged()):
        answer = guarded(asked(user))
        assert answer.status_code == 302
        assert answer.url == "/accounts/login/?next=/references/add/%3Flist%3D1"


def test_who_may_not_learns_nothing():
    with pytest.raises(Http404, match=r"^There is nothing at this address\.$"):
        guarded(asked(Somebody("literature.add_reference")))


@pytest.mark.parametrize(
    ("needed", "user", "let_in"),
    [
        (None, AnonymousUser(), True),
        (None, Somebody(), True),
        (PERMISSION, AnonymousUser(), False),
        (PERMISSION, Forged(), False),
        (PERMISSION, Somebody(), False),
        (PERMISSION, Somebody("literature.add_reference"), False),
        (PERMISSION, Somebody(PERMISSION), True),
    ],
)
def test_an_action_of_the_api_asks_for_its_permission(needed, user, let_in):
    view = SimpleNamespace(action="create", permission_for=lambda action: needed)
    assert MayWrite().has_permission(asked(user), view) is let_in


def test_it_is_the_action_that_is_asked_about():
    view = SimpleNamespace(action="create", permission_for=lambda action: f"literature.{action}")
    assert MayWrite().has_permission(asked(Somebody("literature.create")), view)
    assert not MayWrite().has_permission(asked(Somebody("literature.None")), view)
