"""The JSON of a reference: what is read (dataclasses) and what may be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from literature import wording
from literature.citing import CitingGroup
from literature.csl import TYPES
from literature.models import Reference
from literature.models.source_text import Depth
from literature.notices import NoticeSummary, summarised
from literature.relations import relation_rows
from literature.rest.writing import WriteSerializer


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A reference in short. Empty text and null mean that the record does not say."""

    id: str
    type: str
    title: str
    authors: str
    container_title: str
    published: str
    year: int | None
    doi: str
    pmid: str
    pmcid: str
    study_design: str
    patients_covered: int | None
    url: str
    """Its page."""
    notices: list[NoticeSummary]
    """That it was retracted, corrected or doubted, the gravest first; none: none is known here."""


@dataclass(frozen=True, slots=True)
class TextData:
    language: str
    depth: str
    licence: str
    title: str
    summary: str
    """Our own summary."""
    shown_as: str
    """`full`, or `held`: for checking quotes alone."""
    text: str
    """An abstract whose licence lets us show it; empty otherwise, and of full texts."""


@dataclass(frozen=True, slots=True)
class FactData:
    label: str
    count: int | None
    of: int | None
    value: str
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class ListItemData:
    number: int
    raw: str
    reference: str | None
    """Null: not yet identified."""
    short: str


@dataclass(frozen=True, slots=True)
class RelationData:
    """What this reference is to another one, or that one to it."""

    kind: str
    words: str
    """Told from this reference: `Preprint of`, `Has a preprint`."""
    reference: str
    """The id of the other one."""
    title: str


@dataclass(frozen=True, slots=True)
class IdentifierData:
    """A further identifier, of a record that was merged into this one."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class ReferenceDetail(ReferenceRow):
    csl: dict[str, Any]
    volume: str
    first_page: str
    first_author: str
    updated_at: datetime
    texts: list[TextData] = field(default_factory=list)
    facts: list[FactData] = field(default_factory=list)
    list_items: list[ListItemData] = field(default_factory=list)
    cited_by: list[CitingGroup] = field(default_factory=list)
    """What cites it, by role, as far as the reader may see it; at most 500 places."""
    relations: list[RelationData] = field(default_factory=list)
    """Preprints, corrections, editions and other works that belong with it, both ways."""
    other_identifiers: list[IdentifierData] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reference that somebody may mean."""

    id: str
    short: str
    """Authors and year."""
    title: str
    year: int | None
    doi: str
    pmid: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    suggestions: list[Suggestion]


def suggestion(reference: Reference) -> Suggestion:
    return Suggestion(
        reference.public_id, str(reference), reference.title, reference.year,
        reference.doi or "", reference.pmid or "",
    )  # fmt: skip


def reference_row(reference: Reference) -> ReferenceRow:
    return ReferenceRow(**_short(reference))


def reference_detail(reference: Reference, cited_by: list[CitingGroup]) -> ReferenceDetail:
    """`reference` comes with `api.with_details()`."""
    return ReferenceDetail(
        **_short(reference),
        csl=reference.csl,
        volume=reference.volume or "",
        first_page=reference.first_page or "",
        first_author=reference.first_author or "",
        updated_at=reference.updated_at,
        texts=[_text(row) for row in reference.texts.all()],
        facts=[_fact(row) for row in reference.facts.all()],
        list_items=[_list_item(row) for row in reference.list_items.all()],
        cited_by=cited_by,
        relations=[
            RelationData(row.kind, row.words, row.other, row.title)
            for row in relation_rows(reference)
        ],
        other_identifiers=[
            IdentifierData(row.kind, row.value) for row in reference.other_identifiers.all()
        ],
    )


def _short(reference: Reference) -> dict[str, Any]:
    csl = reference.csl
    return {
        "id": reference.public_id,
        "type": reference.type,
        "title": reference.title,
        "authors": wording.authors_words(csl),
        "container_title": reference.container_title or "",
        "published": wording.where_published(csl),
        "year": reference.year,
        "doi": reference.doi or "",
        "pmid": reference.pmid or "",
        "pmcid": reference.pmcid or "",
        "study_design": reference.study_design,
        "patients_covered": reference.patients_covered,
        "url": reference.get_absolute_url(),
        "notices": summarised(reference.notices.all()),
    }


def _text(row: Any) -> TextData:
    is_summary = row.depth == Depth.SUMMARY
    return TextData(
        language=row.language,
        depth=row.depth,
        licence=row.licence,
        title=row.title,
        summary=row.shown if is_summary else "",
        shown_as=row.shown_as,
        text="" if is_summary else row.shown,
    )


def _fact(row: Any) -> FactData:
    return FactData(row.label, row.count, row.of, amount_text(row.value), row.unit, row.note)


def amount_text(value: Decimal | None) -> str:
    """Without trailing zeros; empty where there is none."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _list_item(row: Any) -> ListItemData:
    tied = row.reference
    return ListItemData(
        row.number,
        row.raw,
        tied.public_id if tied else None,
        wording.short_citation(tied.csl) if tied else "",
    )


@extend_schema_field(
    {
        "type": "object",
        "required": ["type", "title"],
        "description": "A record of CSL-JSON 1.0.2, of which a subset is taken. Unknown fields "
        "are refused by name; identifiers are brought into their normal form.",
        "properties": {
            "type": {"type": "string", "enum": list(TYPES)},
            "title": {"type": "string", "minLength": 1},
        },
        "examples": [
            {
                "type": "article-journal",
                "title": "A title",
                "author": [{"family": "Doe", "given": "J"}],
                "issued": {"date-parts": [[2020]]},
                "container-title": "A journal",
            }
        ],
    }
)
class CslField(serializers.JSONField):
    """Checked, brought into normal form and its errors worded by the action."""


class ReferenceWrite(WriteSerializer):
    csl = CslField()

    class Meta:
        model = Reference
        fields: ClassVar = ("csl", "study_design", "patients_covered")
