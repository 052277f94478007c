"""Single fields: identifiers, names, pages, dates, remarks; and works that a list holds twice."""

from __future__ import annotations

import io

import pytest

from literature.importers.pasted import Pasted
from literature.importers.pasted.dates import date_parts
from literature.importers.pasted.division import divide
from literature.importers.pasted.found import LIKELY, SURE, UNSURE, Found
from literature.importers.pasted.links import take_links, trimmed
from literature.importers.pasted.pages import full_pages
from literature.importers.pasted.remarks import take_remarks

ITEM = "Doe J, Roe AB. A title of a study. Lancet. 2010;375:12–9."


def read(text):
    return list(Pasted().read(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        ("doi:10.5555/abc.1", "10.5555/abc.1"),
        ("DOI: 10.5555/ABC.1.", "10.5555/abc.1"),
        ("https://doi.org/10.5555/abc", "10.5555/abc"),
        ("http://dx.doi.org/10.5555/abc;", "10.5555/abc"),
        ("doi: https://doi.org/10.5555/abc", "10.5555/abc"),
        ("10.5555/S0140-6736(14)60362-1", "10.5555/s0140-6736(14)60362-1"),
        ("10.5555/cc(1)", "10.5555/cc(1)"),
        ("(doi:10.5555/cc)", "10.5555/cc"),
        ("(doi: 10.5555/cc(1))", "10.5555/cc(1)"),
        ("10.5555/(sici)1(99)86:4<5::aid>3.0.co;2-d.", "10.5555/(sici)1(99)86:4<5::aid>3.0.co;2-d"),
        ("doi:10.5555/abcPMID: 12", "10.5555/abc"),
        ("DOI：10.5555/abc。", "10.5555/abc"),
        ("https://doi.org/10.5555/abc[PubMed]", "10.5555/abc"),
    ],
)  # fmt: skip
def test_a_doi_is_found_however_it_is_printed(printed, doi):
    found = Found()
    rest = take_links(f"Doe J. Title. Lancet. 2010. {printed}", found)
    assert found.fields["DOI"] == doi
    assert "10.5555" not in rest


@pytest.mark.parametrize(
    ("printed", "field", "value"),
    [
        ("PMID: 18565894.", "PMID", "18565894"),
        ("PubMed PMID: 18565894;", "PMID", "18565894"),
        ("https://pubmed.ncbi.nlm.nih.gov/18565894/", "PMID", "18565894"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/18565894", "PMID", "18565894"),
        ("PMCID: PMC1234567", "PMCID", "PMC1234567"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/", "PMCID", "PMC1234567"),
        ("arXiv:2001.01234", "URL", "https://arxiv.org/abs/2001.01234"),
        ("Available from: https://example.org/a_(b).", "URL", "https://example.org/a_(b)"),
        ("www.example.org/x,", "URL", "https://www.example.org/x"),
        ("ISBN 978-3-030-62241-1.", "ISBN", "978-3-030-62241-1"),
    ],
)
def test_other_identifiers_are_found(printed, field, value):
    entry = read(f"{ITEM} {printed}")[0]
    assert entry.csl[field] == value
    assert entry.csl["page"] == "12-19"
    assert entry.csl["title"] == "A title of a study"


def test_a_second_doi_is_left_out_and_said():
    entry = read(f"{ITEM} doi:10.5555/one. doi:10.5555/two")[0]
    assert entry.csl["DOI"] == "10.5555/one"
    assert [p.field for p in entry.problems] == ["DOI"]
    assert "10.5555/two" in entry.problems[0].reason


def test_a_link_keeps_its_own_brackets():
    assert trimmed("10.5555/a(b)).") == "10.5555/a(b)"
    assert trimmed("10.5555/a[b]") == "10.5555/a[b]"


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("179–86", "179-186"), ("e8–21", "e8-e21"), ("E1437–45", "E1437-E1445"),
        ("S12-5", "S12-S15"),
        ("4595–615", "4595-4615"), ("1335", "1335"), ("742890", "742890"), ("12-15", "12-15"),
        ("99–102", "99-102"), ("vii124-30", "vii124-vii130"), ("753.e1–5", "753.e1-753.e5"),
        ("742–53, 753.e1", "742-753, 753.e1"), ("xii–xv", "xii-xv"), ("R151–R166", "R151-R166"),
        ("590-4; 596", "590-594, 596"), ("1—9", "1-9"),
    ],
)  # fmt: skip
def test_pages_are_kept_in_full(printed, full):
    assert full_pages(printed) == full


def test_pages_that_run_backwards_are_kept_as_printed_and_said():
    entry = read("Doe J. A title of a study. Lancet. 2010;375:1846-2.")[0]
    assert entry.csl["page"] == "1846-2"
    assert entry.confidence["page"] == UNSURE
    assert [p.field for p in entry.problems] == ["page"]


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("2014", [2014]), ("2014 Jul", [2014, 7]), ("2014 Jul 12", [2014, 7, 12]),
        ("2014, July 12", [2014, 7, 12]), ("3 May 2020", [2020, 5, 3]), ("2014 Jul-Aug", [2014]),
        ("May 3, 2020", [2020, 5, 3]), ("2001-12-19", [2001, 12, 19]),
        ("2019年5月3日", [2019, 5, 3]),
        ("2014 Sept", [2014, 9]), ("2014-13-40", [2014]),
    ],
)  # fmt: skip
def test_dates_are_kept_as_far_as_printed(printed, parts):
    assert date_parts(printed) == {"date-parts": [parts]}


@pytest.mark.parametrize(
    ("text", "title", "container", "sure"),
    [
        ("A title. Lancet", "A title", "Lancet", SURE),
        ("A title? Lancet", "A title?", "Lancet", SURE),
        ("A title. N. Engl. J. Med.", "A title", "N. Engl. J. Med", LIKELY),
        ("A. or B. A title. World J. Surg.", "A. or B. A title", "World J. Surg", LIKELY),
        ("Sepsis. Lancet", "Sepsis", "Lancet", SURE),
        ("Vitamin D. Lancet", "Vitamin D", "Lancet", SURE),
        ("No journal here", "No journal here", "", UNSURE),
    ],
)  # fmt: skip
def test_title_and_journal_are_told_apart(text, title, container, sure):
    assert divide(text) == (title, container, sure)


@pytest.mark.parametrize(
    ("remark", "field", "value"),
    [
        ("[Article in Chinese]", "language", "zh"),
        ("[in German; with English abstract]", "language", "de"),
        ("Epub ahead of print", "note", "Epub ahead of print"),
        ("(in press)", "note", "In press"),
        ("[cited 2020 May 3]", "accessed", {"date-parts": [[2020, 5, 3]]}),
        ("Accessed 3 May 2020.", "accessed", {"date-parts": [[2020, 5, 3]]}),
        ("(accessed on May 3, 2020)", "accessed", {"date-parts": [[2020, 5, 3]]}),
        ("[abstract 1234]", "genre", "Abstract"),
    ],
)
def test_remarks_are_taken_out(remark, field, value):
    found = Found()
    rest = take_remarks(f"Doe J. Title. Lancet. 2010. {remark}", found)
    assert found.fields[field] == value
    assert rest.rstrip(".") == "Doe J. Title. Lancet. 2010"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (  # MDPI
            "Rossi, R.E.; Caplin, M.E. A title of a study. Ann. Surg. Oncol. 2014, 21, 2398–2405.",
            {"volume": "21", "page": "2398-2405", "container-title": "Ann. Surg. Oncol"},
        ),
        (  # older journals
            "Smith J, Doe A: A title of a study. Gut 1999, 44:12-15.",
            {"volume": "44", "page": "12-15", "container-title": "Gut"},
        ),
        (
            "Smith J. A title of a study. J Vasc Interv Radiol 2010; 21 (8 Suppl): S272–S278.",
            {"volume": "21", "issue": "8 Suppl", "page": "S272-S278"},
        ),
        (
            "李明. 个案报道及其治疗[J]. 实用医学杂志, 2020(5): 12-13.",
            {"issue": "5", "page": "12-13", "container-title": "实用医学杂志"},
        ),
        (  # ScienceDirect: a line each
            "A. Frilling, I.M. Modlin\nA title of a study\n"
            "Lancet Oncol, 15 (1) (2014), pp. e8-e21\n"
            "View PDFView articleView in ScopusGoogle Scholar",
            {"volume": "15", "issue": "1", "page": "e8-e21", "container-title": "Lancet Oncol"},
        ),
    ],
)  # fmt: skip
def test_other_ways_to_print_an_article(text, fields):
    csl = read(f"1. {text}")[0].csl
    assert {name: csl.get(name) for name in fields} == fields
    assert csl["title"] in ("A title of a study", "个案报道及其治疗")
    assert csl["author"]


def test_names_in_full_are_read_but_not_trusted():
    entry = read("Ann Doe, Bob K. Roe. A title of a study. Lancet. 2010;375:12–9.")[0]
    assert entry.csl["author"] == [
        {"family": "Doe", "given": "Ann"},
        {"family": "Roe", "given": "Bob K."},
    ]
    assert entry.confidence["author"] == UNSURE


def test_without_authors_nobody_is_made_one():
    entry = read("Neuroendocrine tumours: a review. Lancet. 2010;375:12–4.")[0]
    assert "author" not in entry.csl
    assert [p.field for p in entry.problems] == ["author"]
    assert entry.csl["title"] == "Neuroendocrine tumours: a review"


def test_what_cannot_be_told_apart_is_said():
    entry = read("Smith J, Brown A. Something of note. Privately printed 2010.")[0]
    assert max(entry.confidence[name] for name in ("title", "type", "container-title")) <= LIKELY
    entry = read("Smith J, Brown A. Something of note. Version 1.2010.")[0]
    assert entry.csl["type"] == "document"
    assert entry.confidence["title"] == UNSURE
    assert "type" in [p.field for p in entry.problems]


def test_only_an_identifier_asks_for_a_look_up():
    first, second = read("1. https://doi.org/10.5555/abc\n2. " + ITEM)
    assert first.broken
    assert first.csl == {"DOI": "10.5555/abc"}
    assert "look it up" in first.problems[0].reason
    assert not second.broken


def test_script_in_a_title_is_text():
    title = "A title <script>alert(1)</script> of a study"
    assert read(f"Doe J. {title}. Lancet. 2010;375:12–9.")[0].csl["title"] == title


def test_the_style_of_the_list_is_chosen_once_and_an_item_may_differ():
    items = [f"Doe A. A title of study {n}. Lancet. 2010;{n}:12–9." for n in range(1, 6)]
    items.append("Roe, B. & Poe, C. D. A title of a study. Nature 543, 65–71 (2017).")
    csl = [e.csl for e in read("\n".join(f"{n}. {item}" for n, item in enumerate(items, 1)))]
    assert [row["volume"] for row in csl] == ["1", "2", "3", "4", "5", "543"]
    assert csl[-1]["author"] == [{"family": "Roe", "given": "B"}, {"family": "Poe", "given": "CD"}]


OTHER = "Doe J, Roe AB. Another title of a study. Lancet. 2010;375:12–9."


@pytest.mark.parametrize(
    ("one", "two", "again"),
    [
        (ITEM, ITEM, True),
        (ITEM, ITEM.replace("A title", "A TITLE"), True),
        (ITEM, ITEM.replace("2010;375", "2011;376"), True),
        (ITEM, ITEM.replace("2010;375", "2012;377"), False),
        (ITEM, ITEM.replace("Doe", "Poe"), False),
        (ITEM, OTHER, False),
        (f"{ITEM} doi:10.5555/a", f"{OTHER} doi:10.5555/A", True),
        (f"{ITEM} doi:10.5555/a", f"{ITEM} doi:10.5555/b", False),
        (f"{ITEM} PMID: 12", f"{OTHER} PMID: 12", True),
        (f"{ITEM} doi:10.5555/a", ITEM, True),
    ],
)
def test_a_work_listed_twice_is_noticed(one, two, again):
    first, _, second = read(f"1. {one}\n2. Foe K. Not the same at all. Gut. 1999;1:2.\n3. {two}")
    assert not first.problems
    said = [p.reason for p in second.problems]
    assert said == (["the same work as number 1 of this list"] if again else [])


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Zhang et al. A title of a study. Lancet 2010;1:2-3.", [{"family": "Zhang"}]),
        ("Zhang et al. (2010) A title of a study. Lancet 1:2-3.", [{"family": "Zhang"}]),
        (
            "Clinical Practice Guidelines EASL. A title of a study. J Hepatol. 2012;56:908–43.",
            [{"literal": "Clinical Practice Guidelines EASL"}],
        ),
        (
            "R Core Team. A title of a study. Vienna: R Foundation; 2020.",
            [{"literal": "R Core Team"}],
        ),
        ("World Association statement: a title of a study. JAMA. 2013;310:2191-4.", None),
    ],
)
def test_authors_that_are_no_list_of_persons(text, author):
    csl = read(text)[0].csl
    assert csl.get("author") == author
    assert csl["title"].endswith("title of a study")


def test_a_place_and_publisher_are_no_journal():
    csl = read("R Core Team. A title of a study. Vienna: R Foundation; 2020.")[0].csl
    assert (csl["type"], csl["publisher-place"], csl["publisher"]) == (
        "book",
        "Vienna",
        "R Foundation",
    )
    assert "container-title" not in csl


def test_a_chapter_by_a_body_in_an_edited_book_is_read():
    csl = read(
        "World Health Organization. A title of a study. In: Doe J, Roe AB, editors. A book of "
        "tumours. 2nd ed. Lyon: IARC Press; 2017. p. 10-9."
    )[0].csl
    assert csl["author"] == [{"literal": "World Health Organization"}]
    assert csl["editor"] == [{"family": "Doe", "given": "J"}, {"family": "Roe", "given": "AB"}]
    assert (csl["container-title"], csl["page"]) == ("A book of tumours", "10-19")
