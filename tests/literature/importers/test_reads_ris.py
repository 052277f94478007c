"""RIS, as programs and publishers write it and as it is broken on the way."""

import pytest

from tests.literature.importers.reading import errors, has, read_all, read_one, warnings


def record(*lines: str, type_: str = "JOUR", title: str = "A title") -> str:
    return "\n".join([f"TY  - {type_}", f"TI  - {title}", *lines, "ER  - ", ""])


FIELDS = [
    # lines, what they give
    (["VL  - 12", "IS  - 3"], {"volume": "12", "issue": "3"}),
    (["SP  - 179", "EP  - 186"], {"page": "179-186"}),
    (["SP  - 179", "EP  - 86"], {"page": "179-186"}),
    (["SP  - 1-10"], {"page": "1-10"}),
    (["SP  - 179–86; discussion 186–7"], {"page": "179-186", "note": "discussion 186-187"}),
    (["SP  - e21", "EP  - e29"], {"page": "e21-e29"}),
    (["SP  - 12", "EP  - 12"], {"page": "12"}),
    (["EP  - 12"], {"page": "12"}),
    (["C7  - 1234"], {"page": "1234"}),
    (["PY  - 2016"], {"issued": {"date-parts": [[2016]]}}),
    (["PY  - 2016/05/12/"], {"issued": {"date-parts": [[2016, 5, 12]]}}),
    (["PY  - 2016///Spring"], {"issued": {"date-parts": [[2016]]}}),
    (["Y1  - 2016/05//"], {"issued": {"date-parts": [[2016, 5]]}}),
    (["PY  - 2016", "DA  - 2016/05/12"], {"issued": {"date-parts": [[2016, 5, 12]]}}),
    (["DA  - 2016-05-12"], {"issued": {"date-parts": [[2016, 5, 12]]}}),
    (["Y2  - 2020/01/02"], {"accessed": {"date-parts": [[2020, 1, 2]]}}),
    (["DO  - 10.5555/ABC(1)"], {"DOI": "10.5555/abc(1)"}),
    (["DO  - https://doi.org/10.5555/abc"], {"DOI": "10.5555/abc"}),
    (["DO  - 10.5555/abc."], {"DOI": "10.5555/abc"}),
    (["M3  - 10.5555/abc"], {"DOI": "10.5555/abc", "genre": None}),
    (["N1  - doi: 10.5555/abc"], {"DOI": "10.5555/abc", "note": None}),
    (["L3  - http://dx.doi.org/10.5555/abc"], {"DOI": "10.5555/abc"}),
    (["UR  - https://doi.org/10.5555/abc"], {"DOI": "10.5555/abc", "URL": None}),
    (["UR  - https://example.org/a"], {"URL": "https://example.org/a"}),
    (["M3  - Case Reports"], {"genre": "Case Reports"}),
    (["N1  - A remark", "N1  - Another"], {"note": "A remark; Another"}),
    (["AN  - 12345", "DB  - PubMed"], {"PMID": "12345"}),
    (["AN  - 12345", "DB  - Embase"], {"PMID": None}),
    (["C2  - PMC123"], {"PMCID": "PMC123"}),
    (["SN  - 1234-5678"], {"ISSN": "1234-5678", "ISBN": None}),
    (["SN  - 978-3-030-62241-1"], {"ISBN": "978-3-030-62241-1", "ISSN": None}),
    (["LA  - English"], {"language": "en"}),
    (["JF  - Journal of Tests", "JA  - J Test"],
     {"container-title": "Journal of Tests", "container-title-short": "J Test"}),
    (["JO  - J Test", "T2  - Journal of Tests"],
     {"container-title": "Journal of Tests", "container-title-short": "J Test"}),
    (["PB  - A house", "CY  - Cham"], {"publisher": "A house", "publisher-place": "Cham"}),
    (["T1  - A title"], {"title": "A title"}),
]  # fmt: skip
NAMES = [
    ("Frilling, Andrea", {"family": "Frilling", "given": "Andrea"}),
    ("van der Berg, P. J.",
     {"family": "Berg", "given": "P. J.", "non-dropping-particle": "van der"}),
    ("King, Martin L., Jr", {"family": "King", "given": "Martin L.", "suffix": "Jr"}),
    ("King, Jr, Martin L.", {"family": "King", "given": "Martin L.", "suffix": "Jr"}),
    ("King, Martin L. Jr.", {"family": "King", "given": "Martin L.", "suffix": "Jr."}),
    ("Clift AK", {"family": "Clift", "given": "AK"}),
    ("van Vilsteren FG", {"family": "Vilsteren", "given": "FG", "non-dropping-particle": "van"}),
    ("European Neuroendocrine Tumour Society",
     {"literal": "European Neuroendocrine Tumour Society"}),
    ("World Health Organization,", {"literal": "World Health Organization"}),
    ("Ministry of Health, Labour and Welfare",
     {"literal": "Ministry of Health, Labour and Welfare"}),
    ("李明", {"literal": "李明"}),
]  # fmt: skip
TYPES = [
    ("JOUR", "article-journal"), ("BOOK", "book"), ("CHAP", "chapter"), ("THES", "thesis"),
    ("CPAPER", "paper-conference"), ("RPRT", "report"), ("ELEC", "webpage"), ("NEWS",
    "article-newspaper"), ("MGZN", "article-magazine"), ("DATA", "dataset"), ("COMP", "software"),
    ("STAND", "standard"), ("ENCYC", "entry-encyclopedia"), ("BLOG", "post"), ("GEN", "document"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), FIELDS)
def test_a_field_is_read(lines, expected):
    entry = read_one("ris", record(*lines))
    has(entry, expected)
    assert not entry.problems


@pytest.mark.parametrize(("printed", "name"), NAMES)
def test_a_name_is_read(printed, name):
    assert read_one("ris", record(f"AU  - {printed}")).csl["author"] == [name]


@pytest.mark.parametrize(("type_", "expected"), TYPES)
def test_a_type_has_its_counterpart(type_, expected):
    entry = read_one("ris", record(type_=type_))
    assert entry.csl["type"] == expected
    assert not entry.problems


def test_a_type_without_counterpart_is_a_document_and_says_so():
    entry = read_one("ris", record(type_="PAT"))
    assert entry.csl["type"] == "document"
    assert warnings(entry) == {"TY"}


def test_authors_keep_their_order_and_et_al_is_no_author():
    entry = read_one("ris", record("AU  - B, C", "A1  - A, B", "AU  - et al."))
    has(entry, {"author": [{"family": "B", "given": "C"}, {"family": "A", "given": "B"}],
                "custom": {"authors_truncated": True}})  # fmt: skip


def test_a_chapter_has_its_book_and_its_editors():
    entry = read_one("ris", record("T2  - The book", "A2  - Cloyd, J", type_="CHAP"))
    has(entry, {"container-title": "The book", "editor": [{"family": "Cloyd", "given": "J"}]})


def test_a_second_title_is_said_and_the_first_taken():
    entry = read_one("ris", record("T1  - Another"))
    assert entry.csl["title"] == "A title"
    assert warnings(entry) == {"title"}


def test_years_that_disagree_are_said():
    entry = read_one("ris", record("PY  - 2016", "DA  - 2015/12/30"))
    has(entry, {"issued": {"date-parts": [[2016]]}})
    assert warnings(entry) == {"issued"}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("UR  - www.example.org", "URL"),
        ("DO  - see text", "DOI"),
        ("PY  - soon", "issued"),
        ("DO  - 10.5555/a b", "DOI"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(line, field):
    entry = read_one("ris", record(line))
    assert field not in entry.csl
    assert warnings(entry) == {field}
    assert not entry.broken


def test_a_missing_end_costs_no_record():
    text = "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  -\n"
    one, two = read_all("ris", text)
    assert (one.csl["title"], two.csl["title"]) == ("One", "Two")
    assert (warnings(one), warnings(two)) == ({"ER"}, set())


def test_one_space_before_the_hyphen_is_read_where_the_record_is_written_so():
    entry = read_one("ris", "TY - JOUR\nTI - A title\nAU - Frilling, A\nER - \n")
    has(entry, {"title": "A title", "author": [{"family": "Frilling", "given": "A"}]})


def test_a_line_of_an_abstract_is_no_tag():
    entry = read_one("ris", record("AB  - Seen by", "CT - and later", "MR - only."))
    assert entry.texts == {"": "Seen by\nCT - and later\nMR - only."}


def test_a_missing_type_is_said():
    entry = read_one("ris", "AU  - Frilling, A\nTI  - A title\nER  - \n")
    has(entry, {"type": "document", "title": "A title"})
    assert warnings(entry) == {"TY"}


def test_a_heading_of_the_provider_is_no_record_and_other_text_is_not_lost():
    text = f"Provider: Someone\nContent: text\n\n{record()}\nThis was in between.\n{record()}"
    first, between, last = read_all("ris", text)
    assert not first.broken
    assert errors(between) == {""}
    assert "in between" in between.original
    assert (first.position, between.position, last.position) == (1, 2, 3)
    assert (first.line, between.line, last.line) == (4, 8, 9)


def test_the_original_is_the_text_of_the_record_alone():
    entry, other = read_all("ris", record("KW  - unmapped") + "\n" + record("U1  - mine"))
    assert entry.original == record("KW  - unmapped")
    assert other.original == record("U1  - mine")
