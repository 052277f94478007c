"""A page to items: numbers, blank lines, indents; wrapped lines made one; noise dropped."""

from __future__ import annotations

import io

import pytest

from literature.importers.model import Severity, UnreadableError
from literature.importers.pasted import Pasted
from literature.importers.pasted.lines import join, words_of
from literature.importers.pasted.noise import is_noise, without_links

ONE = "Mangus RS, Tector AJ. Multivisceral transplantation. J Gastrointest Surg. 2013;17:179–86."
TWO = "Olausson M, Friman S. Orthotopic liver transplantation. Liver Transpl. 2007;13:327–33."
THREE = "Fan ST, Le Treut YP. Liver transplantation for tumours. HPB (Oxford). 2015;17:23–8."
FOUR = "Gedaly R, Daily MF. An analysis of the UNOS database. Arch Surg. 2011;146:953–8."
ALL = [ONE, TWO, THREE, FOUR]


def read(text):
    return list(Pasted().read(io.BytesIO(text.encode())))


def originals(text):
    return [entry.original for entry in read(text)]


@pytest.mark.parametrize(
    "shape",
    ["{}. ", "{} ", "[{}] ", "[{}]", "({}) ", "{}) ", "{}.\t", "  {}.  ", "{}.\n", "【{}】"],
)
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n  Article  CAS  Google Scholar \n\n"])
def test_numbers_in_any_shape(shape, between):
    text = between.join(shape.format(n) + item for n, item in enumerate(ALL, 1))
    assert [(e.number, e.original) for e in read(text)] == list(enumerate(ALL, 1))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("\n\n".join(ALL), "blank lines"),
        ("\n".join(ALL), "one to a line"),
        ("\n".join(f"• {item}" for item in ALL), "bullets"),
        ("\n".join(item.replace(". ", ".\n    ", 1) for item in ALL), "hanging indents"),
        ("\n".join(item.replace(". ", ".\n", 1) for item in ALL), "wrapped, no indent"),
        ("\n\n".join(item.replace(" ", "\n", 3) for item in ALL), "wrapped, blank lines"),
        ("References\n" + "\n".join(ALL) + "\n\nAuthor information\nWard A, 2020", "headings"),
    ],
)
def test_lists_without_numbers(text, why):
    assert originals(text) == ALL
    assert {entry.number for entry in read(text)} == {None}


def test_a_list_may_begin_at_any_number():
    text = "\n".join(f"{number}. {item}" for number, item in enumerate(ALL, 17))
    assert [entry.number for entry in read(text)] == [17, 18, 19, 20]


def test_the_last_page_of_an_item_is_no_number():
    text = (
        "5. " + FOUR + "\n6. Mangus RS, Tector AJ. Multivisceral transplantation.\n"
        "J Gastrointest Surg. 2013;17:179–86; discussion 186–\n7. Article PubMed\n7. " + TWO
    )
    entries = read(text)
    assert [entry.number for entry in entries] == [5, 6, 7]
    assert entries[1].csl["page"] == "179-186, discussion 186-187"
    assert entries[2].original == TWO


def test_a_number_in_mid_sentence_is_no_number():
    text = f"1. {ONE}\n2. Olausson M. Transplantation after\n3 years: a study of\n4 centres. "
    text += f"Liver Transpl. 2007;13:327–33.\n3. {THREE}\n4. {FOUR}"
    assert [entry.number for entry in read(text)] == [1, 2, 3, 4]
    assert read(text)[1].csl["title"] == "Transplantation after 3 years: a study of 4 centres"


def test_a_lost_number_costs_one_item_and_is_said():
    text = f"1. {ONE}\n2. {TWO}\n4. {THREE}\n5. {FOUR}"
    entries = read(text)
    assert [entry.number for entry in entries] == [1, 2, 4, 5]
    assert [p.reason for p in entries[2].problems] == [
        "number 3 of the list was not found before this one"
    ]


def test_a_list_that_runs_on_in_one_line():
    text = " ".join(f"{number}. {item}" for number, item in enumerate(ALL, 1))
    assert originals(text) == ALL


def test_two_lists_are_both_read():
    text = f"1. {ONE}\n2. {TWO}\n\nFurther reading of the supplement\n\n1. {THREE}\n2. {FOUR}"
    assert [entry.number for entry in read(text)] == [1, 2, 1, 2]


def test_sections_of_a_page_are_no_items():
    page = "1. Introduction\n\nText of 2019.\n\n2. Methods\n\nText.\n\n3. Results\n\nReferences\n\n"
    assert originals(page + "\n".join(f"{n}. {item}" for n, item in enumerate(ALL, 1))) == ALL


def test_text_between_items_is_left_out_and_said():
    text = f"1. {ONE}\n\nA Running Head of the Journal\n\n2. {TWO}\n3. {THREE}"
    entries = read(text)
    assert entries[0].original == ONE
    (problem,) = entries[0].problems
    assert problem.severity is Severity.WARNING
    assert "A Running Head of the Journal" in problem.reason


@pytest.mark.parametrize(
    "line",
    [
        "Article", "  Article  CAS  PubMed  PubMed Central  Google Scholar ", "PubMed CAS",
        "Google Scholar", "[PubMed] [Google Scholar]", "[PMC free article] [PubMed]",
        "View in Scopus", "Crossref | Web of Science", "View article PubMed Google Scholar",
        "[DOI] [PubMed] [PMC free article]", "CrossRef Full Text | Google Scholar", "Scopus (12)",
        "ArticlePubMedGoogle Scholar".replace("PubMed", " PubMed "), "Full Text PDF",
    ],
)  # fmt: skip
def test_lines_of_links_are_noise(line):
    assert is_noise(line)
    assert originals(f"1. {ONE}\n{line}\n2. {TWO}\n{line}\n") == [ONE, TWO]


@pytest.mark.parametrize("line", ["Article 12 of the law", "The Abstract Painter. 2010.", "", "1"])
def test_lines_with_words_of_their_own_are_not(line):
    assert not is_noise(line)


@pytest.mark.parametrize(
    "links",
    [" [PubMed] [CrossRef]", " Article CAS PubMed Google Scholar", " [Google Scholar]", " PubMed",
     " [PMC free article] [PubMed] [Google Scholar]"],
)  # fmt: skip
def test_links_at_the_end_of_an_item_are_dropped(links):
    assert without_links(ONE + links) == ONE


@pytest.mark.parametrize(
    ("first", "last", "joined"),
    [
        ("a sympto-", "matic patient", "a symptomatic patient"),
        ("well-", "differentiated tumours", "well-differentiated tumours"),
        ("a dose-", "escalation study", "a dose-escalation study"),
        ("evidence-", "based", "evidence-based"),
        ("Bonaccorsi-", "Riani E", "Bonaccorsi-Riani E"),
        ("17:186-", "7.", "17:186-7."),
        ("17:186–", "7.", "17:186–7."),
        ("resection –", "lessons", "resection – lessons"),
        ("https://doi.org/10.1016/", "j.surg.2017.", "https://doi.org/10.1016/j.surg.2017."),
        ("doi:10.1016/j.surg.", "2017.11.007", "doi:10.1016/j.surg.2017.11.007"),
        ("http://doi.org/10.1159/503721.", "Cited", "http://doi.org/10.1159/503721. Cited"),
        ("胰腺神经内", "分泌肿瘤", "胰腺神经内分泌肿瘤"),
        ("soft\u00ad", "ware", "software"),
    ],
)  # fmt: skip
def test_wrapped_lines_are_joined(first, last, joined):
    assert join([first, last])[0] == joined


def test_the_rest_of_the_text_says_what_a_hyphen_is():
    known = words_of(["The neuro-endocrine tumour", "metastasis"])
    assert join(["neuro-", "endocrine"], known) == ("neuro-endocrine", False)
    assert join(["meta-", "stasis"], known) == ("metastasis", False)
    assert join(["chemo-", "embolisation"], known) == ("chemoembolisation", True)


def test_a_hyphen_by_rule_of_thumb_lowers_the_confidence_of_the_title():
    guessed, sure = read(f"1. {ONE.replace('visceral', 'vis-' + chr(10) + 'ceral')}\n2. {TWO}")
    assert guessed.csl["title"] == "Multivisceral transplantation"
    assert guessed.confidence["title"] < sure.confidence["title"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "No references"),
        (b"Nothing here is a reference.\n\nNor here.", "No references"),
        (b"PK\x03\x04 1. Doe J. Title. Journal. 2010;1:2.", "not text"),
        (b"1. Doe\x00 J. 2010", "not text"),
        (b"1. Doe J. Title. J. 2010;1:2.\n" * 200_000, "MB at most"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data, said):
    with pytest.raises(UnreadableError, match=said):
        list(Pasted().read(io.BytesIO(data)))


def test_more_than_5000_items_are_refused_and_5000_are_not():
    lines = [f"{n}. Doe J. A title. Lancet. 2010;1:2." for n in range(1, 5002)]
    with pytest.raises(UnreadableError, match=r"5,001 items"):
        read("\n".join(f"Doe J. A title {n}. Lancet. 2010;1:2." for n in range(5001)))
    assert len(read("\n".join(lines[:5000]))) == 5000


def test_an_item_that_is_too_long_is_an_error_of_its_own_row():
    long = "Doe J. " + "word " * 2_000 + ". Lancet. 2010;1:2."
    entries = read(f"1. {ONE}\n2. {long}\n3. {THREE}")
    assert [entry.broken for entry in entries] == [False, True, False]
    assert "5,000" in entries[1].problems[0].reason
    assert entries[1].original == " ".join(long.split()).replace(" .", " .")


def test_an_item_that_is_no_reference_is_an_error_and_the_rest_is_kept():
    entries = read(f"1. {ONE}\n2. \n3. {THREE}\n4. {FOUR}")
    assert [entry.number for entry in entries] == [1, 2, 3, 4]
    assert [entry.broken for entry in entries] == [False, True, False, False]
    assert entries[1].problems[0].field == "title"


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (ONE, True), (f"1. {ONE}\n2. {TWO}", True), 
        ("参考文献\n[1] 王伟. 题名[J]. 杂志, 2010, 1: 2.", True),
        ("TY  - JOUR\nTI  - A title\nER  - \n", False), ('{"type": "book", "issued": 2010}', False),
        ("@article{a, title={T}, year=2010}", False), ("<article>2010</article>", False),
        ("Only a sentence about nothing.", False), ("", False), ("\x00\x01", False),
    ],
)  # fmt: skip
def test_it_recognises_prose_with_references(text, sure):
    assert (Pasted().recognises(text.encode()) > 0) is sure


def test_gb18030_is_read():
    text = "[1] 王伟, 李明. 肝转移的治疗[J]. 中华外科杂志, 2010, 48(3): 12-15."
    entries = list(Pasted().read(io.BytesIO(text.encode("gb18030"))))
    assert entries[0].csl["container-title"] == "中华外科杂志"


def test_latin_1_is_read():
    text = "1. Mörk H. Études de cas. Lancet. 2010;1:2."
    entries = list(Pasted().read(io.BytesIO(text.encode("latin-1"))))
    assert entries[0].csl["author"] == [{"family": "Mörk", "given": "H"}]
