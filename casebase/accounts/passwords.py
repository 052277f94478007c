"""Passwords that anybody would try here first."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError

WORDS: Final = (
    "casebase", "case", "report", "clinician", "researcher", "curator", "admin", "administrator",
    "reader", "patient", "hospital", "clinic", "doctor", "medicine", "medical", "password",
    "passphrase", "welcome", "secret", "login",
)  # fmt: skip
"""What this site is about (OWASP ASVS 5.0, 6.1.2), with the parts of its host names."""
LEAST_BESIDE: Final = 6
"""Letters and digits that must be left once these words are taken out."""
TOO_NEAR = (
    "The password is made of words that stand for this site. Add others that have nothing to do "
    "with it."
)


A_RUN: Final = 0.75
"""The part of a password that may go on as keys lie or numbers follow."""
ONE_ON: Final = {-9, -1, 0, 1, 9}
"""Steps from one character to the next: the same, the next, and from 9 to 0."""
TOO_EVEN = "The password is a row of characters that follow each other. Take words instead."


class NotARow:
    """Refuses rows such as `123456789012`, `aaaaaaaaaaaa` and `abcdefghijkl`. Raises
    ValidationError."""

    def validate(self, password: str, user: Any = None) -> None:
        steps = [ord(after) - ord(before) for before, after in pairwise(password)]
        if steps and sum(step in ONE_ON for step in steps) / len(steps) >= A_RUN:
            raise ValidationError(TOO_EVEN, code="password_is_a_row")

    def get_help_text(self) -> str:
        return "It is not a row of characters that follow each other."


class NotAboutThisSite:
    """Refuses what is hardly more than words of `WORDS` or of a host name, such as
    `Casebase-2026!`. Raises ValidationError."""

    def validate(self, password: str, user: Any = None) -> None:
        left = password.casefold()
        for word in sorted(words_here(), key=len, reverse=True):
            left = left.replace(word, "")
        found = re.sub(r"[\W_]", "", left)
        if len(found) < LEAST_BESIDE and len(found) < len(re.sub(r"[\W_]", "", password)):
            raise ValidationError(TOO_NEAR, code="password_about_this_site")

    def get_help_text(self) -> str:
        return "It is not made of words that stand for this site."


def words_here() -> set[str]:
    names = " ".join(settings.ALLOWED_HOSTS).casefold()
    return {*WORDS, *(part for part in re.split(r"[^a-z0-9]+", names) if len(part) > 3)}
