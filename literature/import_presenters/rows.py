"""One row of an import as its page shows it. Runs no query of its own: the reference of `match` and
of `result`, and the record of the row that `match_row` names, are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from literature import wording
from literature.import_presenters.fields import FieldPair, label_of, side_by_side
from literature.models import Decision, ImportRow, Outcome, Verdict

NOT_SURE: Final = 0.8
"""Below this confidence a person should look: it was read by a rule of thumb."""
IDENTIFIERS: Final = ("DOI", "PMID", "PMCID")
NO_TITLE: Final = "No title was read"
MAX_ORIGINAL: Final = 20_000
"""Characters of a record as it came that are shown in the page."""
VERDICT_WORDS: Final[dict[str, str]] = {
    Verdict.NEW: "New",
    Verdict.SAME: "Here already",
    Verdict.PROBABLE: "Probably here already",
    Verdict.TWICE: "Twice in this import",
    Verdict.BROKEN: "Broken",
}
OUTCOME_WORDS: Final[dict[str, str]] = {
    Outcome.ADDED: "Added:",
    Outcome.TIED: "Tied to the reference we hold:",
    Outcome.FILLED: "Tied to the reference we hold, with its empty fields filled:",
    Outcome.LEFT: "Left out.",
}
MATCH_WORDS: Final[dict[str, str]] = {
    Verdict.NEW: "Another work of the same study, perhaps:",
    Verdict.SAME: "We hold:",
    Verdict.PROBABLE: "Perhaps the same:",
    Verdict.TWICE: "We hold:",
    Verdict.BROKEN: "Like:",
}
ADD: Final = (Decision.ADD, "Add as new")
EXISTING: Final = (Decision.EXISTING, "Use the reference we hold")
FILL: Final = (Decision.FILL, "Use it, and fill its empty fields")
LEAVE: Final = (Decision.LEAVE, "Leave out")
AS_THAT_ROW: Final = (Decision.EXISTING, "It is the same work as that row")
SAME_WORK: Final = (Decision.LEAVE, "Leave out, it is the same work")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ProblemView:
    kind: str
    words: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class MatchView:
    """What the row is like: a reference of the library, or another row of the import."""

    words: str
    title: str
    url: str
    reason: str
    column: str
    csl: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OutcomeView:
    words: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    position: int
    place: str
    number: str
    line: int
    verdict: str
    verdict_words: str
    read: dict[str, Any]
    unsure: list[str]
    problems: list[ProblemView]
    original: str
    match: MatchView | None
    pairs: list[FieldPair]
    choices: list[Choice]
    mending: bool
    outcome: OutcomeView | None


def row_view(
    row: ImportRow, *, other: Mapping[str, Any] | None = None, mending: bool = False
) -> RowView:
    """`other` is the record of the row that `row.match_row` names."""
    is_open = not row.outcome
    match = _match(row, other or {})
    shows_both = is_open and match is not None and row.verdict == Verdict.PROBABLE
    return RowView(
        position=row.position,
        place=f"Row {row.position}",
        number=_number_words(row),
        line=row.line,
        verdict=row.verdict,
        verdict_words=VERDICT_WORDS[row.verdict],
        read=read_words(row.csl),
        unsure=unsure_words(row.confidence) if is_open else [],
        problems=problem_views(row.problems),
        original=row.original[:MAX_ORIGINAL],
        match=match,
        pairs=side_by_side(row.csl, match.csl, match.column) if shows_both and match else [],
        choices=_choices(row, match) if is_open else [],
        mending=mending,
        outcome=_outcome(row),
    )


def _number_words(row: ImportRow) -> str:
    """The printed number, where it is not that of the row."""
    told = row.number is not None and row.number != row.position
    return f"number {row.number} in the list" if told else ""


def read_words(csl: Mapping[str, Any]) -> dict[str, Any]:
    """What was read, as a reference is worded everywhere; a record may lack anything."""
    record = dict(csl)
    return {
        "title": record.get("title") or NO_TITLE,
        "authors": wording.authors_words(record),
        "published": wording.where_published(record),
        "type": wording.type_words(record) or "Type not known",
        "identifiers": [f"{field} {record[field]}" for field in IDENTIFIERS if record.get(field)],
    }


def unsure_words(confidence: Mapping[str, float]) -> list[str]:
    """`Title: not sure` for each field that was read with little confidence."""
    return [f"{label_of(field)}: not sure" for field, sure in confidence.items() if sure < NOT_SURE]


def problem_views(problems: list[dict[str, str]]) -> list[ProblemView]:
    return [_problem_view(problem) for problem in problems]


def _problem_view(problem: dict[str, str]) -> ProblemView:
    """`Title is required.`, or `Pages: They run backwards.` where the reason is a sentence."""
    label, reason = label_of(problem.get("field", "")), problem["reason"].strip()
    joint = " " if reason[:1].islower() else ": "
    words = f"{label}{joint}{reason}" if label else reason
    is_error = problem.get("severity", "error") == "error"
    if not words.endswith((".", "…", "。")):
        words += "."
    return ProblemView("Wrong" if is_error else "Note", words, is_error)


def _match(row: ImportRow, other: Mapping[str, Any]) -> MatchView | None:
    reference = row.match
    if reference is not None:
        return MatchView(
            words=MATCH_WORDS[row.verdict],
            title=str(reference.csl["title"]),
            url=reference.get_absolute_url(),
            reason=row.match_reason,
            column="In the library",
            csl=reference.csl,
        )
    if row.match_row is None:
        return None
    return MatchView(
        words=f"Row {row.match_row} is like it:",
        title=str(other.get("title") or NO_TITLE),
        url="",
        reason=row.match_reason,
        column=f"In row {row.match_row}",
        csl=other,
    )


def choices_of(row: ImportRow, match: MatchView | None) -> list[tuple[str, str]]:
    """What may be done with the row, and how it is worded. An identifier stands once in the
    library, so a row that shares one with its match cannot be added beside it."""
    choices = _choices_by_verdict(row)
    shared = match is not None and any(
        row.csl.get(field) and row.csl[field] == match.csl.get(field) for field in IDENTIFIERS
    )
    return [choice for choice in choices if not (shared and choice is ADD)]


def _choices_by_verdict(row: ImportRow) -> list[tuple[str, str]]:
    if row.verdict == Verdict.BROKEN:
        return []
    if row.match_id is not None and row.verdict == Verdict.NEW:
        return [ADD, EXISTING, LEAVE]
    if row.match_id is not None:
        return [EXISTING, FILL, ADD, LEAVE]
    if row.match_row is not None:
        same = SAME_WORK if row.verdict == Verdict.TWICE else AS_THAT_ROW
        return [same, ADD, *([LEAVE] if same is AS_THAT_ROW else [])]
    return [ADD, LEAVE]


def _choices(row: ImportRow, match: MatchView | None) -> list[Choice]:
    return [Choice(value, label, value == row.decision) for value, label in choices_of(row, match)]


def _outcome(row: ImportRow) -> OutcomeView | None:
    if not row.outcome:
        return None
    words = OUTCOME_WORDS[row.outcome]
    if row.outcome == Outcome.LEFT:
        return OutcomeView(f"{words} {row.outcome_reason}".strip())
    if row.result is None:
        return OutcomeView(f"{words} it is not in the library any more.")
    return OutcomeView(words, str(row.result.csl["title"]), row.result.get_absolute_url())
