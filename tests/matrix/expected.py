"""The words of the table: who asks, and what they are answered.

What a row does not say is refused: a method that is not named is not allowed, and a role that is
not named learns nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from patients.roles import ADMIN, CLINICIAN, CURATOR, RESEARCHER

READER: Final = ""
EVERYBODY: Final = (READER, CLINICIAN, RESEARCHER, CURATOR, ADMIN)
SIGNED_IN: Final = (CLINICIAN, RESEARCHER, CURATOR, ADMIN)
RESEARCHERS: Final = (RESEARCHER, CURATOR, ADMIN)
CURATORS: Final = (CURATOR, ADMIN)
ADMINS: Final = (ADMIN,)
METHODS_BUT_POST: Final = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
SIGN_IN: Final = "asked to sign in"
"""A redirect to the page where that is done."""

Answer = int | str
Answers = dict[str, Answer]
"""Role → a status, or SIGN_IN."""


@dataclass(frozen=True)
class Row:
    """One route, asked for at one address.

    `path` holds names in braces, which `world.Names` fills in. `query` and `sent` go with GET and
    HEAD, and with the methods that write.
    """

    name: str
    path: str
    answers: dict[str, Answers] = field(default_factory=dict)
    """Method → role → answer. HEAD is answered as GET is; see `answer`."""
    sent: Any = None
    """What is posted: the fields of a form, or of the JSON below /api/."""
    others: Answers = field(default_factory=lambda: same(405))
    """What the methods that are not named are answered with."""

    def answer(self, method: str, role: str) -> Answer:
        if method == "HEAD" and method not in self.answers and "GET" in self.answers:
            method = "GET"
        return self.answers.get(method, self.others)[role]


def same(answer: Answer) -> Answers:
    """The same for everybody."""
    return dict.fromkeys(EVERYBODY, answer)


def page(roles: Iterable[str], answer: Answer) -> Answers:
    """A page of a desk: who is not signed in is asked to, and others learn nothing."""
    return same(404) | {READER: SIGN_IN} | dict.fromkeys(roles, answer)


def rest(roles: Iterable[str], answer: Answer) -> Answers:
    """Writing over REST: 401 for who is not signed in, 403 for those who may not."""
    return same(403) | {READER: 401} | dict.fromkeys(roles, answer)


def staff(roles: Iterable[str], answer: Answer) -> Answers:
    """The admin: who is no curator or admin is asked to sign in as one."""
    asked = dict.fromkeys((READER, CLINICIAN, RESEARCHER), SIGN_IN)
    return same(403) | asked | dict.fromkeys(roles, answer)
