"""What the pages of cases and of the library answer. Written by hand; see `expected`."""

from __future__ import annotations

from typing import Any, Final

from tests.matrix.expected import (
    ADMINS,
    CURATORS,
    RESEARCHER,
    RESEARCHERS,
    SIGNED_IN,
    Answers,
    Row,
    page,
    same,
)

OPEN: Final = same(200)
CASE: Final = "/cases/{case}/"
DRAFT: Final = "/cases/{draft}/"
WITHDRAWN: Final = "/cases/{withdrawn}/"
EDIT: Final = "/cases/{case}/edit/"
REFERENCE: Final = "/references/{reference}/"
OWN: Final = "/references/imports/{own_import}/"
THEIRS: Final = "/references/imports/{their_import}/"
OWN_SEARCH: Final = "/cases/searches/{own_search}/"
THEIR_SEARCH: Final = "/cases/searches/{their_search}/"
SEARCH: Final = {"name": "Men with a clot", "query": "q=clot&sex=male"}
PAIR: Final = "/references/duplicates/{pair_one}/{pair_two}/"


def get(name: str, path: str, answers: Answers) -> Row:
    return Row(name, path, {"GET": answers})


def post(name: str, path: str, answers: Answers, sent: Any = None) -> Row:
    return Row(name, path, {"POST": answers}, sent)


def form(name: str, path: str, shown: Answers, posted: Answers, sent: Any = None) -> Row:
    return Row(name, path, {"GET": shown, "POST": posted}, sent)


HIDDEN: Final = same(404) | dict.fromkeys(CURATORS, 200)
GONE: Final = same(410) | dict.fromkeys(CURATORS, 200)
"""Of a case that was withdrawn: when and why is said, and nothing more."""


def reads(name: str, tail: str) -> list[Row]:
    """A page of a case that everybody reads once it is published, and curators always."""
    return [
        get(name, CASE + tail, OPEN),
        get(name, DRAFT + tail, HIDDEN),
        get(name, WITHDRAWN + tail, GONE),
    ]


def of_version(name: str, tail: str) -> list[Row]:
    """A page of a version: a draft has none, for whoever asks."""
    return [
        get(name, CASE + tail, OPEN),
        get(name, DRAFT + tail, same(404)),
        get(name, WITHDRAWN + tail, GONE),
    ]


SAVE: Final = {"do": "save", "quote": "", "note": "", "number": ""}
STUDY: Final = "?reference={free_reference}&role=background"


def cites(name: str, part: str) -> list[Row]:
    """Citing on a case or a part of it, in its last step."""

    def row(of: str, roles: Any) -> Row:
        path = f"/cases/{{{of}}}/{part.format(of=of + '_' if of != 'case' else '')}cite/{STUDY}"
        return form(name, path, page(roles, 200), page(roles, 302), SAVE)

    return [row("case", RESEARCHERS), row("draft", CURATORS), row("withdrawn", CURATORS)]


CASES: Final = [
    get("home", "/", OPEN),
    get("patients:case-list", "/cases/", OPEN),
    get("patients:case-facets", "/cases/facets/?q=portal", OPEN),
    get("patients:case-feed", "/cases/feed/?q=portal", OPEN),
    get("patients:case-results", "/cases/results.csv?q=portal", OPEN),
    get("patients:case-results", "/cases/results.jsonl", OPEN),
    get("patients:saved-searches", "/cases/searches/", page(SIGNED_IN, 200)),
    post("patients:saved-search-save", "/cases/searches/save/", page(SIGNED_IN, 302), SEARCH),
    post("patients:saved-search-rename", f"{OWN_SEARCH}rename/", page(SIGNED_IN, 302), SEARCH),
    post("patients:saved-search-rename", f"{THEIR_SEARCH}rename/", page((), 404), SEARCH),
    post("patients:saved-search-delete", f"{OWN_SEARCH}delete/", page(SIGNED_IN, 302)),
    post("patients:saved-search-delete", f"{THEIR_SEARCH}delete/", page((), 404)),
    get("patients:compare", "/cases/compare/?case={case}&case={draft}", OPEN),
    get("patients:compare-file", "/cases/compare.csv?case={case}", same(400)),
    get("patients:compare-figure", "/cases/compare.svg?case={case}", same(400)),
    # Whoever has an account may propose a whole case.
    form("patients:case-new", "/cases/new/", page(SIGNED_IN, 200), page(SIGNED_IN, 422)),
    get("patients:cases-in-review", "/cases/in-review/", page(CURATORS, 200)),
    get("patients:cite-reference", "/cases/cite/?reference={reference}", page(RESEARCHERS, 200)),
    *cites("patients:cite-case", ""),
    *cites("patients:cite-event", "events/{{{of}event}}/"),
    *cites("patients:cite-finding", "findings/{{{of}finding}}/"),
    post(
        "patients:citation-take-back",
        CASE + "citations/{citation}/take-back/",
        page(RESEARCHERS, 302),
    ),
    post(
        "patients:citation-take-back",
        DRAFT + "citations/{draft_citation}/take-back/",
        page(CURATORS, 302),
    ),
    *reads("patients:case-detail", ""),
    *reads("patients:case-like", "like/"),
    *reads("patients:case-references", "references/"),
    *reads("patients:figure-svg", "timeline.svg"),
    *reads("patients:figure-pdf", "timeline.pdf"),
    *reads("patients:figure-png", "timeline.png"),
]

EDITOR_OF: Final = {"case": "", "draft": "draft_", "withdrawn": "withdrawn_"}


def editor(of: str, part: str) -> list[Row]:
    """All of the editor for one case: for curators, and for others as if it were not there."""
    at, row = f"/cases/{{{of}}}/edit/", f"event/{{{part}event}}/"
    done, shown = page(CURATORS, 302), page(CURATORS, 200)
    return [
        get("patients:case-edit", at, shown),
        post("patients:edit-undo", f"{at}undo/", done),
        post("patients:edit-redo", f"{at}redo/", done),
        get("patients:edit-terms", f"{at}terms/?q=a", shown),
        get("patients:edit-references", f"{at}references/?q=a", shown),
        get("patients:edit-new", f"{at}new/?kind=event&category=drug", shown),
        # Without htmx a form is shown in its page. One that does not say what it was made of
        # would overwrite what it never showed.
        form("patients:edit-summary", f"{at}summary/", done, page(CURATORS, 409)),
        form("patients:edit-row", at + row, done, page(CURATORS, 409)),
        post("patients:edit-preview", f"{at}{row}preview/", shown),
        post("patients:edit-move", f"{at}{row}move/", done, {"to": "up"}),
        post("patients:edit-remove", f"{at}{row}remove/", done),
    ]


EDITOR: Final = [row for of, part in EDITOR_OF.items() for row in editor(of, part)]


def of_imports(
    name: str, tail: str, shown: int | None, posted: int | None, sent: Any = None
) -> list[Row]:
    """An import: for those who add references if it is theirs, and for curators."""
    found = []
    for at, roles in ((OWN, RESEARCHERS), (THEIRS, CURATORS)):
        answers = {}
        if shown:
            answers["GET"] = page(roles, shown)
        if posted:
            answers["POST"] = page(roles, posted)
        found.append(Row(name, at + tail, answers, sent))
    return found


REASON: Final = {"reason": "Told again elsewhere."}


def publishing(of: str) -> list[Row]:
    """The review of one case. What a step needs first is told on its page."""
    at, told = f"/cases/{{{of}}}/publish/", page(CURATORS, 422)
    withdrawn = page(CURATORS, 302 if of == "case" else 422)
    return [
        get("patients:case-publish", at, page(CURATORS, 200)),
        post("patients:publish-checks", f"{at}checks/", page(CURATORS, 302)),
        post("patients:publish-submit", f"{at}hand-in/", page(CURATORS, 302)),
        post("patients:publish-send-back", f"{at}send-back/", told, REASON),
        post("patients:publish-publish", f"{at}publish/", page(CURATORS, 409)),
        post("patients:publish-withdraw", f"{at}withdraw/", withdrawn, REASON),
    ]


PUBLISHING: Final = [
    *(row for of in EDITOR_OF for row in publishing(of)),
    *of_version("patients:version-list", "versions/"),
    *of_version("patients:version-detail", "v/2/"),
    *of_version("patients:version-changes", "v/2/changes/"),
    *of_version("patients:version-figure", "v/2/timeline.svg"),
]

REFUSED: Final = page(CURATORS, 400)
"""All records here were made at once, and nothing of that can be taken back without the rest."""
HISTORY: Final = [
    get("history:recent", "/history/", page(CURATORS, 200)),
    get("history:term", "/history/terms/{term}/", page(CURATORS, 200)),
    form("history:term-take-back", "/history/terms/{term}/{term_change}/take-back/",
         page(CURATORS, 200), REFUSED, REASON),
    get("history:user", "/history/users/{other_user_pk}/", page(ADMINS, 200)),
    *(get("patients:case-history", f"/cases/{{{of}}}/history/", page(CURATORS, 200))
      for of in EDITOR_OF),
    *(form("patients:case-take-back", f"/cases/{{{of}}}/history/{{{part}change}}/take-back/",
           page(CURATORS, 200), REFUSED, REASON) for of, part in EDITOR_OF.items()),
    get("literature:reference-history", f"{REFERENCE}history/", page(CURATORS, 200)),
    form("literature:reference-take-back",
         f"{REFERENCE}history/{{reference_change}}/take-back/",
         page(CURATORS, 200), REFUSED, REASON),
]  # fmt: skip

AUTHOR: Final = (RESEARCHER,)
"""Who wrote the proposals below; other researchers are as anybody else."""
SAME_PATIENT: Final = "/curation/same-patient/{same_patient}/"
PROPOSAL: Final = "/curation/{revision}/"
SAID: Final = {"comment": "The report says so.", "text": "On page 3.", "assignee": "me"}


def proposing(case: str, roles: tuple[str, ...]) -> list[Row]:
    """The editor on a draft of a proposal, of which others than its author learn nothing."""
    at = f"/cases/{{{case}}}/propose/{{draft_revision}}/"
    row, done, shown, stale = "event/{event}/", page(roles, 302), page(roles, 200), page(roles, 409)
    told = [
        ("case-propose", "", shown, None),
        ("propose-undo", "undo/", None, done),
        ("propose-redo", "redo/", None, done),
        ("propose-terms", "terms/?q=a", shown, None),
        ("propose-references", "references/?q=a", shown, None),
        ("propose-new", "new/?kind=event&category=drug", shown, None),
        ("propose-summary", "summary/", done, stale),
        ("propose-row", row, done, stale),
        ("propose-preview", f"{row}preview/", None, shown),
        ("propose-move", f"{row}move/", None, done),
        ("propose-remove", f"{row}remove/", None, done),
    ]
    return [
        Row(
            f"patients:{name}",
            at + tail,
            {method: answers for method, answers in (("GET", get), ("POST", post)) if answers},
            {"to": "up"},
            others=page(roles, 405),
        )
        for name, tail, get, post in told
    ]


CURATION: Final = [
    *(form("patients:revision-begin", f"/cases/{{{of}}}/propose/",
           page(RESEARCHERS if of == "case" else (), 200),
           page(RESEARCHERS if of == "case" else (), 302)) for of in EDITOR_OF),
    *proposing("case", AUTHOR),
    *proposing("draft", ()),
    get("curation:queue", "/curation/", page(CURATORS, 200)),
    post("curation:accept-many", "/curation/accept/", page(CURATORS, 302)),
    get("curation:same-patient-list", "/curation/same-patient/", page(CURATORS, 200)),
    get("curation:same-patient", SAME_PATIENT, page(CURATORS, 200)),
    post("curation:same-patient-decide", f"{SAME_PATIENT}decide/", page(CURATORS, 302),
         {"decision": "distinct"}),
    post("curation:same-patient-take-back", f"{SAME_PATIENT}take-back/", page(CURATORS, 422)),
    get("curation:mine", "/curation/mine/", page(SIGNED_IN, 200)),
    get("curation:notifications", "/curation/notifications/", page(SIGNED_IN, 200)),
    post("curation:notifications-read", "/curation/notifications/read/", page(SIGNED_IN, 302)),
    post("curation:notification-open", "/curation/notifications/{notification}/open/",
         page(AUTHOR, 302)),
    get("curation:revision", PROPOSAL, page(RESEARCHERS, 200)),
    get("curation:revision", "/curation/{draft_revision}/", page(AUTHOR, 200)),
    get("curation:revision", "/curation/{their_revision}/", page(CURATORS, 200)),
    post("curation:submit", "/curation/{draft_revision}/submit/", page(AUTHOR, 422), SAID),
    post("curation:submit", "/curation/{their_revision}/submit/", page(CURATORS, 403), SAID),
    post("curation:decide", f"{PROPOSAL}decide/", page(CURATORS, 302),
         {"do": "reject", "reason": "The report says otherwise."}),
    post("curation:comment", f"{PROPOSAL}comment/", page(RESEARCHERS, 302), SAID),
    post("curation:comment", "/curation/{their_revision}/comment/", page(CURATORS, 302), SAID),
    post("curation:assign", f"{PROPOSAL}assign/", page(CURATORS, 302), SAID),
    post("curation:withdraw", f"{PROPOSAL}withdraw/", page(CURATORS, 403) | {RESEARCHER: 302}),
    post("curation:withdraw", "/curation/{their_revision}/withdraw/", page(CURATORS, 403)),
    post("curation:renew", f"{PROPOSAL}renew/", page(CURATORS, 403) | {RESEARCHER: 422}),
    post("curation:renew", "/curation/{their_revision}/renew/", page(CURATORS, 403)),
    # Nothing was accepted yet.
    post("curation:undo", f"{PROPOSAL}undo/", page(CURATORS, 422)),
]  # fmt: skip


def identifying(of: str) -> list[Row]:
    at = f"/cases/{{{of}}}/identifying/"
    return [
        get("patients:identifying", at, page(CURATORS, 200)),
        post("patients:identifying-clear", f"{at}clear/", page(CURATORS, 422)),
        post("patients:identifying-take-back", f"{at}{{{of}_clearing}}/take-back/",
             page(CURATORS, 302)),
    ]  # fmt: skip


IDENTIFYING: Final = [row for of in EDITOR_OF for row in identifying(of)]


def derived(of: str) -> list[Row]:
    event = "event" if of == "case" else f"{of}_event"
    at = f"/cases/{{{of}}}/derived/"
    one = f"{at}who_grade.event-{{{event}}}/"
    return [
        get("patients:derived-list", at, page(CURATORS, 200)),
        get("patients:derived-result", one, page(CURATORS, 200)),
        post("patients:derived-set-aside", f"{one}set-aside/", page(CURATORS, 422)),
        post("patients:derived-take-back", f"{one}take-back/", page(CURATORS, 302)),
    ]


DERIVED: Final = [row for of in EDITOR_OF for row in derived(of)]

IMPORTS: Final = [
    form("literature:reference-add", "/references/add/", page(RESEARCHERS, 200),
         page(RESEARCHERS, 422)),
    post("literature:reference-by-hand", "/references/add/by-hand/", page(RESEARCHERS, 422)),
    get("literature:import-list", "/references/imports/", page(RESEARCHERS, 200)),
    *of_imports("literature:import-detail", "", 200, None),
    *of_imports("literature:import-original", "original/", 200, None),
    *of_imports("literature:import-report-csv", "report.csv", 200, None),
    *of_imports("literature:import-report-json", "report.json", 200, None),
    *of_imports("literature:import-decide", "decide/", None, 302),
    *of_imports("literature:import-decide-all", "decide-all/", None, 302, {"decision": "leave"}),
    *of_imports("literature:import-mend", "rows/2/", None, 422),
    *of_imports("literature:import-cancel", "cancel/", None, 302),
    *of_imports("literature:import-undo", "undo/", None, 302),
]  # fmt: skip

DUPLICATES: Final = [
    get("literature:duplicate-list", "/references/duplicates/", page(CURATORS, 200)),
    get("literature:duplicate-compare", "/references/duplicates/compare/", page(CURATORS, 200)),
    get("literature:merge-list", "/references/duplicates/merged/", page(CURATORS, 200)),
    post("literature:merge-take-back", "/references/duplicates/merged/{merged}/take-back/",
         page(CURATORS, 302)),
    get("literature:duplicate-pair", PAIR, page(CURATORS, 200)),
    post("literature:duplicate-merge", f"{PAIR}merge/", page(CURATORS, 409)),
    post("literature:duplicate-apart", f"{PAIR}apart/", page(CURATORS, 302)),
    post("literature:duplicate-relate", f"{PAIR}relate/", page(CURATORS, 302),
         {"kind": "preprint_of"}),
    post("literature:duplicate-again", f"{PAIR}again/", page(CURATORS, 409)),
]  # fmt: skip


def of_comparison(name: str, roles: Any) -> list[Row]:
    """A saved comparison: its owner's alone."""
    at, done = f"/comparisons/{{{name}}}/", page(roles, 302)
    return [
        get("comparisons:open", at, done),
        post("comparisons:rename", f"{at}rename/", done, {"name": "Another name"}),
        post("comparisons:delete", f"{at}delete/", done),
    ]


COMPARISONS: Final = [
    # A comparison of no case is none.
    form("comparisons:list", "/comparisons/", page(SIGNED_IN, 200), page(SIGNED_IN, 422)),
    *of_comparison("own_comparison", SIGNED_IN),
    *of_comparison("their_comparison", ()),
]

LIBRARY: Final = [
    get("literature:reference-list", "/references/", OPEN),
    get("literature:reference-suggest", "/references/suggest/?q=study", OPEN),
    get("literature:reference-detail", REFERENCE, OPEN),
    get("literature:reference-export", "/references/export/?id={reference}", OPEN),
    form("literature:reference-look-up", f"{REFERENCE}look-up/", page(RESEARCHERS, 200),
         page(RESEARCHERS, 302)),
    post("literature:reference-take", f"{REFERENCE}look-up/take/", page(RESEARCHERS, 400)),
    form("literature:notice-add", f"{REFERENCE}notices/add/", page(CURATORS, 200),
         page(CURATORS, 400)),
    form("literature:notice-withdraw", f"{REFERENCE}notices/{{notice}}/withdraw/",
         page(CURATORS, 200), page(CURATORS, 400)),
    form("literature:text-add", f"{REFERENCE}texts/add/", page(RESEARCHERS, 200),
         page(RESEARCHERS, 422)),
    get("literature:text-detail", f"{REFERENCE}texts/abstract/en/", OPEN),
    # Held to check quotes against: nobody is shown it.
    get("literature:text-detail", f"{REFERENCE}texts/abstract/zh/", same(404)),
    form("literature:text-remove", f"{REFERENCE}texts/abstract/en/remove/", page(CURATORS, 200),
         page(CURATORS, 302)),
]  # fmt: skip

SITE: Final = [
    get("favicon.ico", "/favicon.ico", same(302)),
    get("healthz", "/healthz", OPEN),
    # Without a token of the operator's it is not there, for anybody.
    Row("metrics", "/metrics", others=same(404)),
]

ROWS: Final = [
    *CASES, *EDITOR, *PUBLISHING, *HISTORY, *CURATION, *IDENTIFYING, *DERIVED, *IMPORTS,
    *DUPLICATES,
    *LIBRARY, *COMPARISONS, *SITE,
]  # fmt: skip
