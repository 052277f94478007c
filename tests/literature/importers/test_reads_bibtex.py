"""BibTeX and biblatex."""

import pytest

from tests.literature.importers.reading import errors, has, read_all, read_one, warnings

FIELDS = [
    (r"title = {The {NET} of {M}{\"u}ller}", {"title": "The NET of Müller"}),
    (r"title = {Foie {\'e}tudi\'e, na\"{\i}f, \o, {\ss}}", {"title": "Foie étudié, naïf, ø, ß"}),
    (r"title = {50% of 50\% \& more & $\alpha$}", 
     {"title": "50% of 50% & more & α"}),
    (r"title = {$^{68}$Ga and CO$_2$ and \textsuperscript{18}F}",
     {"title": "⁶⁸Ga and CO₂ and ¹⁸F"}),
    (r"title = {A -- b --- ``c''}", {"title": "A – b — “c”"}),
    (r"title = {Set \{a\}}", {"title": "Set {a}"}),
    ("title = {A}, subtitle = {B}", {"title": "A: B"}),
    ('title = "A {"}quoted{"} word"', {"title": 'A "quoted" word'}),
    (r"title={x}, url = {https://example.org/a%20b\_c}", {"URL": "https://example.org/a%20b_c"}),
    (r"title={x}, doi = {10.5555/a\_b%c}", {"DOI": "10.5555/a_b%c"}),
    ("title={x}, url = {https://doi.org/10.5555/a}", {"DOI": "10.5555/a", "URL": None}),
    ("title={x}, pages = {179--86}", {"page": "179-186"}),
    ("title={x}, year = 2016, month = may", {"issued": {"date-parts": [[2016, 5]]}}),
    ("title={x}, year = 2016, month = 5, day = 7", {"issued": {"date-parts": [[2016, 5, 7]]}}),
    ("title={x}, year = {2016}, month = 7 # \"~\" # jan", 
     {"issued": {"date-parts": [[2016, 1, 7]]}}),
    ("title={x}, date = {2016-05/2016-06}", {"issued": {"date-parts": [[2016, 5], [2016, 6]]}}),
    ("title={x}, volume=3, number=4, journal={J}", {"volume": "3", "issue": "4",
     "container-title": "J"}),
    ("title={x}, author={Frilling, Andrea and Ludwig van Beethoven and King, Jr, Martin}",
     {"author": [{"family": "Frilling", "given": "Andrea"},
                 {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
                 {"family": "King", "given": "Martin", "suffix": "Jr"}]}),
    ("title={x}, author={{Simon and Schuster} and others}",
     {"author": [{"literal": "Simon and Schuster"}], "custom": {"authors_truncated": True}}),
    ("title={x}, author={Fr{\\\"o}hlich, K. and {\\'E}tienne, A.}",
     {"author": [{"family": "Fröhlich", "given": "K."}, {"family": "Étienne", "given": "A."}]}),
    ("title={x}, eprint={123}, eprinttype={pubmed}, pmcid={45}", {"PMID": "123", "PMCID": "PMC45"}),
    ("title={x}, langid={ngerman}", {"language": "de"}),
    ("title={x}, issn={1234-5678}, isbn={978-3-030-62241-1}",
     {"ISSN": "1234-5678", "ISBN": "978-3-030-62241-1"}),
]  # fmt: skip
TYPES = [
    ("article", "article-journal"), ("book", "book"), ("incollection", "chapter"),
    ("inproceedings", "paper-conference"), ("phdthesis", "thesis"), ("techreport", "report"),
    ("misc", "document"), ("online", "webpage"), ("dataset", "dataset"), ("software", "software"),
    ("unpublished", "article"), ("ARTICLE", "article-journal"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), FIELDS)
def test_a_field_is_read(fields, expected):
    entry = read_one("bibtex", f"@article{{key,\n  {fields}\n}}\n")
    has(entry, expected)
    assert not entry.problems


@pytest.mark.parametrize(("type_", "expected"), TYPES)
def test_a_type_has_its_counterpart(type_, expected):
    assert read_one("bibtex", f"@{type_}{{k, title={{x}}}}").csl["type"] == expected


def test_a_type_without_counterpart_is_a_document_and_says_so():
    entry = read_one("bibtex", "@movie{k, title={x}}")
    assert entry.csl["type"] == "document"
    assert warnings(entry) == {"type"}


def test_macros_are_joined():
    text = (
        '@STRING{j = "Journal of " # {Tests}}\n@string(p = {B})\n'
        "@article{k, title={x}, journal = J # { } # p}\n@article(l, title={y}, journal=j)"
    )
    one, two = read_all("bibtex", text)
    assert one.csl["container-title"] == "Journal of Tests B"
    assert two.csl["container-title"] == "Journal of Tests"


def test_an_unknown_macro_stands_as_it_is_and_is_said():
    entry = read_one("bibtex", "@article{k, title={x}, journal=nature}")
    assert entry.csl["container-title"] == "nature"
    assert warnings(entry) == {""}


def test_macros_that_double_themselves_do_not_unfold():
    doubling = "@string{a = {" + "x" * 1000 + "}}\n" + "@string{a = a # a}\n" * 40
    *strings, entry = read_all("bibtex", doubling + "@article{k, title = a # {}}\n")
    assert strings
    assert all(string.broken for string in strings)
    assert entry.broken


def test_many_macros_hold_no_more_than_is_read():
    text = "".join(f"@string{{m{n} = {{{'x' * 1000}}}}}\n" for n in range(2_500))
    *refused, entry = read_all("bibtex", text + "@article{k, title={x}, journal=m1}")
    assert len(refused) == 500
    assert entry.csl["container-title"] == "x" * 1000


def test_an_unclosed_brace_breaks_one_entry_only():
    text = (
        "@article{a, title={One}}\n@article{b, title={Two, year=2016,\n}\n"
        "@article{c, title={Three}}\n@article{d, title={Four}, year=\n"
    )
    one, two, three, four = read_all("bibtex", text)
    assert (one.csl["title"], three.csl["title"]) == ("One", "Three")
    assert (errors(two), errors(four)) == ({""}, {""})
    assert "title={Two" in two.original


def test_a_missing_comma_breaks_one_entry_only():
    text = "@book{a title={One}}\n@book{b, title={Two} year={2}}\n@book{c, title={Three}}"
    one, two, three = read_all("bibtex", text)
    assert [one.broken, two.broken, three.broken] == [True, True, False]
    assert "comma" in two.problems[0].reason


def test_a_brace_that_closes_too_early_is_said():
    entry = read_one("bibtex", "@article{a, title={One}}, year={2016}}\n")
    assert entry.csl["title"] == "One"
    assert warnings(entry) == {""}


def test_entries_of_one_key_are_both_kept_and_a_field_given_twice_is_said():
    one, two = read_all("bibtex", "@book{k, title={A}}\n@book{k, title={B}, title={C}}")
    assert (one.csl["title"], two.csl["title"]) == ("A", "B")
    assert warnings(two) == {""}


def test_a_chapter_inherits_from_its_book_wherever_that_stands():
    text = (
        '@string{p = "A house"}\n'
        "@inbook{c, crossref={B}, title={A chapter}, author={Clift, A}, pages={1--3}}\n"
        "@book{b, title={The book}, author={Cloyd, J}, editor={Pawlik, T}, publisher=p,"
        " year=2020}\n"
    )
    chapter, book = read_all("bibtex", text)
    has(chapter, {"title": "A chapter", "container-title": "The book", "publisher": "A house",
                  "author": [{"family": "Clift", "given": "A"}],
                  "editor": [{"family": "Pawlik", "given": "T"}],
                  "issued": {"date-parts": [[2020]]}})  # fmt: skip
    assert book.csl["title"] == "The book"


def test_a_parent_that_is_missing_is_said():
    assert warnings(read_one("bibtex", "@inbook{c, crossref={b}, title={x}}")) == {"crossref"}


def test_comments_are_no_entries_and_the_original_is_the_entry_alone():
    text = "% mine\n@comment{jabref}\n@preamble{{x}}\n  @book{k,\n title={A}, mine={1}\n}\nafter\n"
    entry = read_one("bibtex", text)
    assert entry.original == "@book{k,\n title={A}, mine={1}\n}"
    assert entry.line == 4
