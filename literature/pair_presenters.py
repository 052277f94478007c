"""Two records side by side, field by field, and what a person picks of each. Runs no query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from literature import wording
from literature.actions.merging_rules import Clash
from literature.duplicates.folding import squashed, words
from literature.import_presenters.fields import LABELS, field_words, label_of
from literature.models import DuplicatePair, Reference, SourceText
from literature.models.reference import StudyDesign

FIRST: Final = "first"
SECOND: Final = "second"
Csl = Mapping[str, Any]
_NOT_PICKED = ("custom",)
"""Goes with the authors, of which it says that there were more."""
OWN = {"study_design": "Study design", "patients_covered": "Patients covered"}
SHOWN_TEXT = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of the two records. Where they differ, `picked` says whose is taken over."""

    name: str
    """As the form calls it."""
    label: str
    first: str
    second: str
    verdict: str
    """How they stand to each other, in words."""
    asked: bool
    picked: str


def field_choices(first: Csl, second: Csl, picked: Mapping[str, str], usual: str) -> list[Choice]:
    """Every field that either record has. `picked` says FIRST or SECOND by field; where it does
    not, the record in `usual` is taken, or the one that has the field at all."""
    fields = [*LABELS, *sorted({*first, *second} - LABELS.keys())]
    choices = []
    for field in fields:
        left, right = field_words(first, field), field_words(second, field)
        if field not in _NOT_PICKED and (left or right):
            asked = first.get(field) != second.get(field)
            pick = picked.get(field) or _usual(left, right, usual)
            verdict = _verdict(left, right)
            choices.append(Choice(field, label_of(field), left, right, verdict, asked, pick))
    return choices


def own_choices(
    first: Reference, second: Reference, picked: Mapping[str, str], usual: str
) -> list[Choice]:
    """What a reference says beside its record."""
    choices = []
    for name, label in OWN.items():
        left, right = (_own_words(getattr(row, name)) for row in (first, second))
        if left or right:
            pick = picked.get(name) or _usual(left, right, usual)
            choices.append(Choice(name, label, left, right, _verdict(left, right), left != right,
                                  pick))  # fmt: skip
    return choices


def clash_choices(
    clashes: Iterable[Clash], first: Reference, picked: Mapping[str, str]
) -> list[Choice]:
    """Texts, facts and list numbers that both have and only one can keep. Nothing is picked for
    a person who has not."""
    choices = []
    for clash in clashes:
        own = _owner(clash.kept) == first.pk
        left, right = (clash.kept, clash.gone) if own else (clash.gone, clash.kept)
        label = f"{clash.words[:1].upper()}{clash.words[1:]}"
        choices.append(Choice(clash.slot, label, _row_words(left), _row_words(right), "differs",
                              True, picked.get(clash.slot, "")))  # fmt: skip
    return choices


def composed(first: Csl, second: Csl, picked: Mapping[str, str]) -> dict[str, Any]:
    """The record that the picks make, each field from the one or the other."""
    made: dict[str, Any] = {}
    for choice in field_choices(first, second, picked, FIRST):
        source = first if choice.picked == FIRST else second
        if choice.name in source:
            made[choice.name] = source[choice.name]
        if choice.name == "author" and "custom" in source:
            made["custom"] = source["custom"]
    return made


def _owner(row: Any) -> int:
    owner: int = row.work_id if hasattr(row, "work_id") else row.reference_id
    return owner


def _usual(left: str, right: str, usual: str) -> str:
    if left and right:
        return usual
    return FIRST if left else SECOND


def _verdict(left: str, right: str) -> str:
    if not right:
        return "only in A"
    if not left:
        return "only in B"
    if left == right:
        return "the same"
    alike = squashed(words(left)) == squashed(words(right))
    return "written otherwise" if alike else "differs"


def _own_words(value: Any) -> str:
    if value in StudyDesign.values:
        return str(StudyDesign(value).label)
    return str(value or "")


def _row_words(row: Any) -> str:
    if isinstance(row, SourceText):
        short = row.text[:SHOWN_TEXT]
        return f"{short}…" if len(row.text) > SHOWN_TEXT else short
    if hasattr(row, "count"):
        figure = f"{row.count} of {row.of}" if row.of is not None else row.count
        value = f"{row.value} {row.unit}" if row.value is not None else ""
        return " ".join(str(part) for part in (figure, value, row.note) if part not in (None, ""))
    return str(row.reference)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records, as the head of its column."""

    letter: str
    name: str
    url: str
    id: str
    short: str
    title: str
    published: str


def side(reference: Reference, name: str) -> Side:
    return Side(
        letter="A" if name == FIRST else "B",
        name=name,
        url=reference.get_absolute_url(),
        id=reference.public_id,
        short=wording.short_citation(reference.csl),
        title=str(reference.csl.get("title", "")),
        published=wording.where_published(reference.csl),
    )


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair as the queue shows it."""

    url_ids: tuple[str, str]
    certainty: str
    likeness: str
    reason: str
    state: str
    decided: str
    sides: tuple[Side, Side]


def pair_row(pair: DuplicatePair) -> PairRow:
    """`pair` comes with both records and who decided it."""
    decided = ""
    if pair.decided_at is not None:
        who = pair.decided_by.get_username() if pair.decided_by else "somebody"
        decided = f"{pair.get_state_display()}, said {who} on {pair.decided_at:%-d %B %Y}"
    return PairRow(
        url_ids=(pair.first.public_id, pair.second.public_id),
        certainty=pair.get_likeness_display(),
        likeness=pair.likeness,
        reason=pair.reason,
        state=pair.state,
        decided=decided,
        sides=(side(pair.first, FIRST), side(pair.second, SECOND)),
    )
