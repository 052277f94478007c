"""PubMed XML, JATS and EndNote XML."""

import pytest

from tests.literature.importers.reading import errors, has, read_all, read_one, warnings
from tests.literature.importers.samples import ENDNOTE, JATS, JATS_LIST, PUBMED


def test_pubmed_articles():
    article, _ = read_all("pubmed-xml", PUBMED)
    has(article, {
        "type": "article-journal", "title": "Tumours & café at 10⁶ of one kind",
        "author": [{"family": "Berg", "given": "Pieter J", "suffix": "Jr",
                    "non-dropping-particle": "van der"}, {"literal": "A Group"}],
        "custom": {"authors_truncated": True}, "container-title": "Journal of tests",
        "container-title-short": "J Test", "ISSN": "1234-5678", "volume": "3", "issue": "2",
        "issued": {"date-parts": [[2016, 5, 2]]}, "page": "179-186",
        "note": "discussion 186-187", "PMID": "101", "PMCID": "PMC55", "DOI": "10.5555/one",
        "language": "en",
    })  # fmt: skip
    assert article.texts == {"en": "AIM: To see.\nSeen.", "de": "Gesehen."}
    assert not article.problems


def test_pubmed_chapters_of_books():
    _, chapter = read_all("pubmed-xml", PUBMED)
    has(chapter, {
        "type": "chapter", "title": "The chapter", "container-title": "The book",
        "author": [{"family": "Clift", "given": "AK"}],
        "editor": [{"family": "Cloyd", "given": "J"}], "publisher": "A house",
        "publisher-place": "Cham", "ISBN": "9783030622411", "PMID": "102", "DOI": "10.5555/two",
        "issued": {"date-parts": [[2020]]},
    })  # fmt: skip


@pytest.mark.parametrize(("format_", "text"), [("pubmed-xml", PUBMED), ("endnote-xml", ENDNOTE)])
def test_an_original_is_the_record_alone_and_reads_the_same(format_, text):
    for entry in read_all(format_, text):
        assert entry.original in text
        assert text.splitlines()[entry.line - 1].startswith(entry.original.splitlines()[0][:20])
        assert read_one(format_, entry.original).csl == entry.csl


def test_a_month_alone_and_a_medline_date():
    def issued(date):
        text = PUBMED.replace("<Year>2016</Year><Month>05</Month><Day>2</Day>", date)
        return read_all("pubmed-xml", text)[0].csl["issued"]["date-parts"]

    assert issued("<Year>2016</Year><Month>Dec</Month>") == [[2016, 12]]
    assert issued("<MedlineDate>2015 Dec-2016 Jan</MedlineDate>") == [[2015, 12], [2016, 1]]


@pytest.mark.parametrize(
    "damage", ["\0", "<ArticleTitle>", "</Nothing>", "<", "&#0;", "<a b=c>", "]]>"]
)
def test_records_after_a_damaged_one_are_read(damage):
    good = (
        "<PubmedArticle><MedlineCitation><Article><ArticleTitle>{}</ArticleTitle></Article>"
        "</MedlineCitation></PubmedArticle>\n"
    )
    titles = ["One", f"Two {damage}", "Three", "Four"]
    text = f"<PubmedArticleSet>{''.join(map(good.format, titles))}</PubmedArticleSet>"
    entries = read_all("pubmed-xml", text)
    assert [entry.csl.get("title") for entry in entries] == ["One", None, "Three", "Four"]
    assert [entry.line for entry in entries] == [1, 2, 3, 4]
    assert errors(entries[1]) == {""}


def test_a_file_that_breaks_off_says_so():
    article, rest = read_all("pubmed-xml", PUBMED[: PUBMED.index("<BookTitle>")])
    assert not article.broken
    assert rest.broken


def test_jats_articles():
    entry = read_one("jats", JATS)
    has(entry, {
        "type": "article-journal", "title": "A case of tests: and more",
        "author": [{"family": "Tian", "given": "Yu"}, {"literal": "A Group"}],
        "container-title": "Journal of Tests", "container-title-short": "J Test",
        "issued": {"date-parts": [[2016, 3]]}, "volume": "1", "issue": "2", "page": "179-186",
        "DOI": "10.5555/three", "PMID": "103", "PMCID": "PMC77", "ISSN": "1234-5678",
        "publisher": "A house", "language": "en",
    })  # fmt: skip
    assert entry.texts == {"en": "Aim: To see.\nEnd: Seen.", "zh": "看。"}
    assert not entry.problems
    assert entry.original.startswith("<front>")


@pytest.mark.parametrize("text", [JATS_LIST, f"<article><back>{JATS_LIST}</back></article>"])
def test_lists_without_a_front_are_entries_with_their_numbers(text):
    article, chapter, words, empty = read_all("jats", text)
    has(article, {
        "type": "article-journal", "title": "The article", "container-title": "J Test",
        "author": [{"family": "Frilling", "given": "A"}], "custom": {"authors_truncated": True},
        "page": "1-9", "PMID": "104", "issued": {"date-parts": [[2010]]},
    })  # fmt: skip
    has(chapter, {
        "type": "chapter", "title": "The chapter", "container-title": "The book",
        "author": [{"family": "Clift", "given": "AK"}], "editor": [{"family": "Cloyd"}],
        "publisher": "A house", "issued": {"date-parts": [[2021]]},
    })  # fmt: skip
    assert [entry.number for entry in (article, chapter, words, empty)] == [1, 2, 3, 4]
    assert errors(words) == {"title"}
    assert "Only words" in words.original
    assert errors(empty) >= {""}


def test_several_articles_in_one_file():
    _, _, article = JATS.partition("<article ")
    entries = read_all(
        "jats", f"<pmc-articleset><article {article}<article {article}</pmc-articleset>"
    )
    assert [entry.csl["PMID"] for entry in entries] == ["103", "103"]


def test_endnote_records():
    article, chapter, song = read_all("endnote-xml", ENDNOTE)
    has(article, {
        "type": "article-journal", "title": "Tumours of 10⁶ cells", "page": "179-186",
        "author": [{"family": "Frilling", "given": "Andrea"},
                   {"literal": "World Health Organization"}],
        "container-title": "Journal of Tests", "container-title-short": "J Test",
        "volume": "12", "issue": "3", "issued": {"date-parts": [[2016, 5, 3]]},
        "ISSN": "1234-5678", "DOI": "10.5555/four", "PMID": "105", "language": "en",
        "URL": "https://example.org/a",
    })  # fmt: skip
    assert article.texts == {"": "Words."}
    assert not article.problems
    has(chapter, {
        "type": "chapter", "title": "The chapter", "container-title": "The book",
        "editor": [{"family": "Cloyd", "given": "J"}], "publisher": "A house",
    })  # fmt: skip
    assert song.csl["type"] == "document"
    assert warnings(song) == {"ref-type"}
