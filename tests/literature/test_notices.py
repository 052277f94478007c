"""Notices: kept once, shown everywhere at once, added and withdrawn by curators."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from literature.actions.notices import add_notice, note_found, withdraw_notice
from literature.lookup import FoundNotice
from literature.models import Notice, NoticeKind, NoticeSource
from literature.notices import notice_views, summarised
from patients.actions import cases
from patients.models import Case, CaseVersion
from patients.reading import read_case
from tests import make

pytestmark = pytest.mark.django_db
CROSSREF, PUBMED = NoticeSource.CROSSREF, NoticeSource.PUBMED
RETRACTION = FoundNotice(NoticeKind.RETRACTION, CROSSREF, doi="10.5555/notice", year=2020)


def published(reference) -> Case:
    case = make.make_case()
    make.make_source(case)
    event = make.make_event(case, day=0, is_index=True)
    make.make_citation(event, reference)
    cases.publish(case=case, by=None)
    return case


def notices_read(case: Case, user) -> list[list[str]]:
    document = read_case(case.accession, user).document
    return [[notice.kind for notice in row.notices] for row in document.references]


def test_a_retraction_shows_at_once_on_every_published_case_that_cites_it() -> None:
    reference = make.make_reference()
    case, other = published(reference), published(make.make_reference())
    reader = make.make_user()
    assert notices_read(case, reader) == [[], []]
    (notice,) = note_found(reference=reference, notices=[RETRACTION], by=None)
    assert notices_read(case, reader) == [[], ["retraction"]]
    assert notices_read(case, make.make_user("curator")) == [[], ["retraction"]]
    assert notices_read(other, reader) == [[], []]
    first, current = CaseVersion.objects.filter(case=case).order_by("number")
    assert first.document["references"][1]["notices"] == []  # what was published stays as it was
    assert current.document["references"][1]["notices"] == [
        {
            "kind": "retraction",
            "year": 2020,
            "dois": ["10.5555/notice"],
            "pmids": [],
            "sources": ["crossref"],
        }
    ]
    withdraw_notice(notice=notice, because="It was about another work.", by=None)
    assert notices_read(case, reader) == [[], []]


def test_what_is_known_is_not_noted_again() -> None:
    reference = make.make_reference()
    case = published(reference)
    assert len(note_found(reference=reference, notices=[RETRACTION], by=None)) == 1
    assert note_found(reference=reference, notices=[RETRACTION], by=None) == []
    bare = FoundNotice(NoticeKind.RETRACTION, CROSSREF)
    assert note_found(reference=reference, notices=[bare], by=None) == []
    assert CaseVersion.objects.filter(case=case).count() == 2


def test_a_withdrawn_notice_does_not_come_back() -> None:
    reference = make.make_reference()
    (notice,) = note_found(reference=reference, notices=[RETRACTION], by=None)
    curator = make.make_user("curator")
    withdrawn = withdraw_notice(notice=notice, because="  Another  work. ", by=curator)
    assert withdrawn.withdrawn_because == "Another work."
    assert withdrawn.withdrawn_by == curator
    assert note_found(reference=reference, notices=[RETRACTION], by=None) == []
    assert summarised(reference.notices.all()) == []
    assert not Notice.objects.standing().exists()


def test_a_notice_about_another_work_is_noted_there_if_we_hold_it() -> None:
    notice = make.make_reference({"DOI": "10.5555/notice"})
    work = make.make_reference({"DOI": "10.5555/work"})
    by_pmid = make.make_reference({"PMID": "31415"})
    found = [
        FoundNotice(NoticeKind.ERRATUM, CROSSREF, doi="10.5555/notice", about_doi="10.5555/work"),
        FoundNotice(NoticeKind.ERRATUM, PUBMED, pmid="27182", about_pmid="31415"),
        FoundNotice(NoticeKind.ERRATUM, PUBMED, pmid="27182", about_pmid="999"),
    ]
    assert len(note_found(reference=notice, notices=found, by=None)) == 2
    assert [row.reference for row in Notice.objects.order_by("pk")] == [work, by_pmid]


def test_a_curator_adds_one_and_it_says_who() -> None:
    reference, curator = make.make_reference(), make.make_user("curator")
    case = published(reference)
    notice = Notice(reference=reference, kind=NoticeKind.CONCERN, pmid="31415")
    add_notice(notice=notice, by=curator)
    assert (notice.source, notice.added_by) == (NoticeSource.PERSON, curator)
    assert notices_read(case, make.make_user()) == [[], ["concern"]]
    again = Notice(reference=reference, kind=NoticeKind.CONCERN, pmid="31415")
    with pytest.raises(ValidationError, match="stands here already"):
        add_notice(notice=again, by=curator)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "novel"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"year": 999}, "__all__"),
        ({"doi": "hello"}, "__all__"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_a_notice_that_would_not_do_is_refused_by_its_field(changes, field) -> None:
    notice = Notice(reference=make.make_reference(), **{"kind": "erratum"} | changes)
    with pytest.raises(ValidationError) as raised:
        add_notice(notice=notice, by=None)
    assert field in raised.value.message_dict


def test_withdrawing_needs_a_reason_and_is_done_once() -> None:
    (notice,) = note_found(reference=make.make_reference(), notices=[RETRACTION], by=None)
    with pytest.raises(ValidationError, match="Say why"):
        withdraw_notice(notice=notice, because=" ", by=None)
    withdraw_notice(notice=notice, because="Wrong.", by=None)
    with pytest.raises(ValidationError, match="already"):
        withdraw_notice(notice=notice, because="Wrong.", by=None)


def test_one_line_a_kind_the_gravest_first() -> None:
    reference = make.make_reference()
    note_found(
        reference=reference,
        notices=[
            FoundNotice(NoticeKind.ERRATUM, PUBMED, note="J Tests. 2018"),
            FoundNotice(NoticeKind.RETRACTION, PUBMED, pmid="31415", year=2021),
            RETRACTION,
        ],
        by=None,
    )
    retracted, erratum = notice_views(reference.notices.all())
    assert (retracted.label, retracted.year, retracted.sources) == (
        "Retracted", 2020, "Crossref and PubMed",
    )  # fmt: skip
    assert retracted.is_grave
    assert [words for words, _ in retracted.links] == ["doi:10.5555/notice", "PMID 31415"]
    assert (erratum.label, erratum.is_grave, erratum.links) == ("Erratum published", False, [])
