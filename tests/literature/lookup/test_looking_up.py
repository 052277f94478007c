"""From identifiers to entries, against recorded answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from literature.lookup import (
    BadAnswer,
    Kind,
    NotFound,
    SwitchedOff,
    Unreachable,
    identifiers_in,
    look_up,
    look_up_at_both,
    why_off,
)
from literature.models import KeptAnswer
from tests.literature.lookup.asking import answer, client_of
from tests.literature.lookup.server import Call, serve
from tests.literature.lookup.services import RETRACTED, both_services

pytestmark = pytest.mark.django_db


def looked_up(text: str, **options):
    with serve(both_services) as server:
        answers = look_up(identifiers_in(text), client=client_of(server), **options)
    return answers, [call.target.partition("?")[0] for call in server.calls]


def test_dois_are_asked_for_together_and_answered_in_order() -> None:
    answers, calls = looked_up("10.5555/look-up.1\n10.5555/look-up.2\n10.5555/look-up.9")
    assert [found.found.value[-1] for found in answers] == ["1", "2", "9"]
    first, second, third = answers
    assert first.entry is not None
    assert second.entry is not None
    assert dict(first.entry.csl) == {
        "type": "article-journal",
        "title": "An article for tests: with a subtitle",
        "container-title": "Journal of Tests",
        "container-title-short": "J Tests",
        "volume": "12",
        "issue": "3",
        "number": "e12",
        "page": "179-186",
        "author": [
            {"family": "Doe", "given": "Jane B.", "suffix": "Jr"},
            {"family": "王", "given": "Li"},
        ],
        "issued": {"date-parts": [[2016, 1]]},
        "DOI": "10.5555/look-up.1",
        "language": "en",
    }
    assert first.entry.texts == {"": "One was tested.\nIt held."}
    assert dict(second.entry.csl) == {
        "type": "chapter",
        "title": "A chapter on testing with CO₂",
        "container-title": "A Book of Tests",
        "publisher": "Test Press",
        "publisher-place": "Testville",
        "page": "12-19",
        "author": [{"literal": "The Test Group"}],
        "editor": [{"family": "Test", "given": "Eva", "non-dropping-particle": "van der"}],
        "issued": {"date-parts": [[2011]]},
        "DOI": "10.5555/look-up.2",
        "ISBN": "9780000000019",
    }
    assert third.entry is None
    assert isinstance(third.error, NotFound)
    # one question for the three, then PubMed for the one that Crossref does not know
    assert calls == ["/works", "/entrez/eutils/esearch.fcgi", "/entrez/eutils/efetch.fcgi"]


def test_a_doi_of_another_agency_is_found_in_pubmed() -> None:
    (found,), calls = looked_up("10.5555/look-up.3")
    assert found.service == "PubMed"
    assert found.format == "pubmed-xml"
    assert found.entry is not None
    assert found.entry.csl["PMID"] == "999999902"
    assert calls[0] == "/works/10.5555%2Flook-up.3"


def test_many_pmids_are_one_question() -> None:
    answers, calls = looked_up("999999901, 999999902, 999999903")
    assert calls == ["/entrez/eutils/efetch.fcgi"]
    assert [found.entry.csl["PMID"] if found.entry else "" for found in answers] == [
        "999999901",
        "999999902",
        "",
    ]


def test_a_pmcid_is_linked_and_must_be_named_by_the_record_itself() -> None:
    answers, calls = looked_up("PMC999999901 PMC999999909")
    assert calls == ["/entrez/eutils/elink.fcgi", "/entrez/eutils/efetch.fcgi"]
    assert answers[0].entry is not None
    assert answers[0].entry.csl["PMCID"] == "PMC999999901"
    assert isinstance(answers[1].error, NotFound)  # the link led to a record without this PMCID


def test_what_is_none_is_said_and_not_asked() -> None:
    (found,), calls = looked_up("not an identifier")
    assert found.found.kind is Kind.NONE
    assert found.entry is None
    assert calls == []


def test_a_second_look_up_asks_nobody_until_the_answer_is_old() -> None:
    looked_up("999999901 999999903")
    assert looked_up("999999901 999999903")[1] == []
    KeptAnswer.objects.update(fetched_at=timezone.now() - timedelta(days=2))
    assert len(looked_up("999999901")[1]) == 0
    assert len(looked_up("999999903")[1]) == 1  # that it is not known holds for a day alone
    assert len(looked_up("999999901", max_age=timedelta(days=1))[1]) == 1
    KeptAnswer.objects.update(fetched_at=timezone.now() - timedelta(days=40))
    assert len(looked_up("999999902")[1]) == 1
    assert KeptAnswer.objects.count() == 1  # what was too old is gone


def test_both_services_are_asked_about_one_work() -> None:
    with serve(both_services) as server:
        works = [identifiers_in(f"{RETRACTED} 9500320"), identifiers_in("10.5555/look-up.1")]
        answers, others = look_up_at_both(works, client=client_of(server))
    assert [found.service for found in answers] == ["Crossref", "PubMed"]
    assert all(found.entry for found in [*answers, *others])
    assert others[1].found.kind is Kind.DOI  # PubMed knows it by its DOI
    assert others[1].entry.csl["PMID"] == "999999901"
    # Crossref for both DOIs together, PubMed for the PMID, and a search for the other DOI
    assert len(server.calls) == 4


def test_a_problem_at_one_service_leaves_the_other() -> None:
    def only_pubmed(call: Call) -> None:
        if call.target.startswith("/works"):
            call.answer(b"", status="500 Oh")
        else:
            both_services(call)

    with serve(only_pubmed) as server:
        wanted = identifiers_in("10.5555/look-up.1\n999999901")
        answers = look_up(wanted, client=client_of(server))
    assert isinstance(answers[0].error, Unreachable)
    assert answers[1].entry is not None
    assert KeptAnswer.objects.count() == 1  # a problem is no answer, and is not kept


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'{"message": 1}', "application/json"),
        (b'{"message": {"items": {}}}', "application/json"),
        (b'{"message": {"items": NaN}}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"a":' * 60 + b"1" + b"}" * 60, "application/json"),
        (b"\xff\xfe\x00", "application/json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "application/json"),
        (b"", "application/json"),
    ],
)
def test_bad_json_is_a_bad_answer(body: bytes, type_: str) -> None:
    with serve(lambda call: call.answer(body, type_)) as server:
        wanted = identifiers_in("10.5555/a 10.5555/b")
        answers = look_up(wanted, client=client_of(server))
    assert all(isinstance(found.error, BadAnswer) for found in answers)
    assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"<eFetchResult><ERROR>Oh</ERROR></eFetchResult>",
        b"<PubmedArticleSet><PubmedArticle><MedlineCitation>",
        b"<PubmedArticleSet><PubmedArticle>" + b"<a>" * 5000,
        b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><PubmedArticleSet><PubmedArticle>'
        + b"&b;" * 5000 + b"</PubmedArticle></PubmedArticleSet>",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><PubmedArticleSet>'
        b"<PubmedArticle>&b;</PubmedArticle></PubmedArticleSet>",
        b"",
    ],
)  # fmt: skip
def test_bad_xml_is_a_bad_answer(body: bytes) -> None:
    with serve(lambda call: call.answer(body, "text/xml")) as server:
        (found,) = look_up(identifiers_in("999999901"), client=client_of(server))
    assert isinstance(found.error, BadAnswer)


def test_a_record_of_another_pmid_is_not_taken() -> None:
    with serve(lambda call: call.answer(answer("pubmed_two.xml"), "text/xml")) as server:
        (found,) = look_up(identifiers_in("12345"), client=client_of(server))
    assert isinstance(found.error, NotFound)


def test_the_e_utilities_refuse_unknown_ids_with_400() -> None:
    with serve(lambda call: call.answer(b"", "text/plain", "400 Bad Request")) as server:
        (found,) = look_up(identifiers_in("12345"), client=client_of(server))
    assert isinstance(found.error, NotFound)


def test_switched_off_without_a_contact_address() -> None:
    assert "CASEBASE_CONTACT" in why_off()
    with pytest.raises(SwitchedOff) as raised:
        look_up(identifiers_in("10.5555/1"))
    assert raised.value.sentence == why_off()


def test_switched_off_by_the_setting(settings) -> None:
    settings.LOOKUP_CONTACT = "library@example.org"
    assert "switched off" in why_off()
    settings.LOOKUP_ON = True
    assert why_off() == ""
