"""An import as its own page and the list of imports show it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from literature.import_presenters.rows import (
    ADD,
    EXISTING,
    FILL,
    LEAVE,
    VERDICT_WORDS,
    Choice,
)
from literature.import_presenters.words import (
    format_words,
    many,
    plan_words,
    rate_words,
    size_words,
    undo_words,
)
from literature.importing import Plan, Undoing
from literature.models import Decision, Import, ImportState, Outcome, Verdict

FOR_ALL: Final = [Choice(*choice) for choice in (EXISTING, FILL, ADD, LEAVE)]
PASTED: Final = "pasted text"
"""The name of an import that came by the text box."""
NO_WORKER: Final = (
    "Nothing is working on imports at the moment, so this one waits. Whoever runs this site has to "
    "start the worker."
)
STEPS: Final[dict[str, str]] = {
    ImportState.WAITING: "Waiting to be read.",
    ImportState.READING: "Reading:",
    ImportState.SAVING: "Bringing in:",
    ImportState.UNDOING: "Taking back:",
}

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """How far an import had come at an earlier look: seconds since 1970, rows done."""

    at: float
    done: int

    @classmethod
    def parse(cls, text: str) -> Seen | None:
        at, _, done = text.partition("-")
        if not (at.isascii() and at.isdecimal() and done.isascii() and done.isdecimal()):
            return None
        return cls(float(at[:12]), int(done[:9]))


@dataclass(frozen=True, slots=True)
class ProgressView:
    words: str
    rate: str
    done: int
    total: int
    trouble: str
    again: str
    """The query of the next look, which tells it how far this one was."""


def progress_view(
    imported: Import, *, now: datetime, seen: Seen | None, worker_seen: bool
) -> ProgressView:
    words = STEPS[imported.state]
    if imported.state != ImportState.WAITING:
        of = f" of {imported.total:,}" if imported.total else ""
        words = f"{words} {imported.done:,}{of} done."
    rate = 0.0
    if seen is not None and now.timestamp() > seen.at:
        rate = (imported.done - seen.done) / (now.timestamp() - seen.at)
    return ProgressView(
        words=words,
        rate=rate_words(imported.done, imported.total, rate).capitalize(),
        done=min(imported.done, imported.total) if imported.total else imported.done,
        total=imported.total,
        trouble="" if worker_seen else NO_WORKER,
        again=f"?seen={math.floor(now.timestamp())}-{imported.done}",
    )


@dataclass(frozen=True, slots=True)
class CountLink:
    label: str
    number: int
    url: str
    current: bool
    note: str = ""


def count_links(counts: Counts, chosen: str, undecided: int = 0) -> list[CountLink]:
    """One link for all rows, and one for each verdict that some row has."""
    links = [CountLink("All", sum(counts.values()), "?", chosen == "")]
    for verdict, label in VERDICT_WORDS.items():
        if counts.get(verdict) or verdict == chosen:
            note = f"{undecided:,} to decide" if verdict == Verdict.PROBABLE and undecided else ""
            links.append(
                CountLink(
                    label, counts.get(verdict, 0), f"?verdict={verdict}", verdict == chosen, note
                )
            )
    return links


@dataclass(frozen=True, slots=True)
class PageHead:
    """What stands at the head of every page of an import."""

    heading: str
    facts: list[str]
    work: tuple[str, str] | None
    public_id: str
    url: str
    original_url: str
    again_url: str
    """The box with the text in it, to be corrected; empty for a file."""
    cancel_url: str


def page_head(imported: Import, user: Any) -> PageHead:
    work = imported.attach_to
    return PageHead(
        heading=f"Import: {imported.name}",
        facts=facts(imported, user),
        work=(str(work.csl["title"]), work.get_absolute_url()) if work is not None else None,
        public_id=imported.public_id,
        url=imported.get_absolute_url(),
        original_url=_url("import-original", imported),
        again_url=_again_url(imported),
        cancel_url=_url("import-cancel", imported),
    )


def may_read_again(imported: Import) -> bool:
    """Whether it came by the text box, and so can be put into it again."""
    return imported.name == PASTED


def _again_url(imported: Import) -> str:
    if not may_read_again(imported):
        return ""
    return f"{reverse('literature:reference-add')}?again={imported.public_id}"


def _url(name: str, imported: Import, *more: Any) -> str:
    return reverse(f"literature:{name}", args=[imported.public_id, *more])


def facts(imported: Import, user: Any) -> list[str]:
    told = [ImportState(imported.state).label]
    if imported.format:
        told.append(format_words(imported.format))
    told += [size_words(imported.size), f"{imported.created_at:%-d %B %Y, %H:%M} UTC"]
    if imported.by is not None and imported.by != user:
        told.append(f"by {imported.by.get_username()}")
    if imported.licence:
        told.append(f"abstracts held under: {imported.licence}")
    return told


@dataclass(frozen=True, slots=True)
class ListedImport:
    url: str
    name: str
    state: str
    facts: list[str]


def listed(imported: Import, user: Any) -> ListedImport:
    state, *others = facts(imported, user)
    if imported.total:
        others.insert(1, many(imported.total, "row"))
    return ListedImport(imported.get_absolute_url(), imported.name, state, others)


@dataclass(frozen=True, slots=True)
class PreviewView:
    plan: str
    plan_token: str
    button: str
    may_save: bool
    open: int
    for_all: list[Choice]
    decide_url: str
    for_all_url: str


def preview_view(imported: Import, plan: Plan, within: Counts) -> PreviewView:
    """`within` counts, by decision, the rows that are like another row of the import."""
    brought = plan.added + plan.tied + plan.filled
    return PreviewView(
        plan=plan_words(plan, within.get(Decision.EXISTING, 0), within.get(Decision.FILL, 0)),
        plan_token=plan_token(plan),
        button=f"Bring in {many(brought, 'reference')}",
        may_save=brought > 0,
        open=plan.undecided,
        for_all=FOR_ALL,
        decide_url=_url("import-decide", imported),
        for_all_url=_url("import-decide-all", imported),
    )


def plan_token(plan: Plan) -> str:
    """Tells whether what will happen is still what the page said."""
    numbers = (plan.added, plan.tied, plan.filled, plan.left_out, plan.undecided)
    return "-".join(map(str, numbers))


@dataclass(frozen=True, slots=True)
class ReportView:
    told: str
    csv_url: str
    json_url: str
    undo_url: str
    undo_words: str


def report_view(
    imported: Import, outcomes: Counts, within: Counts, undoing: Undoing | None
) -> ReportView:
    """`outcomes` counts rows by what became of them, `within` those of them that are like another
    row of the import; `undoing` is None where nothing is to undo."""
    return ReportView(
        told=_told(imported, outcomes, within),
        csv_url=_url("import-report-csv", imported),
        json_url=_url("import-report-json", imported),
        undo_url=_url("import-undo", imported) if undoing is not None else "",
        undo_words=undo_words(undoing) if undoing is not None else "",
    )


def _told(imported: Import, outcomes: Counts, within: Counts) -> str:
    if imported.state == ImportState.FAILED:
        return f"It could not be read. {imported.error}".strip()
    if imported.state == ImportState.CANCELLED:
        return "It was cancelled. Nothing of it was added to the library."
    done = Plan(
        added=outcomes.get(Outcome.ADDED, 0),
        tied=outcomes.get(Outcome.TIED, 0),
        filled=outcomes.get(Outcome.FILLED, 0),
        left_out=outcomes.get(Outcome.LEFT, 0),
        undecided=0,
    )
    words = plan_words(done, within.get(Outcome.TIED, 0), within.get(Outcome.FILLED, 0))
    told = f"Brought in: {words}"
    if imported.state == ImportState.UNDONE:
        return f"{told} It was undone later, so what it added is not here any more."
    return told
