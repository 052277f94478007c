"""What a password may be."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests import make


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "740193856214",  # any kind of character will do
        "密码要长一点才好记得住它",
        "~~~ !!! ~~~ ???",
        "zebra casebase wardrobe",
        "x" * 40 + "zebra wardrobe " * 6,
    ],
)
def test_any_characters_will_do(password):
    validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "short words",
        "password1234",
        "123456789012",
        "qwertyuiop123",
        "Casebase-2026!",
        "curatorcurator",
        "CASEBASE admin",
        "casebase.testserver",
        "Hospital2026!!",
    ],
)
def test_what_is_tried_first_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_password_like_the_user_name_is_refused():
    with pytest.raises(ValidationError):
        validate_password("wilhelmina-k1", User(username="wilhelmina-k1"))


@pytest.mark.django_db
def test_it_is_taken_as_it_was_typed(client):
    """White space, case and every character count; 64 and more are fine (ASVS 6.2.8, 6.2.9)."""
    user = make.make_user()
    words = "  Zebra Wardrobe é 密码 " * 6
    user.set_password(words)
    user.save()
    for wrong in (words.strip(), words.lower(), words[:72], words + "x"):
        assert not user.check_password(wrong)
    answer = client.post("/accounts/login/", {"login": user.username, "password": words})
    assert answer.status_code == 302


@pytest.mark.django_db
def test_password_fields_hide_and_let_paste(client):
    page = client.get("/accounts/login/").content.decode()
    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
