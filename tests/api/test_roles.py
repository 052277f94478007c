"""Who may do what at every address: a route that is not in the table fails."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casebase.api import router
from literature.actions import imports
from patients.actions import cases
from patients.models import Event
from patients.roles import ROLES
from tests import make
from tests.api.client import CHANGES, Api, problem
from tests.patients.comparison_breaks import make_comparison
from tests.patients.images import making

pytestmark = pytest.mark.django_db
EVERYBODY = ("", *ROLES)


def only(*roles, status):
    """`status` for the roles; 401 for who is not signed in, 403 for the others."""
    refused = {role: 403 if role else 401 for role in EVERYBODY}
    return refused | dict.fromkeys(roles, status)


OPEN = dict.fromkeys(EVERYBODY, 200)
CURATORS = ("curator", "admin")
RECORD = {
    "list": OPEN,
    "retrieve": OPEN,
    "create": only(*CURATORS, status=201),
    "update": only(*CURATORS, status=200),
    "partial_update": only(*CURATORS, status=200),
    "destroy": only(*CURATORS, status=204),
}
ADDED_BY_RESEARCHERS = RECORD | {"create": only("researcher", *CURATORS, status=201)}
TABLE = {
    "patients": RECORD,
    "cases": RECORD
    | dict.fromkeys(
        (
            "checks",
            "record_checks",
            "submit",
            "send_back",
            "publish",
            "withdraw",
            "identifying",
            "clear_identifying",
            "take_back_clearing",
            "derived",
            "set_aside_derived",
            "take_back_derived",
        ),
        only(*CURATORS, status=200),
    )
    | {"like": OPEN, "references": OPEN, "versions": OPEN, "version": OPEN},
    "events": RECORD,
    "imaging-findings": RECORD,
    "images": RECORD
    | dict.fromkeys(("confirmation", "confirm", "take_back"), only(*CURATORS, status=200)),
    "measurements": RECORD,
    "laboratory-results": RECORD,
    "lesions": RECORD,
    "terms": RECORD,
    "references": ADDED_BY_RESEARCHERS | {"export": OPEN, "suggest": OPEN},
    "citations": ADDED_BY_RESEARCHERS,
    "revisions": {
        "list": only(*ROLES, status=200),
        "retrieve": only("researcher", *CURATORS, status=200) | {"clinician": 404},
        "create": only("researcher", *CURATORS, status=201),
        "comment": only("researcher", *CURATORS, status=200) | {"clinician": 404},
        "decide": only(*CURATORS, status=200),
        "withdraw": only("researcher", status=200)
        | dict.fromkeys(CURATORS, 403)
        | {"clinician": 404},
    },
    "comparisons": dict.fromkeys(
        ("list", "retrieve", "update", "partial_update"), only(*ROLES, status=200)
    )
    | {"create": only(*ROLES, status=201), "destroy": only(*ROLES, status=204)},
    "duplicates": dict.fromkeys(("list", "retrieve"), only(*CURATORS, status=200)),
    "imports": {"create": only("researcher", *CURATORS, status=201)}
    | dict.fromkeys(
        (
            "list",
            "retrieve",
            "rows_of",
            "original",
            "decide",
            "decide_all",
            "mend",
            "save",
            "cancel",
            "undo",
        ),
        only("researcher", *CURATORS, status=200),
    ),
}
ROWS = [(prefix, action) for prefix, actions in TABLE.items() for action in actions]
METHODS = {"update": "PUT", "partial_update": "PATCH", "destroy": "DELETE"}


def test_table_has_every_route():
    routed = {
        (pattern.callback.initkwargs["basename"], action)
        for pattern in router.urls
        for action in pattern.callback.actions.values()
    }
    names = {prefix: basename for prefix, _, basename in router.registry}
    assert routed == {(names[prefix], action) for prefix, action in ROWS}


def free(prefix, records):
    """Makes the record of `prefix` one that nothing rests on, so that it can be deleted."""
    match prefix:
        case "patients":
            records.patient = make.make_patient()
        case "cases":
            records.case = records.draft
            cases.refresh(case=records.draft)
        case "references":
            records.reference = make.make_reference()
        case "lesions":
            records.lesion = make.make_lesion(records.case)


SENT = {
    "decide": {"decisions": [{"row": 1, "decision": "leave"}]},
    "decide_all": {"verdict": "probable", "decision": "leave"},
    "mend": {"row": 2, "csl": {"type": "book", "title": "A title after all"}},
}
"""To the actions of an import."""


def act_on_import(client, action, records):
    """On the client's own: nobody else would be told that it is there."""
    records.imported.by = client.user
    records.imported.save(update_fields=["by"])
    path = records.path("imports")
    match action:
        case "list":
            return client.get("imports/")
        case "retrieve":
            return client.get(path)
        case "rows_of" | "original":
            return client.get(f"{path}{action.removesuffix('_of')}/")
        case "create":
            return client.post("imports/", {"text": "TY  - BOOK\nTI  - A book\nER  - \n"})
        case "undo":
            imports.save(imported=records.imported, by=client.user)
    return client.post(f"{path}{action.replace('_', '-')}/", SENT.get(action))


def act_towards_readers(client, action, path, records):
    if action in ("submit", "send_back", "publish"):
        records.event.label = "Reworded"
        records.event.save()
    if action in ("send_back", "publish"):
        make.make_ready(records.case)
    reason = {"reason": "Why it is so"} if action in ("send_back", "withdraw") else None
    tails = {"record_checks": "checks/record"}
    return client.post(f"{path}{tails.get(action, action.replace('_', '-'))}/", reason)


def act_on_revision(client, action, records):
    """The researcher is its author; curators see it because it was handed in."""
    path = records.path("revisions")
    if client.user is not None and client.user.groups.filter(name="researcher").exists():
        records.revision.author = client.user
        records.revision.save(update_fields=["author"])
    match action:
        case "list":
            return client.get("revisions/")
        case "retrieve":
            return client.get(path)
        case "create":
            return client.post("revisions/", records.body("revisions"))
    sent = {"comment": {"text": "Which page?"}, "decide": {"do": "accept"}}
    return client.post(f"{path}{action}/", sent.get(action))


def act_on_identifying(client, action, path, records):
    """A finding that a curator knows of, cleared before it is taken back."""
    Event.objects.filter(pk=records.event.pk).update(label="Seen by Dr Adler")
    curator, address = Api("curator"), f"{path}identifying/"
    body = {"finding": curator.get(address).json()["waiting"][0]["id"], "reason": "Made up."}
    match action:
        case "identifying":
            return client.get(address)
        case "clear_identifying":
            return client.post(address, body)
    cleared = curator.post(address, body).json()["clearings"][0]["id"]
    return client.post(f"{address}take-back/", {"clearing": cleared})


def act_on_derived(client, action, path, records):
    """The WHO grade of an event, set aside before that is taken back."""
    Event.objects.filter(pk=records.event.pk).update(category="pathology", ki67_low=5, ki67_high=5)
    address, result = f"{path}derived/", f"who_grade.event-{records.event.public_id}"
    match action:
        case "derived":
            return client.get(address)
        case "set_aside_derived":
            return client.post(address, {"result": result, "reason": "It was counted anew."})
    make.make_set_aside(records.event)
    return client.post(f"{address}take-back/", {"result": result})


def act_on_comparison(client, action, records):
    """On the client's own: another's is not there for them."""
    other = make.make_published_case()
    body = {"name": "Two courses", "accessions": [records.case.accession, other.accession]}
    if action == "create":
        return client.post("comparisons/", body)
    saved = make_comparison(client.user, name="Before")
    path = "comparisons/" if action == "list" else f"comparisons/{saved.public_id}/"
    if action in ("list", "retrieve"):
        return client.get(path)
    sent = {"name": "Renamed"} | ({"accessions": saved.accessions} if action == "update" else {})
    sent = None if action == "destroy" else sent
    return client.send(METHODS[action], path, sent, **{"If-Match": "*"})


def act_on_image(client, action, records):
    path = records.path("images")
    words = {"caption": "Another caption", "credit": "Ours"}
    match action:
        case "list" | "retrieve":
            return client.get("images/" if action == "list" else path)
        case "create":
            sent = {"finding": records.finding.public_id, "caption": "A", "file": png_file()}
            return client.client.post("/api/v1/images/", sent)
        case "confirmation":
            return client.get(f"{path}confirmation/")
        case "confirm" | "take_back":
            tail = "take-back/" if action == "take_back" else ""
            return client.post(f"{path}confirmation/{tail}")
    sent = None if action == "destroy" else words
    return client.send(METHODS[action], path, sent, **{"If-Match": "*"})


def png_file():
    return SimpleUploadedFile("scan.png", making.png())


def act(client, prefix, action, records):
    if prefix == "images":
        return act_on_image(client, action, records)
    if prefix == "imports":
        return act_on_import(client, action, records)
    if prefix == "comparisons":
        return act_on_comparison(client, action, records)
    if prefix == "revisions":
        return act_on_revision(client, action, records)
    if action == "destroy":
        free(prefix, records)
    path = records.path(prefix)
    match action:
        case "list":
            query = f"?case={records.case.accession}" if prefix == "lesions" else ""
            return client.get(f"{prefix}/{query}")
        case "retrieve":
            return client.get(path)
        case "create":
            return client.post(f"{prefix}/", records.body(prefix))
        case "references" | "like":
            return client.get(f"{path}{action}/")
        case "export":
            return client.get(f"{prefix}/export/?ids={records.reference.public_id}")
        case "suggest":
            return client.get(f"{prefix}/suggest/?q=liver")
        case "version":
            return client.get(f"{path}versions/1/")
        case "identifying" | "clear_identifying" | "take_back_clearing":
            return act_on_identifying(client, action, path, records)
        case "derived" | "set_aside_derived" | "take_back_derived":
            return act_on_derived(client, action, path, records)
        case "versions" | "checks":
            return client.get(f"{path}{action}/")
        case "submit" | "send_back" | "publish" | "record_checks" | "withdraw":
            return act_towards_readers(client, action, path, records)
    body = {"update": whole(prefix, records), "partial_update": CHANGES[prefix]}.get(action)
    return client.send(METHODS[action], path, body, **{"If-Match": "*"})


def whole(prefix, records):
    body = records.body(prefix)
    if prefix == "terms":
        body["slug"] = records.term.slug
    return body


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize(("prefix", "action"), ROWS)
def test_role_may(prefix, action, role, records):
    expected = TABLE[prefix][action][role]
    response = act(Api(role), prefix, action, records)
    assert response.status_code == expected, response.content
    if expected in (401, 403):
        problem(response, expected)
    if expected == 401:
        assert response["WWW-Authenticate"] == "Token"
