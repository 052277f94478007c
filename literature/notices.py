"""What a reader is told of the notices about a reference: one line a kind, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from literature.models.notice import Notice, NoticeKind, NoticeSource


@dataclass(frozen=True, slots=True)
class NoticeSummary:
    """The notices of one kind that stand. Empty lists and null: not reported."""

    kind: str
    year: int | None
    dois: list[str]
    pmids: list[str]
    sources: list[str]
    """`crossref`, `pubmed`, `person`."""


def summarised(notices: Iterable[Notice]) -> list[NoticeSummary]:
    """By kind, the gravest first, without those that were withdrawn. Runs no query of its own."""
    standing = sorted(
        (notice for notice in notices if notice.stands),
        key=lambda notice: (notice.year or 9999, notice.first_seen_at, notice.pk),
    )
    return [
        _summary(kind, of_kind)
        for kind in NoticeKind.values
        if (of_kind := [notice for notice in standing if notice.kind == kind])
    ]


def _summary(kind: str, notices: list[Notice]) -> NoticeSummary:
    sources = {notice.source for notice in notices}
    return NoticeSummary(
        kind=kind,
        year=next((notice.year for notice in notices if notice.year), None),
        dois=list(dict.fromkeys(notice.doi for notice in notices if notice.doi)),
        pmids=list(dict.fromkeys(notice.pmid for notice in notices if notice.pmid)),
        sources=[source for source in NoticeSource.values if source in sources],
    )


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A summary in words, for a page."""

    label: str
    is_grave: bool
    year: int | None
    links: list[tuple[str, str]]
    """Words and address of each notice: `doi:10.5555/1`, `PMID 123`."""
    sources: str


_GRAVE = {NoticeKind.RETRACTION, NoticeKind.REPUBLISHED, NoticeKind.PARTIAL_RETRACTION}
_SOURCES = {
    NoticeSource.CROSSREF: "Crossref",
    NoticeSource.PUBMED: "PubMed",
    NoticeSource.PERSON: "a curator",
}


def notice_view(
    kind: str, year: int | None, dois: list[str], pmids: list[str], sources: list[str]
) -> NoticeView:
    """From the fields of a summary or of a document; values that are unknown stay as they are."""
    links = [(f"doi:{doi}", f"https://doi.org/{doi}") for doi in dois]
    links += [(f"PMID {pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/") for pmid in pmids]
    return NoticeView(
        label=str(NoticeKind(kind).label) if kind in NoticeKind.values else kind,
        is_grave=kind in _GRAVE,
        year=year,
        links=links,
        sources=" and ".join(
            _SOURCES[NoticeSource(source)] if source in NoticeSource.values else source
            for source in sources
        ),
    )


def notice_views(notices: Iterable[Notice]) -> list[NoticeView]:
    return [
        notice_view(row.kind, row.year, row.dois, row.pmids, row.sources)
        for row in summarised(notices)
    ]
