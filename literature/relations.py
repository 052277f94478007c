"""What a reference is to others, told from its own side. Runs no query."""

from __future__ import annotations

from dataclasses import dataclass

from literature import wording
from literature.models import Reference, Relation, RelationKind
from literature.models.relation import SEEN_FROM_THE_OTHER


@dataclass(frozen=True, slots=True)
class RelationRow:
    """`words` go before the other record: `Preprint of`, `Has a correction`."""

    words: str
    kind: str
    other: str
    """Its id."""
    title: str
    published: str
    url: str


def relation_rows(reference: Reference) -> list[RelationRow]:
    """Both ways. `reference` comes with its relations fetched (`ReferenceQuerySet.with_page`)."""
    rows = [
        _row(str(RelationKind(relation.kind).label), relation, relation.to)
        for relation in reference.relations.all()
    ]
    rows += [
        _row(SEEN_FROM_THE_OTHER[RelationKind(relation.kind)], relation, relation.reference)
        for relation in reference.related_by.all()
    ]
    return rows


def _row(words: str, relation: Relation, other: Reference) -> RelationRow:
    return RelationRow(
        words=words,
        kind=relation.kind,
        other=other.public_id,
        title=str(other.csl.get("title", "")),
        published=wording.where_published(other.csl),
        url=other.get_absolute_url(),
    )
