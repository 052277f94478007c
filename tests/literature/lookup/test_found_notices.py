"""Notices out of records, as Crossref and PubMed have them."""

from __future__ import annotations

import json

import pytest

from literature.lookup import FoundNotice, notices_of
from literature.models import NoticeKind, NoticeSource
from tests.literature.lookup.asking import answer
from tests.literature.lookup.services import NOTICE, RETRACTED

CROSSREF, PUBMED = NoticeSource.CROSSREF, NoticeSource.PUBMED


def of_crossref(**record) -> tuple[FoundNotice, ...]:
    return notices_of("crossref", json.dumps({"DOI": "10.5555/own", **record}))


def of_pubmed(inside: str, types: str = "") -> tuple[FoundNotice, ...]:
    return notices_of(
        "pubmed-xml",
        f"<PubmedArticle><MedlineCitation><PMID>999999901</PMID><Article><PublicationTypeList>"
        f"{types}</PublicationTypeList></Article><CommentsCorrectionsList>{inside}"
        f"</CommentsCorrectionsList></MedlineCitation></PubmedArticle>",
    )


def link(ref_type: str, words: str = "", pmid: str = "") -> str:
    number = f"<PMID>{pmid}</PMID>" if pmid else ""
    return (
        f'<CommentsCorrections RefType="{ref_type}"><RefSource>{words}</RefSource>{number}'
        "</CommentsCorrections>"
    )


def test_crossref_tells_the_same_retraction_twice_and_it_is_one() -> None:
    message = json.loads(answer("crossref_retracted.json"))["message"]
    assert notices_of("crossref", json.dumps(message)) == (
        FoundNotice(NoticeKind.RETRACTION, CROSSREF, doi=NOTICE, year=2010),
    )


def test_a_record_that_is_the_notice_says_what_it_is_about() -> None:
    message = json.loads(answer("crossref_notice.json"))["message"]
    assert notices_of("crossref", json.dumps(message)) == (
        FoundNotice(NoticeKind.RETRACTION, CROSSREF, doi=NOTICE, year=2010, about_doi=RETRACTED),
    )


def test_pubmed_tells_retractions_in_whole_and_in_part() -> None:
    xml = answer("pubmed_retracted.xml").decode()
    whole, part = sorted(notices_of("pubmed-xml", xml), key=lambda one: one.kind, reverse=True)
    assert (whole.kind, whole.pmid, whole.doi, whole.year) == (
        NoticeKind.RETRACTION, "20137807", NOTICE, 2010,
    )  # fmt: skip
    assert (part.kind, part.pmid, part.year) == (NoticeKind.PARTIAL_RETRACTION, "15016483", 2004)
    assert part.doi == "10.1016/s0140-6736(04)15715-2"


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("retraction", NoticeKind.RETRACTION),
        ("Retraction", NoticeKind.RETRACTION),
        ("withdrawal", NoticeKind.RETRACTION),
        ("removal", NoticeKind.RETRACTION),
        ("partial-retraction", NoticeKind.PARTIAL_RETRACTION),
        ("expression_of_concern", NoticeKind.CONCERN),
        ("expression of concern", NoticeKind.CONCERN),
        ("correction", NoticeKind.CORRECTION),
        ("corrigendum", NoticeKind.CORRECTION),
        ("erratum", NoticeKind.ERRATUM),
        ("new_version", None),
        ("new_edition", None),
        ("", None),
    ],
)
def test_types_of_crossref(type_: str, kind: NoticeKind | None) -> None:
    found = of_crossref(**{"updated-by": [{"type": type_, "DOI": "10.5555/notice"}]})
    assert [one.kind for one in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("ref_type", "kind"),
    [
        ("RetractionIn", NoticeKind.RETRACTION),
        ("PartialRetractionIn", NoticeKind.PARTIAL_RETRACTION),
        ("RetractedandRepublishedIn", NoticeKind.REPUBLISHED),
        ("ExpressionOfConcernIn", NoticeKind.CONCERN),
        ("CorrectedandRepublishedIn", NoticeKind.CORRECTION),
        ("ErratumIn", NoticeKind.ERRATUM),
        ("CommentIn", None),
        ("UpdateIn", None),
        ("Cites", None),
    ],
)
def test_types_of_pubmed(ref_type: str, kind: NoticeKind | None) -> None:
    found = of_pubmed(link(ref_type, "J Tests. 2017;1:2", "999999902"))
    assert [(one.kind, one.year, one.pmid) for one in found] == (
        [(kind, 2017, "999999902")] if kind else []
    )


def test_that_it_was_retracted_is_enough() -> None:
    found = of_pubmed("", "<PublicationType>Retracted Publication</PublicationType>")
    assert found == (FoundNotice(NoticeKind.RETRACTION, PUBMED),)


def test_retracted_and_republished_is_not_retracted_too() -> None:
    found = of_pubmed(
        link("RetractedandRepublishedIn", "J Tests. 2017;1:2", "999999902"),
        "<PublicationType>Retracted Publication</PublicationType>",
    )
    assert [one.kind for one in found] == [NoticeKind.REPUBLISHED]


def test_an_erratum_of_pubmed_says_what_it_is_for() -> None:
    (found,) = of_pubmed(link("ErratumFor", "J Tests. 2017;1:2", "999999909"))
    assert (found.pmid, found.about_pmid) == ("999999901", "999999909")


def test_a_notice_in_the_place_of_the_work_has_no_other_doi() -> None:
    (found,) = of_crossref(
        **{"updated-by": [{"type": "removal", "label": "Removal", "DOI": "10.5555/OWN"}]}
    )
    assert (found.kind, found.doi, found.note) == (NoticeKind.RETRACTION, "", "Removal")


def test_relations_of_crossref() -> None:
    (found,) = of_crossref(
        relation={"is-retracted-by": [{"id-type": "doi", "id": "10.5555/n", "asserted-by": "x"}]}
    )
    assert (found.kind, found.doi) == (NoticeKind.RETRACTION, "10.5555/n")


def test_nbib_tells_the_same() -> None:
    found = notices_of(
        "nbib",
        "PMID- 999999901\nPT  - Journal Article\nPT  - Retracted Publication\n"
        "RIN - J Tests. 2017 May;13(5):300. doi:\n      10.5555/notice. PMID: 999999902\n"
        "EIN - J Tests. 2016;12:9\n",
    )
    assert [(one.kind, one.doi, one.pmid, one.year) for one in found] == [
        (NoticeKind.RETRACTION, "10.5555/notice", "999999902", 2017),
        (NoticeKind.ERRATUM, "", "", 2016),
    ]


@pytest.mark.parametrize("format", ["crossref", "pubmed-xml", "nbib", "ris", ""])
@pytest.mark.parametrize(
    "original",
    [
        "", "{", "[]", "1", "null", '{"updated-by": 1}', '{"updated-by": [1, {"type": []}]}',
        '{"updated-by": [{"type": "retraction", "updated": {"date-parts": [["x"]]}}]}',
        '{"relation": []}', "<a>", "<a/>", "<a><MedlineCitation/></a>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "RIN - ", "\ud800",
    ],
)  # fmt: skip
def test_what_cannot_be_read_tells_nothing_or_little(format: str, original: str) -> None:
    assert all(isinstance(one, FoundNotice) for one in notices_of(format, original))
