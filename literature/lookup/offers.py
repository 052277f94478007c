"""What several services say of one reference, put together for a person to choose from. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import msgspec
from django.core.exceptions import ValidationError

from literature.lookup.agreement import folded
from literature.lookup.found import Answer, Found, Kind
from literature.lookup.proposals import Change, Proposals, proposals


@dataclass(frozen=True, slots=True)
class Offer:
    """What one service says. `problem` is a sentence where it says nothing that can be used."""

    service: str
    identifier: str
    says: Proposals = field(default_factory=Proposals)
    problem: str = ""

    @property
    def fills(self) -> list[tuple[str, Change]]:
        return [(self._name_of(change), change) for change in self.says.fills]

    @property
    def proposes(self) -> list[tuple[str, Change]]:
        return [(self._name_of(change), change) for change in self.says.proposes]

    def _name_of(self, change: Change) -> str:
        """What a form calls the change: `Crossref.title`."""
        return f"{self.service}.{change.field}"


@dataclass(frozen=True, slots=True)
class Chosen:
    service: str
    change: Change


def identifiers_of(csl: Mapping[str, Any]) -> list[Found]:
    """The identifiers of a record, as they would be looked up."""
    kinds = (Kind.DOI, Kind.PMID, Kind.PMCID)
    return [
        Found(kind, str(csl[kind.name]), 1, str(csl[kind.name]))
        for kind in kinds
        if csl.get(kind.name)
    ]


def offers_of(csl: Mapping[str, Any], answers: Sequence[Answer]) -> list[Offer]:
    """An offer for each answer. What an earlier one offers as well is not offered again."""
    offers: list[Offer] = []
    for answer in answers:
        says, problem = Proposals(), ""
        if answer.entry is not None:
            says = _without_repeats(proposals(csl, answer.entry.csl), offers)
            problem = says.refused
        elif answer.error is not None:
            problem = answer.error.sentence
        identifier = f"{answer.found.kind.name} {answer.found.value}"
        offers.append(Offer(answer.service, identifier, says, problem))
    return offers


def _without_repeats(says: Proposals, before: list[Offer]) -> Proposals:
    filled = {change.field for offer in before for change in offer.says.fills}
    proposed = {
        (change.field, folded(change.new)) for offer in before for change in offer.says.proposes
    }
    return replace(
        says,
        fills=[change for change in says.fills if change.field not in filled],
        proposes=[
            change for change in says.proposes if (change.field, folded(change.new)) not in proposed
        ],
    )


def state_of(csl: Mapping[str, Any], offers: Sequence[Offer]) -> str:
    """A word that is another one as soon as the record or what is offered for it changes."""
    return sha256(msgspec.json.encode([dict(csl), list(offers)], order="sorted")).hexdigest()


def takeable_of(offers: Sequence[Offer], *, replacing: bool) -> dict[str, Chosen]:
    """By name what may be taken over; what replaces something only where `replacing`."""
    return {
        name: Chosen(offer.service, change)
        for offer in offers
        for name, change in (
            *offer.fills,
            *(offer.proposes if replacing and offer.says.may_replace else ()),
        )
    }


def chosen_of(offers: Sequence[Offer], names: Collection[str]) -> list[Chosen]:
    """The changes that `names` call. Raises ValidationError where one is not offered, or two are
    for one field."""
    offered = takeable_of(offers, replacing=True)
    if set(names) - set(offered):
        raise ValidationError("What was chosen is not offered. Look it up again.")
    chosen = [offered[name] for name in dict.fromkeys(names)]
    fields = [one.change.field for one in chosen]
    twice = [one.change.label for one in chosen if fields.count(one.change.field) > 1]
    if twice:
        raise ValidationError(f"{twice[0]}: choose what one of the sources says, not both.")
    return chosen
