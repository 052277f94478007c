"""What Django's admin answers: rows by pattern, for what each role may do with each model.

It answers a method that it does not know as if it were GET. That shows a page to whoever may see
it; that nothing is written is checked for every cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.matrix.expected import (
    ADMINS,
    CURATORS,
    METHODS_BUT_POST,
    READER,
    SIGN_IN,
    Answers,
    Row,
    same,
    staff,
)

Roles = tuple[str, ...]
NOBODY: Final[Roles] = ()


@dataclass(frozen=True)
class Model:
    """Who may do what with the records of one model; `row` names one of them in `World`."""

    label: str
    row: str
    see: Roles = CURATORS
    add: Roles = CURATORS
    change: Roles = CURATORS
    delete: Roles = CURATORS
    added: int = 200
    changed: int = 200
    """What posting the form empty answers: 200, what is missing; 302, that it is saved."""
    deleted: int = 302
    """What posting the deletion answers: 302 done; 200, the page that says what rests on it."""
    has_choices: bool = True
    history: int = 200
    """302 where the admin leads on to the record's own history."""
    named_by: str = ""
    """A field of another model that names it, to look choices up for."""


MODELS: Final = (
    Model(
        "literature_reference",
        "reference",
        deleted=200,
        history=302,
        named_by="patients_citation.reference",
    ),
    Model("literature_referencelistitem", "item"),
    Model("literature_sourcetext", "text", change=NOBODY),
    Model("literature_studyfact", "fact"),
    Model("patients_case", "case", deleted=200, history=302, named_by="patients_event.case"),
    Model("patients_caseversion", "version", add=NOBODY, change=NOBODY, delete=NOBODY),
    Model("patients_citation", "citation"),
    Model("patients_event", "event", named_by="patients_event.anchor"),
    Model("patients_imagingfinding", "finding", named_by="patients_citation.finding"),
    Model("patients_laboratoryresult", "result"),
    Model("patients_lesion", "lesion", deleted=200, named_by="patients_imagingfinding.lesion"),
    Model("patients_measurement", "measurement"),
    Model(
        "patients_patient",
        "patient",
        added=302,
        changed=302,
        deleted=200,
        named_by="patients_case.patient",
    ),
    Model("patients_term", "term", history=302, named_by="patients_event.term"),
    Model("auth_group", "group", ADMINS, ADMINS, ADMINS, ADMINS, has_choices=False),
    Model("auth_user", "other_user", ADMINS, ADMINS, ADMINS, ADMINS, has_choices=False),
    Model("mfa_authenticator", "authenticator", ADMINS, NOBODY, NOBODY, ADMINS, has_choices=False),
    Model("axes_accessattempt", "attempt", ADMINS, NOBODY, NOBODY, ADMINS, has_choices=False),
    *(
        Model(label, name, NOBODY, NOBODY, NOBODY, NOBODY, has_choices=False)
        for label, name in {
            "account_emailaddress": "email",
            "axes_accessfailurelog": "failure",
            "axes_accesslog": "access",
            "knox_authtoken": "knox_token",
            "socialaccount_socialaccount": "social_account",
            "socialaccount_socialapp": "social_app",
            "socialaccount_socialtoken": "social_token",
            "usersessions_usersession": "session",
        }.items()
    ),
)


def shown(name: str, path: str, seen: Answers, posted: Answers, sent: object = None) -> Row:
    return Row(name, path, {**dict.fromkeys(METHODS_BUT_POST, seen), "POST": posted}, sent)


def of_model(model: Model) -> Iterator[Row]:
    """The pages of one model, where only those who see it learn that there is such a record."""
    name, at = f"admin:{model.label}", f"/admin/{model.label.replace('_', '/')}/"
    one = f"{at}{{{model.row}_pk}}/"
    yes = {"post": "yes"}
    yield shown(f"{name}_changelist", at, staff(model.see, 200), staff(model.see, 200))
    yield shown(f"{name}_add", f"{at}add/", staff(model.add, 200), staff(model.add, model.added))
    yield shown(f"{name}_change", f"{one}change/", staff(model.see, 200),
                staff(model.change, model.changed))  # fmt: skip
    yield shown(f"{name}_delete", f"{one}delete/", staff(model.delete, 200),
                staff(model.delete, model.deleted), yes)  # fmt: skip
    history = staff(model.see, model.history)
    yield shown(f"{name}_history", f"{one}history/", history, history)
    led_on = staff(CURATORS, 302)
    yield shown(f"{at[1:]}<path:object_id>/", one, led_on, led_on)
    if model.has_choices:
        yield _choices(f"{name}_choices", f"{at}choices/", model)


def _choices(name: str, path: str, model: Model) -> Row:
    """What a field of another record may name: found where there is such a field."""
    found = staff(CURATORS, 200 if model.named_by else 403)
    app, _, rest = model.named_by.partition("_")
    source, _, field = rest.partition(".")
    query = f"?term=a&app_label={app}&model_name={source}&field_name={field}"
    others = staff(CURATORS, 405)
    return Row(name, path + query, {"GET": found, "OPTIONS": staff(CURATORS, 200)}, others=others)


def at_the_door(answer: int) -> Answers:
    return same(403) | {READER: SIGN_IN} | dict.fromkeys(CURATORS, answer)


STAFF: Final = staff(CURATORS, 200)
SITE: Final = [
    shown("admin:index", "/admin/", STAFF, STAFF),
    # The admin has no door of its own: who is not signed in goes to that of the site.
    Row("admin:login", "/admin/login/", {
        "GET": at_the_door(302),
        **dict.fromkeys(("HEAD", "POST", "PUT", "OPTIONS"), at_the_door(200)),
    }, others=at_the_door(405)),
    Row("admin:logout", "/admin/logout/", {
        "POST": same(302), "OPTIONS": same(302) | dict.fromkeys(CURATORS, 200),
    }, others=same(302) | dict.fromkeys(CURATORS, 405)),
    Row("admin:password_change", "/admin/password_change/",
        {**dict.fromkeys(("GET", "POST", "PUT", "OPTIONS"), STAFF)},
        others=staff(CURATORS, 405)),
    Row("admin:password_change_done", "/admin/password_change/done/",
        {**dict.fromkeys(("GET", "OPTIONS"), STAFF)}, others=staff(CURATORS, 405)),
    shown("admin:auth_user_password_change", "/admin/auth/user/{other_user_pk}/password/",
          staff(ADMINS, 200), staff(ADMINS, 200)),
    Row("admin:autocomplete", "/admin/autocomplete/",
        {"GET": staff(CURATORS, 403), "OPTIONS": STAFF}, others=staff(CURATORS, 405)),
    Row("admin:jsi18n", "/admin/jsi18n/",
        {**dict.fromkeys(("GET", "OPTIONS"), STAFF)}, others=staff(CURATORS, 405)),
    shown("admin:view_on_site", "/admin/r/0/0/", staff(CURATORS, 404), staff(CURATORS, 404)),
    shown("admin:app_list", "/admin/patients/", STAFF, STAFF),
    shown("admin:app_list", "/admin/auth/", staff(ADMINS, 200) | {"curator": 404},
          staff(ADMINS, 200) | {"curator": 404}),
    shown("admin/(?P<url>.*)$", "/admin/nowhere/", staff(CURATORS, 404), staff(CURATORS, 404)),
]  # fmt: skip

ROWS: Final = [*SITE, *(row for model in MODELS for row in of_model(model))]
