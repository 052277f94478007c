"""What REST answers: reading is open for what is published, writing needs a role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tests.api.client import CHANGES
from tests.matrix.expected import CURATORS, RESEARCHERS, SIGNED_IN, Answers, Row, rest, same

V1: Final = "/api/v1/"
OPEN: Final = same(200)
HIDDEN: Final = same(404) | dict.fromkeys(CURATORS, 200)
"""Of a case that is not published."""
IMPORT: Final = same(404) | {"": 401, "clinician": 403} | dict.fromkeys(CURATORS, 200)
"""An import of somebody else."""


def row(name: str, path: str, sent: Any = None, **answers: Answers) -> Row:
    return Row(f"api:{name}", V1 + path, {"OPTIONS": same(204), **answers}, sent)


def body_of(prefix: str, of: str = "case") -> Callable[[Any, str], dict[str, Any]]:
    """A new record beside those of the case `of`, or a change to one of them."""

    def sent(world: Any, method: str) -> dict[str, Any]:
        if method == "PATCH":
            return CHANGES[prefix]
        body, names = world.records.body(prefix), world.names("")
        if "case" in body:
            body["case"] = names[of]
        if method == "PUT" and prefix == "terms":
            body["slug"] = names["term"]
        if of != "case":
            parts = {"event", "finding"} & body.keys()
            body |= {part: names[f"{of}_{part}"] for part in parts}
            if prefix == "laboratory-results":
                body["event"] = world.rows[f"{of}_result"].event.public_id
        return body

    return sent


def lists(prefix: str, name: str, adders: tuple[str, ...] = CURATORS) -> Row:
    query = "?case={case}" if prefix == "lesions" else ""
    added = rest(adders, 400 if query else 201)
    return row(f"{name}-list", f"{prefix}/{query}", body_of(prefix), GET=OPEN, POST=added)


GONE: Final = same(410) | dict.fromkeys(CURATORS, 200)
"""Of a case that was withdrawn."""
REASON: Final = {"reason": "Told again elsewhere."}


def read(of: str, *, tombstone: bool = True) -> Answers:
    """Reading what belongs to the case `of`."""
    if of == "case":
        return OPEN
    return GONE if of == "withdrawn" and tombstone else HIDDEN


def detail(prefix: str, name: str, key: str, *, deleted: int = 204, of: str = "case") -> Row:
    """`deleted` is the answer to those who may delete: 409 where other records rest on it."""
    return row(
        f"{name}-detail",
        f"{prefix}/{{{key}}}/",
        body_of(prefix, of),
        GET=read(of, tombstone=prefix == "cases"),
        PUT=rest(CURATORS, 200),
        PATCH=rest(CURATORS, 200),
        DELETE=rest(CURATORS, deleted),
    )


PARTS: Final = {
    "events": "event",
    "imaging-findings": "finding",
    "measurements": "measurement",
    "laboratory-results": "result",
    "lesions": "lesion",
    "citations": "citation",
}
"""Prefix → what the records are called here."""
BASENAMES: Final = {prefix: prefix.removesuffix("s") for prefix in PARTS}
RESTED_ON: Final = ("lesions",)


def of_case(prefix: str) -> list[Row]:
    adders = RESEARCHERS if prefix == "citations" else CURATORS
    name, key = BASENAMES[prefix], PARTS[prefix]
    deleted = 409 if prefix in RESTED_ON else 204
    return [
        lists(prefix, name, adders),
        detail(prefix, name, key, deleted=deleted),
        *(
            detail(prefix, name, f"{of}_{key}", deleted=deleted, of=of)
            for of in ("draft", "withdrawn")
        ),
    ]


def case_actions(of: str) -> list[Row]:
    """What is done to a case as a whole. Nobody has looked at any check of these cases."""
    at, numbered = f"cases/{{{of}}}/", same(404) if of == "draft" else read(of)
    withdrawn = rest(CURATORS, 200 if of == "case" else 400)
    cleared = {"finding": "0" * 64, "reason": "It stands in the printed report."}
    return [
        row("case-like", f"{at}like/", GET=read(of)),
        row("case-references", f"{at}references/", GET=read(of)),
        row("case-versions", f"{at}versions/", GET=numbered),
        row("case-version", f"{at}versions/2/", GET=numbered),
        row("case-checks", f"{at}checks/", GET=rest(CURATORS, 200)),
        row("case-record-checks", f"{at}checks/record/", {}, POST=rest(CURATORS, 200)),
        row(
            "case-identifying",
            f"{at}identifying/",
            cleared,
            GET=rest(CURATORS, 200),
            POST=rest(CURATORS, 400),
        ),
        row(
            "case-take-back-clearing",
            f"{at}identifying/take-back/",
            lambda world, method: {"clearing": world.names("")[f"{of}_clearing"]},
            POST=rest(CURATORS, 200),
        ),
        row(
            "case-derived",
            f"{at}derived/",
            {"result": "who_grade.event-0000000000", **REASON},
            GET=rest(CURATORS, 200),
            POST=rest(CURATORS, 400),
        ),
        row(
            "case-take-back-derived",
            f"{at}derived/take-back/",
            lambda world, method: {"result": world.rows[f"{of}_aside"].key},
            POST=rest(CURATORS, 200),
        ),
        row("case-submit", f"{at}submit/", POST=rest(CURATORS, 200)),
        row("case-send-back", f"{at}send-back/", REASON, POST=rest(CURATORS, 400)),
        row("case-publish", f"{at}publish/", POST=rest(CURATORS, 409)),
        row("case-withdraw", f"{at}withdraw/", REASON, POST=withdrawn),
    ]


CASES: Final = [
    lists("cases", "case"),
    # What was published is withdrawn, never deleted.
    detail("cases", "case", "case", deleted=400),
    detail("cases", "case", "draft", of="draft"),
    detail("cases", "case", "withdrawn", deleted=400, of="withdrawn"),
    *(row for of in ("case", "draft", "withdrawn") for row in case_actions(of)),
    lists("patients", "patient"),
    detail("patients", "patient", "patient", deleted=409),
    detail("patients", "patient", "draft_patient", deleted=409, of="draft"),
    detail("patients", "patient", "withdrawn_patient", deleted=409, of="withdrawn"),
    detail("patients", "patient", "free_patient", of="draft"),
    *(row for prefix in PARTS for row in of_case(prefix)),
    lists("terms", "term"),
    detail("terms", "term", "term"),
]

LIBRARY: Final = [
    lists("references", "reference", RESEARCHERS),
    detail("references", "reference", "reference", deleted=409),
    detail("references", "reference", "free_reference"),
    row("reference-suggest", "references/suggest/?q=study", GET=OPEN),
    row("reference-export", "references/export/?ids={reference}", GET=OPEN),
    row("duplicate-list", "duplicates/", GET=rest(CURATORS, 200)),
    row("duplicate-detail", "duplicates/{pair_one}-{pair_two}/", GET=rest(CURATORS, 200)),
]


def of_imports(name: str, tail: str, method: str, sent: Any = None, done: int = 200) -> list[Row]:
    """An import: for those who add references if it is theirs, and for curators."""
    theirs = {role: done if answer == 200 else answer for role, answer in IMPORT.items()}
    return [
        row(name, f"imports/{{own_import}}/{tail}", sent, **{method: rest(RESEARCHERS, done)}),
        row(name, f"imports/{{their_import}}/{tail}", sent, **{method: theirs}),
    ]


IMPORTS: Final = [
    row("import-list", "imports/", {"text": "TY  - BOOK\nTI  - A book\nER  - \n"},
        GET=rest(RESEARCHERS, 200), POST=rest(RESEARCHERS, 201)),
    *of_imports("import-detail", "", "GET"),
    *of_imports("import-rows-of", "rows/", "GET"),
    *of_imports("import-original", "original/", "GET"),
    *of_imports("import-decide", "decide/", "POST",
                {"decisions": [{"row": 1, "decision": "leave"}]}),
    *of_imports("import-decide-all", "decide-all/", "POST",
                {"verdict": "probable", "decision": "leave"}),
    *of_imports("import-mend", "mend/", "POST",
                {"row": 2, "csl": {"type": "book", "title": "A title after all"}}),
    *of_imports("import-save", "save/", "POST"),
    *of_imports("import-cancel", "cancel/", "POST"),
    # Nothing was brought in yet.
    *of_imports("import-undo", "undo/", "POST", done=400),
]  # fmt: skip

OWN: Final = rest(RESEARCHERS, 200) | {"clinician": 404}
"""The proposal of the researcher; curators see what was handed in."""
OF_ANOTHER: Final = rest(CURATORS, 200) | dict.fromkeys(("clinician", "researcher"), 404)
NOT_THEIRS: Final = dict.fromkeys(CURATORS, 403)
"""Nobody takes back what somebody else proposed."""


def of_revision(name: str, seen: Answers, withdrawn: Answers) -> list[Row]:
    at = f"revisions/{{{name}}}/"
    rejected = {"do": "reject", "reason": "The report says otherwise."}
    return [
        row("revision-detail", at, GET=seen),
        row("revision-comment", f"{at}comment/", {"text": "On page 3."}, POST=seen),
        row("revision-decide", f"{at}decide/", rejected, POST=rest(CURATORS, 200)),
        row("revision-withdraw", f"{at}withdraw/", POST=withdrawn),
    ]


REVISIONS: Final = [
    # A proposal without steps is none.
    row("revision-list", "revisions/", {}, GET=rest(SIGNED_IN, 200), POST=rest(RESEARCHERS, 400)),
    *of_revision("revision", OWN, OWN | NOT_THEIRS),
    *of_revision("their_revision", OF_ANOTHER, OF_ANOTHER | NOT_THEIRS),
]


def comparison(world: Any, method: str) -> dict[str, Any]:
    """Another name; the other fields stay."""
    saved = world.rows["their_comparison"]
    return {"name": "Anew"} | ({"accessions": saved.accessions} if method == "PUT" else {})


def of_comparison(name: str, allowed: Callable[[int], Answers]) -> Row:
    at = f"comparisons/{{{name}}}/"
    read, gone = allowed(200), allowed(204)
    return row("comparison-detail", at, comparison, GET=read, PUT=read, PATCH=read, DELETE=gone)


COMPARISONS: Final = [
    row("comparison-list", "comparisons/", {}, GET=rest(SIGNED_IN, 200), POST=rest(SIGNED_IN, 400)),
    of_comparison("own_comparison", lambda status: rest(SIGNED_IN, status)),
    # Nobody but its owner, curators and admins neither.
    of_comparison("their_comparison", lambda status: rest(SIGNED_IN, 404)),
]


def of_image(key: str, of: str) -> list[Row]:
    """An image of the case `of`; a new one comes as a form, so that JSON is not read."""
    words = {"caption": "Another caption", "credit": "Ours"}
    done = rest(CURATORS, 200)
    return [
        row("image-detail", f"images/{{{key}}}/", words, GET=read(of, tombstone=False),
            PUT=done, PATCH=done, DELETE=rest(CURATORS, 204)),
        row("image-confirmation", f"images/{{{key}}}/confirmation/", GET=done, POST=done),
        row("image-take-back", f"images/{{{key}}}/confirmation/take-back/", POST=done),
    ]  # fmt: skip


IMAGES: Final = [
    row("image-list", "images/", {}, GET=OPEN, POST=rest(CURATORS, 415)),
    *of_image("image", "case"),
    *of_image("draft_image", "draft"),
    *of_image("withdrawn_image", "withdrawn"),
]

SITE: Final = [
    Row("api:root", V1, {"GET": OPEN, "OPTIONS": same(200)}),
    Row("api:schema", f"{V1}schema/", {"GET": OPEN, "OPTIONS": same(200)}),
    Row("api:docs", "/api/docs/", {"GET": OPEN, "OPTIONS": same(200)}),
    Row(r"api/[\s\S]*$", "/api/nowhere/", others=same(404)),
]

ROWS: Final = [*CASES, *LIBRARY, *IMPORTS, *REVISIONS, *COMPARISONS, *IMAGES, *SITE]
