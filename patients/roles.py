"""Who may do what, in words: the groups that migrations make, and what their permissions are for.

Code asks for permissions and never for a role. This table is what the page on roles is made from;
a test holds it against the database. A reader is anybody who is not signed in and needs no group.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

CLINICIAN: Final = "clinician"
RESEARCHER: Final = "researcher"
CURATOR: Final = "curator"
ADMIN: Final = "admin"
ROLES: Final = (CLINICIAN, RESEARCHER, CURATOR, ADMIN)

ALL: Final = frozenset(ROLES)
PROPOSERS: Final = frozenset({RESEARCHER, CURATOR, ADMIN})
CURATORS: Final = frozenset({CURATOR, ADMIN})
ADMINS: Final = frozenset({ADMIN})

CASE_PARTS: Final = (
    "case", "event", "imagingfinding", "laboratoryresult", "lesion", "measurement", "patient",
)  # fmt: skip
WORKS: Final = ("reference", "sourcetext", "studyfact", "referencelistitem")
BROUGHT_IN: Final = ("import", "importrow", "origin")
PUT_RIGHT: Final = ("duplicatepair", "merge", "notice", "otheridentifier", "relation")


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that people do, and the permissions that it takes."""

    words: str
    permissions: frozenset[str]
    roles: frozenset[str]


def each(app: str, models: Iterable[str], *verbs: str) -> frozenset[str]:
    """Django's own permissions for `models` of `app`."""
    return frozenset(f"{app}.{verb}_{model}" for model in models for verb in verbs)


def named(*permissions: str) -> frozenset[str]:
    return frozenset(permissions)


DUTIES: Final = (
    Duty("Propose a whole new case", named("patients.propose_case"), ALL),
    Duty(
        "Bring references in, with their texts and figures",
        each("literature", WORKS + BROUGHT_IN, "add", "view"),
        PROPOSERS,
    ),
    Duty("Cite a reference in a case", each("patients", ["citation"], "add", "view"), PROPOSERS),
    Duty("Propose changes to a case", named("patients.propose_revision"), PROPOSERS),
    Duty(
        "Correct and remove references, their texts and imports",
        each("literature", WORKS + BROUGHT_IN, "change", "delete"),
        CURATORS,
    ),
    Duty(
        "Decide duplicates, merge references, keep notices of retraction",
        each("literature", PUT_RIGHT, "add", "change", "delete", "view"),
        CURATORS,
    ),
    Duty(
        "Write cases and see what is not published",
        each("patients", CASE_PARTS, "add", "change", "delete", "view")
        | each("patients", ["citation"], "change", "delete")
        | each("patients", ["caseversion", "statuschange", "casereview"], "view")
        | named("patients.view_unpublished"),
        CURATORS,
    ),
    Duty(
        "Keep the vocabulary of terms",
        each("patients", ["term"], "add", "change", "delete", "view"),
        CURATORS,
    ),
    Duty("Decide proposals of others", named("patients.decide_revision"), CURATORS),
    Duty("Clear findings of identifying text", named("patients.clear_finding"), CURATORS),
    Duty(
        "Decide which cases are of one patient",
        each("patients", ["samepatientpair"], "change", "view"),
        CURATORS,
    ),
    Duty("Set derived results aside, with a reason", named("patients.set_aside_derived"), CURATORS),
    Duty(
        "Attach images to findings, and confirm that they identify nobody",
        named("patients.attach_image", "patients.confirm_image"),
        CURATORS,
    ),
    Duty("Publish a case that others wrote", named("patients.publish_case"), CURATORS),
    Duty("Withdraw a published case", named("patients.withdraw_case"), CURATORS),
    Duty(
        "See the history of records and take changes back",
        named("literature.view_history", "literature.revert_change"),
        CURATORS,
    ),
    Duty(
        "Keep accounts and give roles",
        each("auth", ["user", "group"], "add", "change", "delete", "view"),
        ADMINS,
    ),
    Duty(
        "Take away a lost second factor, and end a lockout",
        each("mfa", ["authenticator"], "view", "delete")
        | each("axes", ["accessattempt"], "view", "delete"),
        ADMINS,
    ),
)


def permissions_of(role: str) -> frozenset[str]:
    """What the role may, as `app.codename`."""
    return named(*(one for duty in DUTIES if role in duty.roles for one in duty.permissions))


PRIVILEGED: Final = frozenset(
    (permissions_of(CURATOR) | permissions_of(ADMIN))
    - permissions_of(RESEARCHER)
    - permissions_of(CLINICIAN)
)
"""What only curators and admins may; whoever may any of it needs a second factor."""
