"""An event of a sequence as somebody names it: a kind of event, or words in the names of terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from literature.searching.tokens import Run, runs
from patients.searching.codes import step_of_kind, step_of_term
from patients.searching.names import NamedTerm, key_of, names
from patients.vocabulary import Category, TermKind

MAX_TERMS: Final = 200
KINDS: Final = {
    key_of(runs(words)): category
    for category in Category
    for words in (str(category.label), category.value.replace("_", " "))
} | {
    key_of(runs(words)): category
    for words, category in {
        "operation": Category.SURGERY,
        "手术": Category.SURGERY,
        "介入": Category.INTERVENTION,
        "药物": Category.DRUG,
        "影像": Category.IMAGING,
        "病理": Category.PATHOLOGY,
        "随访": Category.FOLLOW_UP,
    }.items()
}
_LIKE: Final = 3
"""Names that are told where none is as typed."""
_LIKENESS: Final = 80
"""Of 100, at least, of the part of the name that is most like what was typed."""
_OF_EVENTS: Final = frozenset(
    {TermKind.PROCEDURE, TermKind.DRUG, TermKind.DIAGNOSIS, TermKind.FINDING}
)


@dataclass(frozen=True, slots=True)
class EventsNamed:
    words: str
    """As typed."""
    codes: tuple[int, ...] = ()
    meant: tuple[str, ...] = ()
    """What it was understood as: displays of terms, or a kind of event."""
    problem: str = ""
    """Why nothing is meant by it, in a sentence."""


def events_named(words: str) -> EventsNamed:
    """The exact name of a term means it, and those whose names hold all the words too:
    “hepatectomy” is every hepatectomy. The name of a kind, such as “surgery”, is all of it."""
    asked = list(runs(words))
    if not asked:
        return EventsNamed(words, problem="There is no word in this to search for.")
    if category := KINDS.get(key_of(asked)):
        meant = f"any event of the kind {str(category.label).lower()}"
        return EventsNamed(words, (step_of_kind(category),), (meant,))
    found = [term for term in names().with_words(asked) if term.kind in _OF_EVENTS]
    if not found:
        problem = f"No procedure, drug, diagnosis or finding is called “{words}” here."
        return EventsNamed(words, problem=problem + _names_like(words))
    found = _the_exact_first(found, asked)[:MAX_TERMS]
    return EventsNamed(
        words,
        tuple(step_of_term(term.key) for term in found),
        tuple(term.display for term in found),
    )


def _names_like(words: str) -> str:
    """A sentence with the names that are spelt most like it; empty where none comes near."""
    least = len(words) * 3 // 4  # what is shorter would be found inside any long word
    spelt = {name: term.display for term in names().terms if term.kind in _OF_EVENTS
             for name in term.names if len(name) >= least}  # fmt: skip
    near = process.extract(
        words, list(spelt), scorer=fuzz.partial_ratio, processor=str.casefold,
        score_cutoff=_LIKENESS, limit=_LIKE * 4,
    )  # fmt: skip
    found = list(dict.fromkeys(spelt[name] for name, _, _ in near))[:_LIKE]
    return f" Names like it: {'; '.join(found)}." if found else ""


def _the_exact_first(found: list[NamedTerm], asked: list[Run]) -> list[NamedTerm]:
    wanted = key_of(asked)
    return sorted(found, key=lambda term: all(key_of(runs(name)) != wanted for name in term.names))
