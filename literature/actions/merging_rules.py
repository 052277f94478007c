"""How the rows of the library that belong to one record move to another one.

Every model of the library with a foreign key to references takes part by itself. What stands on
both records in one place (a text of one language and depth, a number of the list, a fact) is one
row afterwards: two that say the same need no question, and for others a person says which stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, Q, UniqueConstraint

from literature.actions.rows import Step, dropped, moved
from literature.models import (
    DuplicatePair,
    Reference,
    ReferenceListItem,
    Relation,
    SourceText,
    StudyFact,
)

KEPT, GONE = "kept", "gone"
Row = Any
"""A row of any model of the library."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How rows of one model are worded, and which columns have to agree for a row to say the same
    as another one in its place."""

    words: Callable[[Row], str]
    says: tuple[str, ...]


RULES: Mapping[type[Model], Rule] = {
    SourceText: Rule(lambda row: f"{row.get_depth_display().lower()} ({row.language})", ("text",)),
    StudyFact: Rule(lambda row: f"fact “{row.label}”", ("count", "of", "value", "unit", "note")),
    ReferenceListItem: Rule(lambda row: f"number {row.number} of the list", ("reference_id",)),
}
"""Models whose rows a person chooses between. Of any other, such as a notice or a relation that
both records have, the kept record's row stays, and the merge remembers the other one."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two rows that could not both stand on the kept record; `slot` names them in choices."""

    slot: str
    kept: Row
    gone: Row

    @property
    def words(self) -> str:
        return RULES[type(self.kept)].words(self.kept)

    @property
    def stays(self) -> str | None:
        """Which row stays without a question; None where a person has to choose."""
        rule = RULES.get(type(self.kept))
        if rule is None:
            return KEPT
        if isinstance(self.kept, ReferenceListItem):
            # A number that is identified stays before one that is not.
            if self.kept.reference_id is None and self.gone.reference_id is not None:
                return GONE
            if self.gone.reference_id is None:
                return KEPT
        same = all(getattr(self.kept, name) == getattr(self.gone, name) for name in rule.says)
        return KEPT if same else None


def clashes(kept: Reference, gone: Reference) -> list[Clash]:
    """What a person has to choose between before the two can be merged."""
    return [
        clash
        for model, tie in ties()
        for clash in _clashes_of(model, tie, kept, gone)
        if clash.stays is None
    ]


def move_rows(kept: Reference, gone: Reference, choices: Mapping[str, str]) -> list[Step]:
    """Moves every row that names `gone`. Raises ValidationError: clashes without a choice, or
    records that name each other."""
    _refuse_each_other(kept, gone)
    asked = [clash for clash in clashes(kept, gone) if choices.get(clash.slot) not in (KEPT, GONE)]
    if asked:
        words = ", ".join(clash.words for clash in asked)
        raise ValidationError(f"The two records differ in: {words}. Choose which one stays.")
    steps = _move_pairs(kept, gone)
    for model, tie in ties():
        steps += _move_model(model, tie, kept, gone, choices)
    return steps


def ties() -> Iterator[tuple[type[Model], ForeignKey[Any, Any]]]:
    """The library's foreign keys to references; pairs have a rule of their own."""
    for model in apps.get_app_config("literature").get_models():
        for field in model._meta.concrete_fields:
            is_tie = isinstance(field, ForeignKey) and field.related_model is Reference
            if is_tie and model is not DuplicatePair:
                yield model, cast("ForeignKey[Any, Any]", field)


def _move_model(
    model: type[Model],
    tie: ForeignKey[Any, Any],
    kept: Reference,
    gone: Reference,
    choices: Mapping[str, str],
) -> list[Step]:
    steps = []
    for clash in _clashes_of(model, tie, kept, gone):
        if (clash.stays or choices[clash.slot]) == KEPT:
            steps += _drop(clash.gone, clash.kept)
        else:
            steps += _drop(clash.kept, clash.gone)
    for row in model._base_manager.filter(**{tie.attname: gone.pk}).order_by("pk"):
        steps.append(moved(row, **{tie.attname: kept.pk}))
    return steps


def _drop(row: Row, stays: Row) -> list[Step]:
    """What the check of a quote found in a text that goes is in the other one, until it is checked
    again; so nothing of it has to be remembered."""
    for relation in row._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.one_to_many:
            tie = relation.field
            resting = tie.model._base_manager.filter(**{tie.attname: row.pk})
            resting.update(**{tie.attname: stays.pk})
    return [dropped(row)]


def _clashes_of(
    model: type[Model], tie: ForeignKey[Any, Any], kept: Reference, gone: Reference
) -> Iterator[Clash]:
    """Rows of the two that could not both name `kept`, by the unique constraints of their model."""
    for others in _unique_with(model, tie):
        held = {
            tuple(getattr(row, name) for name in others): row
            for row in model._base_manager.filter(**{tie.attname: kept.pk})
        }
        for row in model._base_manager.filter(**{tie.attname: gone.pk}).order_by("pk"):
            place = tuple(getattr(row, name) for name in others)
            if place in held and None not in place:
                slot = ":".join([model._meta.model_name or "", *map(str, place)])
                yield Clash(slot, held[place], row)


def _unique_with(model: type[Model], tie: ForeignKey[Any, Any]) -> Iterator[tuple[str, ...]]:
    """The other columns of each unique constraint that `tie` is a part of."""
    if tie.unique:
        yield ()
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and tie.name in constraint.fields:
            fields = (model._meta.get_field(name) for name in constraint.fields)
            yield tuple(field.attname for field in fields if field.name != tie.name)  # type: ignore[union-attr]


def _refuse_each_other(kept: Reference, gone: Reference) -> None:
    both = (kept.pk, gone.pk)
    if ReferenceListItem.objects.filter(work__in=both, reference__in=both).exists():
        raise ValidationError("One of the two lists the other among its references.")
    related = Relation.objects.filter(reference__in=both, to__in=both).first()
    if related is not None:
        raise ValidationError(
            f"The two are recorded as related ({related.get_kind_display().lower()}). Take that "
            "back first."
        )


def _move_pairs(kept: Reference, gone: Reference) -> list[Step]:
    """A pair of the two is settled; one with a third record goes on with the kept one."""
    steps = []
    for pair in DuplicatePair.objects.filter(Q(first=gone) | Q(second=gone)).order_by("pk"):
        other = pair.second_id if pair.first_id == gone.pk else pair.first_id
        first, second = sorted((other, kept.pk))
        known = DuplicatePair.objects.filter(first=first, second=second).exists()
        if other == kept.pk or known:
            steps.append(dropped(pair))
        else:
            steps.append(moved(pair, first_id=first, second_id=second))
    return steps
