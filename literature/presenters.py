"""References put into words for templates. Runs no query of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from literature import wording
from literature.models import Reference, ReferenceListItem
from literature.models.source_text import Depth
from literature.notices import NoticeView, notice_views

PMC = "https://pmc.ncbi.nlm.nih.gov/articles/"


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A reference as a list shows it."""

    public_id: str
    url: str
    title: str
    authors: str
    published: str
    type: str
    notices: list[NoticeView]
    cases_citing: int = 0
    """Cases that cite it, where it was asked for."""


def reference_row(reference: Reference) -> ReferenceRow:
    """`reference` comes with its notices fetched."""
    csl = reference.csl
    return ReferenceRow(
        public_id=reference.public_id,
        url=reference.get_absolute_url(),
        title=csl["title"],
        authors=wording.authors_words(csl),
        published=wording.where_published(csl),
        type=wording.type_words(csl),
        notices=notice_views(reference.notices.all()),
        cases_citing=getattr(reference, "cases_citing", 0),
    )


def fields(reference: Reference) -> list[Row]:
    """Every field of the record that has a value, with the labels of the trade."""
    csl = reference.csl
    rows = [
        Row("Type", wording.type_words(csl)),
        Row("Authors", wording.authors_words(csl, shown=1000)),
        Row("Editors", wording.editors_words(csl)),
        Row("Published in", str(csl.get("container-title", ""))),
        Row("Publisher", _publisher(csl)),
        Row("Year", str(wording.year_of(csl) or "")),
        Row("Volume", str(csl.get("volume", ""))),
        Row("Issue", str(csl.get("issue", ""))),
        Row("Pages", wording.pages_words(csl)),
        Row("DOI", csl.get("DOI", ""), f"https://doi.org/{csl.get('DOI', '')}"),
        Row("PMID", csl.get("PMID", ""), f"https://pubmed.ncbi.nlm.nih.gov/{csl.get('PMID', '')}/"),
        Row("PMCID", csl.get("PMCID", ""), f"{PMC}{csl.get('PMCID', '')}/"),
        Row("ISBN", csl.get("ISBN", "")),
        Row("ISSN", csl.get("ISSN", "")),
        Row("Address", csl.get("URL", ""), csl.get("URL", "")),
        Row("Study design", reference.get_study_design_display()),
        Row("Patients covered", str(reference.patients_covered or "")),
    ]  # fmt: skip
    return [row for row in rows if row.value]


def _publisher(csl: dict[str, Any]) -> str:
    return ", ".join(str(csl[part]) for part in ("publisher", "publisher-place") if csl.get(part))


@dataclass(frozen=True, slots=True)
class FactRow:
    label: str
    value: str
    note: str


def facts(reference: Reference) -> list[FactRow]:
    return [
        FactRow(fact.label, _figure(fact.count, fact.of, fact.value, fact.unit), fact.note)
        for fact in reference.facts.all()
    ]


def _figure(count: int | None, of: int | None, value: Any, unit: str) -> str:
    if count is not None:
        return f"{count} of {of}" if of is not None else str(count)
    if value is None:
        return ""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text} {unit}".strip()


LANGUAGES = {"en": "English", "zh-Hans": "中文", "zh": "中文"}


@dataclass(frozen=True, slots=True)
class TextView:
    """A text as the page of its reference shows it: in `paragraphs`, or at `url` where it is long,
    or, with neither, not at all."""

    depth_key: str
    language: str
    language_name: str
    depth: str
    title: str
    paragraphs: list[str]
    url: str
    licence: str


def texts(reference: Reference) -> list[TextView]:
    """`reference` comes `with_page()`."""
    return [_text(text) for text in reference.texts.all()]


def _text(text: Any) -> TextView:
    long = text.is_shown and text.depth == Depth.FULL_TEXT
    return TextView(
        depth_key=text.depth,
        language=text.language,
        language_name=LANGUAGES.get(text.language, text.language),
        depth=text.get_depth_display(),
        title=text.title,
        paragraphs=paragraphs(text.shown),
        url=text.get_absolute_url() if long else "",
        licence=text.licence,
    )


def paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n") if part.strip()]


@dataclass(frozen=True, slots=True)
class ListItemView:
    """An entry of the work's own list; without a reference it is not yet identified."""

    number: int
    raw: str
    reference: ReferenceRow | None


def list_items(reference: Reference) -> list[ListItemView]:
    return [_list_item(item) for item in reference.list_items.all()]


def _list_item(item: ReferenceListItem) -> ListItemView:
    tied = reference_row(item.reference) if item.reference else None
    return ListItemView(item.number, item.raw, tied)


@dataclass(frozen=True, slots=True)
class ListedIn:
    number: int
    work: ReferenceRow


def listed_in(reference: Reference) -> list[ListedIn]:
    return [ListedIn(item.number, reference_row(item.work)) for item in reference.listed_in.all()]
